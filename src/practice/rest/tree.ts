/** sObject Tree: records with the children inside them, created all together or not at all. `data import tree` uses it. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { InputRecord, SaveOptions } from '../contracts.js';
import { PlatformError, type SaveError } from '../errors.js';
import type { Call, Reply } from '../http/call.js';
import { commit, saveRecords } from '../http/save.js';
import { objectOf } from './objects.js';
import type { Router } from './router.js';

const MAX_RECORDS = 200;
const MAX_DEPTH = 5;
const MAX_TYPES = 5;

/** One record of a tree; `id` is set when it has been saved. */
type Node = { referenceId: string; def: ObjectDef; record: InputRecord; parent?: Node; link?: FieldDef; id?: string };

type Failed = { referenceId: string; errors: SaveError[] };

class RollBack extends Error {
  public constructor(public readonly failed: Failed[]) {
    super('rolled back');
  }
}

const bad = (message: string): PlatformError => new PlatformError('INVALID_INPUT', message);

const childrenOf = (value: unknown): unknown[] | undefined => {
  const records = typeof value === 'object' && value !== null ? (value as { records?: unknown }).records : undefined;
  return Array.isArray(records) ? records : undefined;
};

/** The object and reference field behind a child relationship. @throws PlatformError INVALID_FIELD */
const childLink = (call: Call, parent: ObjectDef, name: string): { def: ObjectDef; link: FieldDef } => {
  for (const def of call.org.catalog.objects()) {
    for (const link of def.fields.values()) {
      const same = link.childRelationshipName?.toLowerCase() === name.toLowerCase();
      if (same && link.referenceTo.includes(parent.name)) return { def, link };
    }
  }
  throw new PlatformError('INVALID_FIELD', `No such column '${name}' on sobject of type ${parent.name}`);
};

/** Reads the trees level by level and checks their bounds before anything is saved. */
class Reader {
  public readonly levels: Node[][] = [];
  private readonly references = new Set<string>();

  public constructor(private readonly call: Call) {}

  public read(records: unknown[], def: ObjectDef): void {
    let level: Node[] = records.map((input) => this.node(input, def));
    while (level.length > 0) {
      if (this.levels.push(level) > MAX_DEPTH) throw bad(`A tree may be at most ${MAX_DEPTH} levels deep.`);
      level = level.flatMap((node) => this.takeChildren(node));
    }
    const types = new Set(this.levels.flat().map((node) => node.def.name));
    if (types.size > MAX_TYPES) throw bad(`A request may hold records of at most ${MAX_TYPES} objects.`);
  }

  private node(input: unknown, def: ObjectDef, parent?: Node, link?: FieldDef): Node {
    const { attributes, ...record } = (input ?? {}) as InputRecord;
    const { type, referenceId } = (attributes ?? {}) as { type?: unknown; referenceId?: unknown };
    if (typeof referenceId !== 'string' || referenceId === '') throw bad('Every record needs attributes.referenceId.');
    if (this.references.has(referenceId)) throw bad(`Duplicate reference id: ${referenceId}.`);
    if (typeof type !== 'string' || type.toLowerCase() !== def.name.toLowerCase()) {
      throw bad(`Record ${referenceId} must be of type ${def.name}.`);
    }
    if (this.references.add(referenceId).size > MAX_RECORDS) {
      throw bad(`A request may hold at most ${MAX_RECORDS} records.`);
    }
    return { referenceId, def, record, parent, link };
  }

  private takeChildren(node: Node): Node[] {
    return Object.entries(node.record).flatMap(([name, value]) => {
      const children = childrenOf(value);
      if (!children) return [];
      delete node.record[name];
      const { def, link } = childLink(this.call, node.def, name);
      return children.map((child) => this.node(child, def, node, link));
    });
  }
}

const withParent = ({ record, parent, link }: Node): InputRecord =>
  parent && link ? { ...record, [link.name]: parent.id! } : record;

/** Saves one level, object by object. @throws RollBack with what failed. */
const saveLevel = (call: Call, level: Node[], options: SaveOptions): void => {
  const failed: Failed[] = [];
  for (const [def, nodes] of Map.groupBy(level, (node) => node.def)) {
    const results = saveRecords(call.rooms, call.occasion, 'create', def.name, nodes.map(withParent), options);
    for (const [index, { id, success, errors }] of results.entries()) {
      const node = nodes[index]!;
      if (success) node.id = id!;
      else failed.push({ referenceId: node.referenceId, errors });
    }
  }
  if (failed.length > 0) throw new RollBack(failed);
};

const createTrees = (call: Call): Reply => {
  const def = objectOf(call);
  const { records } = call.json();
  if (!Array.isArray(records) || records.length === 0) throw bad('Include at least one record.');
  const reader = new Reader(call);
  reader.read(records, def);
  const options = call.saveOptions({ scope: {} });
  try {
    commit(call.rooms, call.occasion, () => reader.levels.forEach((level) => saveLevel(call, level, options)));
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
    return { status: 400, body: { hasErrors: true, results: error.failed } };
  }
  const results = reader.levels.flat().map(({ referenceId, id }) => ({ referenceId, id }));
  return { status: 201, body: { hasErrors: false, results } };
};

/** Registers the resource. */
export const treeRoutes = (router: Router): Router => router.add('composite/tree/:type', { POST: createTrees });
