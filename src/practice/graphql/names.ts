/** Names that a request mentions: the schema is made of nothing else, so that it stays small however large the org is. */
import { visit, type DocumentNode } from 'graphql';

const addKeys = (names: Set<string>, value: unknown): void => {
  if (Array.isArray(value)) {
    for (const one of value as unknown[]) addKeys(names, one);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      names.add(key);
      addKeys(names, inner);
    }
  }
};

/** Every name in a document, and every member of its variables. */
export const namesIn = (document: DocumentNode, variables: unknown): Set<string> => {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  addKeys(names, variables);
  return names;
};

const SUFFIXES = /(?:_Filter|_OrderBy|_GroupBy|Create|Update|Delete|(?:Create|Update)(?:Input|Representation))$/;

/** Whether an object is mentioned, by itself or in the name of a type or of a mutation. */
export const mentions = (names: ReadonlySet<string>, object: string): boolean => {
  if (names.has(object)) return true;
  for (const name of names) if (name.startsWith(object) && name.replace(SUFFIXES, '') === object) return true;
  return false;
};
