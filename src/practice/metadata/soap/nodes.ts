/** Components in SOAP requests. */
import { all, childNames, isElement, textOf, type Node } from '../../soap/envelope.js';
import type { Element } from '../xml/element.js';

/** A node of an envelope as an element without a place. */
export const elementOf = (name: string, value: unknown): Element => {
  if (!isElement(value)) return { name, namespace: '', text: textOf(value) ?? '', children: [] };
  const children = childNames(value).flatMap((child) => all(value, child).map((item) => elementOf(child, item)));
  return { name, namespace: '', text: '', children };
};

/** Type of an element with `xsi:type`, without its prefix. */
export const typeOf = (node: Node): string => {
  const type = node['@type'];
  return typeof type === 'string' ? type.slice(type.indexOf(':') + 1) : '';
};
