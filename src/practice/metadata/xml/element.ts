/** Reads XML strictly, with the place of every element. Document types are refused, so no entity can grow. */
import { SaxesParser } from 'saxes';
import { Problem, type Place } from '../problem.js';

/** Namespace of metadata files. */
export const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

export type Element = {
  /** Local name. */
  name: string;
  namespace: string;
  /** Text between the child elements. */
  text: string;
  children: Element[];
  place?: Place;
};

/** Elements within elements, no file of metadata needs more. */
const DEEPEST = 200;

/** The byte order mark that some editors write. */
const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

/** The root element of a file. @throws Problem where the file is not well-formed. */
export const parseXml = (text: string): Element => {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let root: Element | undefined;
  const fail = (message: string): never => {
    throw new Problem(`Error parsing file: ${message}`, { line: parser.line, column: parser.column });
  };
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '')));
  parser.on('doctype', () => fail('Document type declarations are not allowed'));
  parser.on('opentag', ({ local, uri }) => {
    const place = { line: parser.line, column: parser.column };
    const element: Element = { name: local, namespace: uri, text: '', children: [], place };
    if (open.length === 0) root = element;
    else open.at(-1)!.children.push(element);
    if (open.push(element) > DEEPEST) fail('Elements are nested too deeply');
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (part) => {
    if (open.length > 0) open.at(-1)!.text += part;
  });
  parser.on('cdata', (part) => void (open.at(-1)!.text += part));
  parser.write(withoutMark(text)).close();
  return root ?? fail('Premature end of file.');
};
