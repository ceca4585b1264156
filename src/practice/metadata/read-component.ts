/** Reads components as metadata: whole files, single parts, lists. */
import type { SaveTools } from '../save/context.js';
import { hasNetworks, type Kind, type Listed } from './kind.js';
import { fileOfPart, kindOf } from './registry.js';
import type { Body } from './types.js';

const isThere = (tools: SaveTools, kind: Kind): boolean => !kind.needsNetworks || hasNetworks(tools);

/** Components of a type; none where the org lacks the feature. */
export const listOf = (tools: SaveTools, kind: Kind): Listed[] => (isThere(tools, kind) ? kind.list(tools) : []);

/** One component as lists show it, its name matched without case. */
export const findListed = (tools: SaveTools, kind: Kind, fullName: string): Listed | undefined =>
  listOf(tools, kind).find((listed) => listed.fullName.toLowerCase() === fullName.toLowerCase());

/** Parts of a file, by the element they stand in. `only` narrows them to some full names. */
const partsOf = (tools: SaveTools, kind: Kind, fullName: string, only?: ReadonlySet<string>): Body => {
  const body: Body = {};
  for (const [element, type] of Object.entries(kind.parts ?? {})) {
    const part = kindOf(type)!;
    const names = part
      .list(tools, fullName)
      .map((listed) => listed.fullName)
      .filter((name) => fileOfPart(part, name) === fullName && (!only || only.has(`${type}\n${name}`)));
    if (names.length > 0) body[element] = names.map((name) => namedPart(tools, part, name));
  }
  return body;
};

const namedPart = (tools: SaveTools, part: Kind, fullName: string): Body => ({
  fullName: part.parent === 'CustomLabels' ? fullName : fullName.slice(fullName.indexOf('.') + 1),
  ...part.read(tools, fullName),
});

/** Definition of a component with all its parts; undefined where there is none. */
export const readComponent = (tools: SaveTools, kind: Kind, fullName: string): Body | undefined => {
  if (!isThere(tools, kind)) return undefined;
  const own = kind.read(tools, fullName);
  return own && kind.parts ? { ...own, ...partsOf(tools, kind, fullName) } : own;
};

/** A file that holds nothing but the parts named, as `type\nname`. */
export const readParts = (tools: SaveTools, kind: Kind, fullName: string, only: ReadonlySet<string>): Body =>
  partsOf(tools, kind, fullName, only);
