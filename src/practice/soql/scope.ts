/** Resolves the paths of one SELECT and collects the joins that they need. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import { quoted } from '../store/identifiers.js';
import type { Condition, Path } from './ast.js';
import {
  fragment,
  joined,
  placeIn,
  readable,
  tableSource,
  type Context,
  type Fragment,
  type Typed,
} from './context.js';
import { malformed, noSuchColumn, noSuchRelationship } from './errors.js';

/** Parents a path may climb. */
const MAX_CLIMB = 5;

/** SQLite joins 64 tables at most. */
const MAX_JOINS = 60;

/** A joined table, or the several tables behind a polymorphic relationship, seen as the object `Name`. */
export type Node = { def: ObjectDef; path: string[]; alias: string; targets?: Node[] };

/** A resolved field: its SQL, the node it stands on, and its path with the names as the catalogue writes them. */
export type Resolved = Typed & { field: FieldDef; node: Node; path: string[] };

const typeCase = (targets: Node[], valueOf: (target: Node) => string): string => {
  const cases = targets.map((target) => `WHEN ${target.alias}."Id" IS NOT NULL THEN ${valueOf(target)}`);
  return `(CASE ${cases.join(' ')} END) COLLATE NOCASE`;
};

/** `Type` of a polymorphic parent names the object, but a queue, which is a row of Group, is called a queue. */
const kindSql = ({ def, alias }: Node): string =>
  def.name === 'Group' ? `iif(${alias}."Type" = 'Queue', 'Queue', 'Group')` : `'${def.name}'`;

/** Expression for the name of the object that a polymorphic parent is a record of. */
export const objectNameSql = (targets: Node[]): string => typeCase(targets, ({ def }) => `'${def.name}'`);

/** Expression for a field of a node, without looking at permissions. */
export const fieldSql = (node: Node, field: FieldDef): string => {
  if (!node.targets) return `${node.alias}.${quoted(field.name)}`;
  if (field.name === 'Type') return typeCase(node.targets, kindSql);
  const having = node.targets.filter((target) => target.def.fields.has(field.name.toLowerCase()));
  if (having.length === 0) return 'NULL';
  const values = having.map((target) => `${target.alias}.${quoted(field.name)}`);
  const value = values.length === 1 ? values[0]! : `COALESCE(${values.join(', ')})`;
  return field.type === 'id' || field.type === 'reference' ? value : `${value} COLLATE NOCASE`;
};

export class Scope {
  public readonly root: Node;
  private readonly nodes = new Map<string, Node>();
  private readonly joins: Fragment[] = [];
  private count = 1;

  public constructor(
    private readonly context: Context,
    def: ObjectDef,
    private readonly aliases: ReadonlyMap<string, string[]>,
    /** WHERE of the query, for objects whose rows depend on it. */
    private readonly where?: Condition
  ) {
    this.root = { def, path: [], alias: 't0' };
  }

  /** FROM with all joins used so far. */
  public from(): Fragment {
    const table = tableSource(this.context, this.root.def, this.where);
    return joined([fragment(`${table.sql} AS ${this.root.alias}`, ...table.params), ...this.joins], ' ');
  }

  /** A field by its path. @throws PlatformError INVALID_FIELD */
  public field(path: Path): Resolved {
    const names = this.withoutAlias(path.parts);
    const node = this.climb(names.slice(0, -1), path.at);
    const last = names.at(-1)!;
    const field = node.def.fields.get(last.toLowerCase());
    if (!field) throw noSuchColumn(last, node.def.name, placeIn(this.context, path.at));
    return this.on(node, field);
  }

  /** A field of a node that is known already. */
  public on(node: Node, field: FieldDef): Resolved {
    const path = [...node.path, field.name];
    return { sql: fieldSql(node, field), params: [], type: field.type, name: field.name, field, node, path };
  }

  /** The parent node of a relationship path. @throws PlatformError INVALID_FIELD, MALFORMED_QUERY */
  public parent(path: Path): Node {
    return this.climb(this.withoutAlias(path.parts), path.at);
  }

  private withoutAlias(parts: string[]): string[] {
    const base = parts.length > 1 ? this.aliases.get(parts[0]!.toLowerCase()) : undefined;
    return base ? [...base, ...parts.slice(1)] : parts;
  }

  private climb(names: string[], at: number): Node {
    if (names.length > MAX_CLIMB) {
      throw malformed(`Only ${MAX_CLIMB} levels of parent relationships are allowed`, placeIn(this.context, at));
    }
    return names.reduce((node, name) => this.step(node, name, at), this.root);
  }

  private step(node: Node, name: string, at: number): Node {
    const key = [...node.path, name].join('.').toLowerCase();
    const known = this.nodes.get(key);
    if (known) return known;
    const field = [...node.def.fields.values()].find(
      (one) => one.relationshipName?.toLowerCase() === name.toLowerCase()
    );
    const targets = field?.referenceTo
      .map((target) => this.context.catalog.object(target))
      .filter((def) => def !== undefined);
    if (!field || !targets || targets.length === 0 || this.hidden(targets)) {
      throw noSuchRelationship(name, placeIn(this.context, at));
    }
    const path = [...node.path, field.relationshipName!];
    const made = targets.map((def) => this.join(this.context.session.view(def), path, fieldSql(node, field)));
    const parent = made.length === 1 ? made[0]! : this.polymorphic(made, path);
    this.nodes.set(key, parent);
    return parent;
  }

  /** Users, profiles and other setup parents are visible to everybody; of the others the object permission decides. */
  private hidden(targets: ObjectDef[]): boolean {
    const [only] = targets;
    return targets.length === 1 && !only!.setup && !readable(this.context, only!);
  }

  private join(def: ObjectDef, path: string[], key: string): Node {
    if (this.count > MAX_JOINS) throw malformed(`A query may follow at most ${MAX_JOINS} parent relationships`);
    const alias = `t${this.count++}`;
    const table = tableSource(this.context, def);
    // Fields name their entity by durable id, not by record id.
    const target = def.name === 'EntityDefinition' ? 'DurableId' : 'Id';
    // A parent that the session may not see is as good as none.
    const seen = this.context.recordFilter(def, this.context.session, alias);
    const on = `${alias}.${quoted(target)} = ${key}${seen ? ` AND (${seen.sql})` : ''}`;
    this.joins.push(fragment(`LEFT JOIN ${table.sql} AS ${alias} ON ${on}`, ...table.params, ...(seen?.params ?? [])));
    return { def, path, alias };
  }

  private polymorphic(targets: Node[], path: string[]): Node {
    return { def: this.context.catalog.require('Name'), path, alias: targets[0]!.alias, targets };
  }
}
