/** Reads single values out of plain metadata. */
import type { Body } from '../types.js';

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

const valuesAt = (body: Body, name: string): Array<Body | string> => {
  const value = body[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

/** Text of an element, or undefined where it is missing. */
export const textAt = (body: Body, name: string): string | undefined => {
  const value = valuesAt(body, name)[0];
  return typeof value === 'string' ? value : undefined;
};

/** Text of a required element, which the shape of the type has checked; empty where a body was made without it. */
export const textOf = (body: Body, name: string): string => textAt(body, name) ?? '';

/** A true or false; undefined where it is missing. */
export const flagAt = (body: Body, name: string): boolean | undefined => {
  const text = textAt(body, name);
  return text === undefined ? undefined : text === 'true';
};

/** Texts of an element that may repeat. */
export const textsAt = (body: Body, name: string): string[] =>
  valuesAt(body, name).filter((value): value is string => typeof value === 'string');

/** Nested elements of one name. */
export const bodiesAt = (body: Body, name: string): Body[] => valuesAt(body, name).filter(isBody);

/** The one nested element of a name; an empty text element counts as an empty one. */
export const bodyAt = (body: Body, name: string): Body | undefined => {
  const [value] = valuesAt(body, name);
  if (value === undefined) return undefined;
  return isBody(value) ? value : {};
};
