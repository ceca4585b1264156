/**
 * Column metadata of `query?columns=true`, from which the sf CLI makes its tables and CSV. Fields of a parent stand
 * below one column of the relationship, those of a child subquery below one of that name.
 */
import type { Catalog, ObjectDef } from '../catalog/types.js';
import type { Column } from '../contracts.js';

const NUMBERS = new Set(['int', 'long', 'double', 'currency', 'percent']);

const apexTypes: Record<string, string> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  long: 'Long',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
};

export type ColumnMetadata = {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: ColumnMetadata[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
};

/** A grouped field under another name, and a grouped function, count as computed. */
const isComputed = ({ aggregate, expression, path, field }: Column, name: string): boolean =>
  aggregate || expression !== undefined || (path.length === 1 && field !== undefined && field.name !== name);

/** A column that only holds others. */
const holder = (name: string, aggregate: boolean, foreignKeyName: string | null): ColumnMetadata => ({
  aggregate,
  apexType: null,
  booleanType: false,
  columnName: name,
  custom: false,
  displayName: name,
  foreignKeyName,
  insertable: false,
  joinColumns: [],
  numberType: false,
  textType: false,
  updatable: false,
});

const kindOf = (type: Column['type']): Pick<ColumnMetadata, 'booleanType' | 'numberType' | 'textType'> => {
  const [booleanType, numberType] = [type === 'boolean', NUMBERS.has(type)];
  return { booleanType, numberType, textType: !booleanType && !numberType && type !== 'id' && type !== 'reference' };
};

const leaf = (column: Column, name: string): ColumnMetadata => {
  const { type, field, expression = name } = column;
  const aggregate = isComputed(column, name);
  return {
    ...holder(expression, aggregate, null),
    ...kindOf(type),
    apexType: aggregate ? null : (apexTypes[type] ?? 'String'),
    columnName: name,
    custom: field?.custom ?? false,
    insertable: field?.createable ?? false,
    updatable: field?.updateable ?? false,
  };
};

class Tree {
  private readonly parents = new Map<string, ColumnMetadata>();
  public readonly columns: ColumnMetadata[] = [];

  public constructor(
    private readonly catalog: Catalog,
    private readonly entity: ObjectDef | undefined
  ) {}

  public add(column: Column): void {
    const names = column.path;
    const level = this.level(names.slice(0, -1));
    const name = names.at(-1)!;
    if (!column.children) {
      level.push(leaf(column, name));
      return;
    }
    const below = holder(name, true, null);
    below.joinColumns = columnTree(this.catalog, undefined, column.children);
    level.push(below);
  }

  /** The list that holds the fields of a parent, made where its first field is met. */
  private level(path: string[]): ColumnMetadata[] {
    let columns = this.columns;
    let def = this.entity;
    for (const [depth, name] of path.entries()) {
      const field = def && [...def.fields.values()].find((one) => one.relationshipName === name);
      def = field && this.catalog.object(field.referenceTo.length === 1 ? field.referenceTo[0]! : 'Name');
      const key = path.slice(0, depth + 1).join('.');
      let parent = this.parents.get(key);
      if (!parent) {
        parent = holder(name, false, field?.name ?? null);
        this.parents.set(key, parent);
        columns.push(parent);
      }
      columns = parent.joinColumns;
    }
    return columns;
  }
}

/** The columns of a query, nested. `entity` is the object of FROM; foreign keys are left out where it is not given. */
export const columnTree = (catalog: Catalog, entity: ObjectDef | undefined, columns: Column[]): ColumnMetadata[] => {
  const tree = new Tree(catalog, entity);
  for (const column of columns) tree.add(column);
  return tree.columns;
};
