/** What the schema finds wrong, in words that say what is allowed. */
import type { z } from 'zod';
import { nearest } from './problems.js';
import { rotationFileSchema } from './schema.js';

type Issue = z.core.$ZodIssue;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a list of fields',
};

const { members, ...rotation } = rotationFileSchema.shape;

/** Fields of the file, and those of a member. */
export const FIELDS = Object.keys({ ...rotation, members });
export const MEMBER_FIELDS = Object.keys(members.element.shape);

const sizeOf = (issue: Issue & { code: 'too_small' | 'too_big' }, limit: number | bigint, word: string): string => {
  if (issue.origin === 'string') return `must have ${word} ${limit} letters`;
  if (issue.origin === 'array') return `must have ${word} ${limit} entries`;
  return `must be ${word} ${limit}`;
};

/** What is wrong with a value. `isAbsent`: nothing is written there. */
export function wordsOf(issue: Issue, isAbsent: boolean): string {
  const field = String(issue.path.at(-1) ?? 'the file');
  const named = typeof issue.path.at(-1) === 'number' ? 'this' : `"${field}"`;
  switch (issue.code) {
    case 'invalid_type':
      if (isAbsent) return `${named} is missing`;
      return `${named} must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${named} must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? `${named} must not be empty`
        : `${named} ${sizeOf(issue, issue.minimum, 'at least')}`;
    case 'too_big':
      return `${named} ${sizeOf(issue, issue.maximum, 'at most')}`;
    default:
      return `${named} ${issue.message}`;
  }
}

/** About a field that there is not. @param path of the map in which it stands */
export function unknownField(field: string, path: readonly PropertyKey[]): string {
  const known = path.length > 0 ? MEMBER_FIELDS : FIELDS;
  const meant = nearest(field, known);
  const allowed = meant ? `did you mean "${meant}"?` : `there are ${known.join(', ')}`;
  return `"${field}" is not a field of ${path.length > 0 ? 'a member' : 'a rotation'}; ${allowed}`;
}
