/** Writes metadata files, elements in the order of their type. */
import { escapeXml } from '../../soap/xml.js';
import type { Body } from '../types.js';
import { NAMESPACE } from './element.js';
import { isComplex, shapeOf } from './schema.js';

const STEP = '    ';

/** How elements are laid out: one a line, or all in one. */
type Layout = { step: string; end: string };

const LINES: Layout = { step: STEP, end: '\n' };
const NONE: Layout = { step: '', end: '' };

/** Names of the elements of a body: those that the type knows in its order, any others behind them. */
const namesOf = (body: Body, type: string | undefined): string[] => {
  const known = type ? [...shapeOf(type).keys()] : [];
  const names = Object.keys(body).filter((name) => body[name] !== undefined);
  return [...known.filter((name) => names.includes(name)), ...names.filter((name) => !known.includes(name))];
};

const elementOf = (
  name: string,
  value: Body | string,
  type: string | undefined,
  indent: string,
  layout: Layout
): string => {
  const { step, end } = layout;
  if (typeof value === 'string') return `${indent}<${name}>${escapeXml(value)}</${name}>${end}`;
  const inner = elementsOf(value, type, indent + step, layout);
  return inner === '' ? `${indent}<${name}/>${end}` : `${indent}<${name}>${end}${inner}${indent}</${name}>${end}`;
};

const elementsOf = (body: Body, type: string | undefined, indent: string, layout: Layout): string =>
  namesOf(body, type)
    .flatMap((name) => {
      const rule = type ? shapeOf(type).get(name) : undefined;
      const inner = rule && isComplex(rule.type) ? rule.type : undefined;
      const value = body[name]!;
      return (Array.isArray(value) ? value : [value]).map((item) => elementOf(name, item, inner, indent, layout));
    })
    .join('');

const known = (type: string): string | undefined => (isComplex(type) ? type : undefined);

/** A file of metadata. `type` is the root element. */
export const writeFile = (type: string, body: Body): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${NAMESPACE}">\n` +
  `${elementsOf(body, known(type), STEP, LINES)}</${type}>\n`;

/** The elements of a body without space between them, for SOAP answers. */
export const innerXml = (type: string, body: Body): string => elementsOf(body, known(type), '', NONE);
