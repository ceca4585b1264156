/** Reads SOAP requests. Elements are matched by local name: prefixes and namespaces vary by client. */
import { XMLParser } from 'fast-xml-parser';
import { PlatformError } from '../errors.js';

/** An element: child elements by local name, attributes under `@name`, text under `#text`. */
export type Node = Record<string, unknown>;

export type SoapRequest = { headers: Node; operation: string; args: Node };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  htmlEntities: true,
});

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of the child elements of a node. */
export const childNames = (node: Node): string[] =>
  Object.keys(node).filter((name) => !name.startsWith('@') && name !== '#text');

/** Child elements of one name, one or many. */
export const all = (node: Node, name: string): unknown[] => {
  const value = node[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

/** A child as a node; an empty one where it is missing. */
export const child = (node: Node, name: string): Node => {
  const value = all(node, name)[0];
  return isNode(value) ? value : {};
};

/** The parser leaves text as text; anything else has none. */
const plain = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Text of an element; null where it is `xsi:nil`. */
export const textOf = (value: unknown): string | null => {
  if (!isNode(value)) return value === undefined || value === null ? '' : plain(value);
  if (value['@nil'] === 'true' || value['@nil'] === '1') return null;
  return value['#text'] === undefined ? '' : plain(value['#text']);
};

/** Text of a child; undefined where it is missing. */
export const text = (node: Node, name: string): string | undefined => {
  const value = all(node, name)[0];
  return value === undefined ? undefined : (textOf(value) ?? undefined);
};

/** @throws PlatformError UNKNOWN_EXCEPTION where the body is no SOAP envelope with one operation. */
export const parseEnvelope = (xml: string): SoapRequest => {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml))
    throw new PlatformError('UNKNOWN_EXCEPTION', 'Document type declarations are not allowed', 500);
  let document: Node;
  try {
    document = parser.parse(xml, true) as Node;
  } catch (error) {
    throw new PlatformError(
      'UNKNOWN_EXCEPTION',
      `The request is not well-formed XML: ${(error as Error).message}`,
      500
    );
  }
  const envelope = child(document, 'Envelope');
  const body = child(envelope, 'Body');
  const operation = childNames(body)[0];
  if (operation === undefined) throw new PlatformError('UNKNOWN_EXCEPTION', 'No operation available for request', 500);
  return { headers: child(envelope, 'Header'), operation, args: child(body, operation) };
};

/** Whether an element is one with children, such as a nested record. */
export const isElement = (value: unknown): value is Node => isNode(value) && childNames(value).length > 0;
