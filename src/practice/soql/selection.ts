/** Collects what a SELECT needs from SQL, and the shape of the records made from it. */
import type { FieldDef } from '../catalog/types.js';
import type { Column } from '../contracts.js';
import type { Call, Path, TypeOf } from './ast.js';
import type { Compiled } from './compile.js';
import { fragment, placeIn, type Context, type Fragment, type Typed } from './context.js';
import { malformed, noSuchColumn, noSuchObject } from './errors.js';
import { formatter, labeller } from './format.js';
import { fieldSql, objectNameSql, type Node, type Resolved, type Scope } from './scope.js';
import { decoder, type Decode, type Shape } from './shape.js';

const ADDRESS_PARTS = ['city', 'country', 'geocodeAccuracy', 'latitude', 'longitude', 'postalCode', 'state', 'street'];

/** Fields behind an address, with their names inside the compound value. */
const addressParts = (node: Node, field: FieldDef): Array<[string, FieldDef]> => {
  const prefix = field.name.replace(/Address$/, '').toLowerCase();
  return ADDRESS_PARTS.flatMap((part): Array<[string, FieldDef]> => {
    const found = node.def.fields.get(prefix + part.toLowerCase());
    return found ? [[part, found]] : [];
  });
};

export class Selection {
  public readonly columns: Column[] = [];
  public readonly shape: Shape;
  /** Place of each column in the row, in the order of `columns`; absent for compounds, children and TYPEOF. */
  public readonly places: Array<number | undefined> = [];
  private readonly sql: string[] = [];
  private readonly index = new Map<string, number>();
  private readonly shapes = new Map<string, Shape>();

  public constructor(
    private readonly context: Context,
    private readonly scope: Scope,
    aggregate: boolean
  ) {
    this.shape = aggregate ? { type: 'AggregateResult', entries: [] } : this.shapeOf(scope.root, '');
  }

  public text(): Fragment {
    return fragment(this.sql.length > 0 ? this.sql.join(', ') : '1');
  }

  /** Adds a field by its path to the record it belongs to. */
  public field(resolved: Resolved, at: number, decode?: Decode): void {
    const shape = this.shapeFor(resolved.node);
    const name = resolved.path.join('.');
    if (shape.entries.some((entry) => entry.name === resolved.name)) {
      throw malformed(`duplicate field selected: ${name}`, placeIn(this.context, at));
    }
    const { node, field, path, type } = resolved;
    this.columns.push({ name, path, header: name, field, aggregate: false, type });
    if (type === 'address' || type === 'location') {
      const parts = addressParts(node, field).map(([part, one]): [string, number] => [
        part,
        this.add(fieldSql(node, one)),
      ]);
      shape.entries.push({ kind: 'address', name: field.name, parts });
      this.places.push(undefined);
      return;
    }
    const place = this.add(resolved.sql);
    shape.entries.push({ kind: 'value', name: field.name, index: place, decode: decode ?? decoder(type) });
    this.places.push(place);
  }

  /** Adds a value under a name of its own: aggregates, grouped fields, FORMAT() with an alias. */
  public named(name: string, typed: Typed, aggregate: boolean, at: number, decode?: Decode): Column {
    if (this.shape.entries.some((entry) => entry.name.toLowerCase() === name.toLowerCase())) {
      throw malformed(`duplicate alias: ${name}`, placeIn(this.context, at));
    }
    const place = this.add(typed.sql);
    const from = typed.field ? { field: typed.field } : {};
    const column: Column = { name, path: [name], header: name, ...from, aggregate, type: typed.type };
    this.columns.push(column);
    this.shape.entries.push({ kind: 'value', name, index: place, decode: decode ?? decoder(typed.type) });
    this.places.push(place);
    return column;
  }

  /** toLabel(Status) and FORMAT(Amount) of one field. */
  public display(call: Call, resolved: Resolved, alias: string | undefined): void {
    const decode = call.name === 'FORMAT' ? formatter(resolved.type) : labeller(resolved.field);
    if (alias) this.named(alias, resolved, false, call.at, decode);
    else this.field(resolved, call.at, decode);
  }

  /** A child subquery, under the name of its relationship. */
  public children(name: string, query: Compiled): void {
    this.shape.entries.push({ kind: 'children', name, query });
    this.columns.push({ name, path: [name], header: name, aggregate: true, type: 'anyType', children: query.columns });
    this.places.push(undefined);
  }

  /** TYPEOF: other fields for each type that a polymorphic parent may have. */
  public typeOf(item: TypeOf): void {
    const node = this.scope.parent(item.relationship);
    const { context } = this;
    const targets = node.targets;
    if (!targets) {
      throw malformed(
        `TYPEOF needs a polymorphic relationship: ${node.path.join('.')}`,
        placeIn(context, item.relationship.at)
      );
    }
    for (const { type, at } of item.cases) {
      if (!targets.some(({ def }) => def.name.toLowerCase() === type.toLowerCase()))
        throw noSuchObject(type, placeIn(context, at));
    }
    const shapes = targets.map((target) => {
      const own = item.cases.find(({ type }) => type.toLowerCase() === target.def.name.toLowerCase());
      // ELSE names fields of the object Name.
      return own
        ? this.typeOfShape(target, target, own.fields)
        : this.typeOfShape({ ...target, def: node.def, targets: [target] }, target, item.otherwise);
    });
    const name = node.path.at(-1)!;
    this.shapeAt(node.path.slice(0, -1)).entries.push({ kind: 'typeof', name, shapes });
    this.columns.push({ name, path: node.path, header: name, aggregate: false, type: 'anyType' });
    this.places.push(undefined);
  }

  private typeOfShape(node: Node, target: Node, fields: Path[]): Shape {
    const shape: Shape = { type: target.def.name, id: this.add(`${target.alias}."Id"`), entries: [] };
    for (const path of fields) {
      const field = node.def.fields.get(path.parts.join('.').toLowerCase());
      if (!field) throw noSuchColumn(path.parts.join('.'), node.def.name, placeIn(this.context, path.at));
      const index = this.add(fieldSql(node, field));
      shape.entries.push({ kind: 'value', name: field.name, index, decode: decoder(field.type) });
    }
    return shape;
  }

  private add(sql: string): number {
    let place = this.index.get(sql);
    if (place === undefined) {
      place = this.sql.push(sql) - 1;
      this.index.set(sql, place);
    }
    return place;
  }

  private shapeOf(node: Node, key: string): Shape {
    const shape: Shape = { type: node.def.name, id: this.add(this.idSql(node)), entries: [] };
    if (node.targets) shape.urlType = { index: this.add(objectNameSql(node.targets)) };
    this.shapes.set(key, shape);
    return shape;
  }

  private idSql(node: Node): string {
    return fieldSql(node, node.def.fields.get('id')!);
  }

  /** The shape of a node, made with all those above it where they are missing. */
  private shapeFor(node: Node): Shape {
    const key = node.path.join('.');
    const known = this.shapes.get(key);
    if (known) return known;
    const shape = this.shapeOf(node, key);
    this.shapeAt(node.path.slice(0, -1)).entries.push({ kind: 'record', name: node.path.at(-1)!, shape });
    return shape;
  }

  private shapeAt(path: string[]): Shape {
    if (path.length === 0) return this.shape;
    return this.shapeFor(this.scope.parent({ kind: 'path', parts: path, at: 0 }));
  }
}
