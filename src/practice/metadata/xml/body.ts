/** From elements to plain data, held to the shape of the type. */
import { Problem, required } from '../problem.js';
import type { Body } from '../types.js';
import { NAMESPACE, type Element } from './element.js';
import { isComplex, shapeOf, valuesOf, type ElementRule } from './schema.js';

type Value = Body | string;

const BOOLEAN = /^(?:true|false|1|0)$/;
const NUMBERS: Readonly<Record<string, RegExp>> = {
  int: /^[+-]?\d+$/,
  long: /^[+-]?\d+$/,
  double: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
};

const invalid = (value: string, type: string, { place }: Element): Problem =>
  new Problem(`Error parsing file: '${value}' is not a valid value for the type ${type}`, place, 'INVALID_FIELD');

const scalar = (element: Element, type: string): string => {
  const [child] = element.children;
  if (child) throw unknown(child, type);
  const values = valuesOf(type);
  const text = type === 'string' ? element.text : element.text.trim();
  if (values) {
    if (values.includes(text)) return text;
    throw new Problem(`'${text}' is not a valid value for the enum '${type}'`, element.place, 'INVALID_FIELD');
  }
  if (type === 'boolean') {
    if (!BOOLEAN.test(text)) throw invalid(text, 'xsd:boolean', element);
    return String(text === 'true' || text === '1');
  }
  if (NUMBERS[type] && !NUMBERS[type].test(text)) throw invalid(text, `xsd:${type}`, element);
  return text;
};

const unknown = ({ name, namespace, place }: Element, type: string): Problem =>
  new Problem(
    `Error parsing file: Element ${namespace ? `{${namespace}}` : ''}${name} invalid at this location in type ${type}`,
    place,
    'INVALID_FIELD'
  );

const valueOf = (element: Element, { type }: ElementRule): Value =>
  isComplex(type) ? bodyOf(element, type) : scalar(element, type);

/** Elements of one name stand together; the platform takes a second group of them for a mistake. [M] */
const checkNeighbours = ({ children }: Element, type: string): void => {
  const closed = new Set<string>();
  children.forEach(({ name, place }, at) => {
    if (at === 0 || children[at - 1]!.name === name) return;
    closed.add(children[at - 1]!.name);
    if (closed.has(name)) {
      throw new Problem(`Error parsing file: Element ${name} is duplicated at this location in type ${type}`, place);
    }
  });
};

/** An element that appears once stays single, so that a definition reads the same however it was written. */
const oneOrMany = (values: Value[]): Body[string] => (values.length === 1 ? values[0] : (values as Body[] | string[]));

/**
 * Content of an element of a type, elements in the order of the type.
 * @throws Problem for elements and values that the type does not have, and for required ones that are missing.
 */
export const bodyOf = (element: Element, type: string): Body => {
  const shape = shapeOf(type);
  for (const child of element.children) {
    if (!shape.has(child.name) || (child.namespace !== '' && child.namespace !== NAMESPACE)) throw unknown(child, type);
  }
  checkNeighbours(element, type);
  const body: Body = {};
  for (const rule of shape.values()) {
    const found = element.children.filter(({ name }) => name === rule.name);
    if (found.length > 1 && !rule.repeats) {
      const message = `Error parsing file: Element ${rule.name} is duplicated at this location in type ${type}`;
      throw new Problem(message, found[1]!.place);
    }
    if (found.length > 0) body[rule.name] = oneOrMany(found.map((child) => valueOf(child, rule)));
    else if (!rule.optional) throw required(rule.name, element.place);
  }
  return body;
};

const looseValue = (element: Element): Value => (element.children.length > 0 ? looseBody(element) : element.text);

/** Content of an element whose type is not known here: what it says, unchecked. */
export const looseBody = (element: Element): Body => {
  const values = new Map<string, Value[]>();
  for (const child of element.children) values.set(child.name, [...(values.get(child.name) ?? []), looseValue(child)]);
  return Object.fromEntries([...values].map(([name, list]) => [name, oneOrMany(list)]));
};
