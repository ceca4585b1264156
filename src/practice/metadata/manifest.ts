/** package.xml and destructiveChanges: what a deploy or a retrieve is about. */
import { Problem } from './problem.js';
import type { Body } from './types.js';
import { NAMESPACE, parseXml, type Element } from './xml/element.js';
import { writeFile } from './xml/write.js';

export type Manifest = {
  /** Members by type name. */
  types: Map<string, string[]>;
  version?: string;
  fullName?: string;
};

const textOf = (element: Element, name: string): string[] =>
  element.children.filter((child) => child.name === name).map((child) => child.text.trim());

const addTypes = (types: Map<string, string[]>, element: Element): void => {
  const [name] = textOf(element, 'name');
  if (!name) throw new Problem('Required field is missing: name', element.place);
  types.set(name, [...(types.get(name) ?? []), ...textOf(element, 'members')]);
};

/** Reads the element of a manifest, from a file or a request. @throws Problem */
export const readManifest = (root: Element): Manifest => {
  const types = new Map<string, string[]>();
  for (const child of root.children) if (child.name === 'types') addTypes(types, child);
  const [version] = textOf(root, 'version');
  const [fullName] = textOf(root, 'fullName');
  return { types, ...(version ? { version } : {}), ...(fullName ? { fullName } : {}) };
};

/** Reads a manifest file. @throws Problem where it is none. */
export const parseManifest = (text: string): Manifest => {
  const root = parseXml(text);
  if (root.name === 'Package' && root.namespace === NAMESPACE) return readManifest(root);
  throw new Problem(`Error parsing file: Unexpected element {${root.namespace}}${root.name}`, root.place);
};

/** A package.xml, types and members in order. */
export const writeManifest = (types: ReadonlyMap<string, Iterable<string>>, version: string): string => {
  const entries = [...types].sort(([a], [b]) => (a < b ? -1 : 1));
  const bodies = entries.map(([name, members]): Body => ({ members: [...members].sort(), name }));
  return writeFile('Package', { types: bodies, version });
};
