/** References between the parts of a composite request: `@{reference.path}`. Pure. */

/** A reference that names no part, or a value that its answer does not have. */
export class BadReference extends Error {}

const REFERENCE = /@\{([^}]*)\}/g;
const WHOLE = /^@\{([^}]*)\}$/;

/** Answers so far by reference id; undefined marks a part that has failed. */
export type Answers = ReadonlyMap<string, { body: unknown; failed: boolean }>;

const steps = (path: string): string[] => path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');

const ownValue = (value: unknown, key: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, key)) return (value as Record<string, unknown>)[key];
  // Answers name the new record's `id`, queries `Id`; the platform takes either.
  const match = Object.keys(value).find((name) => name.toLowerCase() === key.toLowerCase());
  return match === undefined ? undefined : (value as Record<string, unknown>)[match];
};

/**
 * The value of `reference.path`.
 * @throws BadReference with the platform's words.
 */
export const lookUp = (expression: string, answers: Answers): unknown => {
  const [name = '', ...path] = steps(expression.trim());
  const answer = answers.get(name);
  if (!answer) throw new BadReference(`Invalid reference specified. No value for ${expression} found in ${name}`);
  let value: unknown = answer.failed ? undefined : answer.body;
  for (const step of path) value = ownValue(value, step);
  if (value === undefined || (typeof value === 'object' && value !== null)) {
    throw new BadReference(`Invalid reference specified. No value for ${expression} found in ${name}`);
  }
  return value;
};

/** Text with its references replaced; in addresses the values are encoded. */
export const resolveText = (text: string, answers: Answers, encode: (value: string) => string = (v) => v): string =>
  text.replaceAll(REFERENCE, (_, expression: string) => encode(String(lookUp(expression, answers))));

/** A body with all references replaced, in nested values too. A text that is one reference keeps the value's type. */
export const resolveBody = (value: unknown, answers: Answers): unknown => {
  if (typeof value === 'string') {
    const whole = WHOLE.exec(value);
    return whole ? lookUp(whole[1]!, answers) : resolveText(value, answers);
  }
  if (Array.isArray(value)) return value.map((item) => resolveBody(item, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveBody(item, answers)]));
};
