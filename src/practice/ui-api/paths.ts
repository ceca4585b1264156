/** Fields as the user interface names them, `Lead.Owner.Name`: looked up, and what of them a user may see. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { PracticeOrg, Session } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { noSuchColumn } from '../soql/errors.js';
import { noFieldAccess } from './errors.js';
import { nameField, relationshipField } from './objects.js';

/** Fields of a record, and those of its parents by the name of the relationship. */
export type Tree = { def: ObjectDef; fields: Map<string, FieldDef>; parents: Map<string, Tree> };

export const emptyTree = (def: ObjectDef): Tree => ({ def, fields: new Map(), parents: new Map() });

/** The object behind a relationship as the user sees it; `Name` where it may be one of several. */
export const parentObject = (org: PracticeOrg, session: Session, field: FieldDef): ObjectDef | undefined => {
  const [only] = field.referenceTo;
  const def = org.catalog.object(field.referenceTo.length === 1 ? only! : 'Name');
  const hidden = !def || (!def.setup && def.name !== 'Name' && !session.can('read', def));
  return hidden ? undefined : session.view(def);
};

/** @throws PlatformError INVALID_FIELD for a name that nobody knows, INSUFFICIENT_ACCESS for one that the user does not see */
const missing = (org: PracticeOrg, def: ObjectDef, name: string): PlatformError => {
  const whole = org.catalog.object(def.name)!;
  return whole.fields.has(name.toLowerCase()) || relationshipField(whole, name)
    ? noFieldAccess(def, name)
    : noSuchColumn(name, def.name);
};

const climb = (org: PracticeOrg, session: Session, tree: Tree, name: string): Tree => {
  const field = relationshipField(tree.def, name);
  const parent = field && parentObject(org, session, field);
  if (!field || !parent) throw missing(org, tree.def, name);
  let known = tree.parents.get(field.relationshipName!);
  if (!known) {
    known = emptyTree(parent);
    tree.parents.set(field.relationshipName!, known);
  }
  const title = nameField(parent);
  for (const one of [parent.fields.get('id'), title]) if (one) known.fields.set(one.name, one);
  return known;
};

/** Adds a field by its path behind the name of the object. @throws PlatformError INVALID_FIELD, INSUFFICIENT_ACCESS */
export const addPath = (org: PracticeOrg, session: Session, tree: Tree, path: readonly string[]): void => {
  const [last = '', ...up] = [...path].reverse();
  // The tree is touched only when the whole path is good.
  const probe = up.toReversed().reduce((at, name) => climb(org, session, at, name), emptyTree(tree.def));
  const field = probe.def.fields.get(last.toLowerCase());
  if (!field) throw missing(org, probe.def, last);
  const at = up.toReversed().reduce((node, name) => climb(org, session, node, name), tree);
  at.fields.set(field.name, field);
};

/** The path behind the object's name. @throws PlatformError INVALID_FIELD where it names another object */
export const pathOf = (def: ObjectDef, spec: string): string[] => {
  const [object = '', ...path] = spec.trim().split('.');
  if (path.length === 0 || object.toLowerCase() !== def.name.toLowerCase()) {
    throw new PlatformError('INVALID_FIELD', `${spec} is no field of ${def.name}; fields are named ${def.name}.Name`);
  }
  return path;
};

/** What is asked for: fields that must be there, and those that are left out where the user does not see them. */
export const treeOf = (
  org: PracticeOrg,
  session: Session,
  def: ObjectDef,
  asked: { fields: readonly string[]; optional: readonly string[] }
): Tree => {
  const tree = emptyTree(def);
  for (const spec of asked.fields) addPath(org, session, tree, pathOf(def, spec));
  for (const spec of asked.optional) {
    try {
      addPath(org, session, tree, pathOf(def, spec));
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
    }
  }
  return tree;
};

/** Fields of every record, asked for or not: what stands in its head. */
const HEAD = ['Id', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

/** Paths of a query for a tree. */
export const columnsOf = (tree: Tree, prefix = ''): string[] => {
  const head = HEAD.filter((name) => prefix === '' && tree.def.fields.has(name.toLowerCase()));
  const own = [...new Set([...head, ...tree.fields.keys()])].map((name) => prefix + name);
  return [...own, ...[...tree.parents].flatMap(([name, parent]) => columnsOf(parent, `${prefix}${name}.`))];
};
