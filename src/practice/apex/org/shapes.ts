/** Objects of the catalogue as the Apex runtime sees them. */
import type { Catalog, FieldDef, FieldType, ObjectDef } from '../../catalog/types.js';
import { isCompound } from '../../store/tables.js';
import type { SObjectShape } from '../runtime/sobjects.js';

/** Apex types of field types (Apex Developer Guide, field types). Types that are missing here are texts. */
const TYPES: Partial<Record<FieldType, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  long: 'Long',
  double: 'Decimal',
  currency: 'Decimal',
  percent: 'Decimal',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
  base64: 'Blob',
  anyType: 'Object',
};

/** The Apex type of a field. */
export const apexTypeOf = ({ type }: FieldDef): string => TYPES[type] ?? 'String';

/** By catalogue too: orgs of one process share the definitions of standard objects, and each has children of its own. */
const shapes = new WeakMap<Catalog, WeakMap<ObjectDef, SObjectShape>>();

/** The shape of an object; one for each definition, so that a deploy brings a new one. */
export function shapeOf(catalog: Catalog, def: ObjectDef): SObjectShape {
  let known = shapes.get(catalog);
  if (!known) shapes.set(catalog, (known = new WeakMap<ObjectDef, SObjectShape>()));
  let shape = known.get(def);
  if (!shape) known.set(def, (shape = new CatalogShape(catalog, def)));
  return shape;
}

class CatalogShape implements SObjectShape {
  private parents?: Map<string, ReturnType<SObjectShape['parent']>>;

  public constructor(
    private readonly catalog: Catalog,
    private readonly def: ObjectDef
  ) {}

  public get name(): string {
    return this.def.name;
  }

  public field(lowerName: string): { name: string; type: string } | undefined {
    const field = this.def.fields.get(lowerName);
    return field && !isCompound(field) ? { name: field.name, type: apexTypeOf(field) } : undefined;
  }

  public parent(lowerName: string): ReturnType<SObjectShape['parent']> {
    this.parents ??= new Map(
      [...this.def.fields.values()].flatMap(({ name: field, relationshipName: name, referenceTo }) =>
        name === undefined
          ? []
          : [[name.toLowerCase(), { name, field, type: referenceTo.length === 1 ? referenceTo[0]! : 'SObject' }]]
      )
    );
    return this.parents.get(lowerName);
  }

  public child(lowerName: string): { name: string; type: string } | undefined {
    for (const { name: type, fields } of this.catalog.objects()) {
      for (const { referenceTo, childRelationshipName: name } of fields.values()) {
        if (name?.toLowerCase() === lowerName && referenceTo.includes(this.def.name)) return { name, type };
      }
    }
    return undefined;
  }
}

/** Rows of a query that groups: whatever was selected is a field. */
export const AGGREGATE: SObjectShape = {
  name: 'AggregateResult',
  field: (name) => ({ name, type: 'Object' }),
  parent: () => undefined,
  child: () => undefined,
};
