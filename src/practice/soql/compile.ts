/** Translates a parsed query to one statement of SQL and the shape of its records. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Column } from '../contracts.js';
import type { Call, Expression, OrderItem, Query, SelectItem } from './ast.js';
import { conditionSql, type SemiJoin } from './condition.js';
import {
  fragment,
  joined,
  PARENT,
  placeIn,
  readable,
  requireObject,
  type Context,
  type Fragment,
  type Param,
  type Typed,
} from './context.js';
import { malformed, noSuchChildren, queryError } from './errors.js';
import { expression, isAggregate } from './functions.js';
import { Scope } from './scope.js';
import { Selection } from './selection.js';
import type { Shape } from './shape.js';

export type Compiled = {
  entity: ObjectDef;
  sql: string;
  params: Param[];
  columns: Column[];
  /** Place of each column in a row; absent where it is no plain value. */
  places: Array<number | undefined>;
  shape: Shape;
  /** `SELECT COUNT()`: the only value is the size. */
  countOnly: boolean;
  aggregate: boolean;
  grouped: boolean;
  idSelected: boolean;
};

const FIELDS_LIMIT = 200;

const isCountOnly = ({ select: [first], groupBy }: Query): boolean =>
  first?.kind === 'value' &&
  first.value.kind === 'call' &&
  first.value.name === 'COUNT' &&
  first.value.args.length === 0 &&
  !first.alias &&
  groupBy.length === 0;

/** A call as the platform shows it in column metadata: the function in lower case. */
const callText = ({ name, args }: Call): string => {
  const shown = args.map((one) => (one.kind === 'path' ? one.parts.join('.') : callText(one)));
  return `${name.toLowerCase()}(${shown.join(', ')})`;
};

class Compiler {
  private readonly scope: Scope;
  private readonly selection: Selection;
  private readonly aggregate: boolean;
  private readonly countOnly: boolean;
  private unnamed = 0;

  public constructor(
    private readonly context: Context,
    private readonly query: Query,
    private readonly entity: ObjectDef,
    /** For a child subquery: the field that points to the parent. */
    private readonly parentField?: FieldDef
  ) {
    this.countOnly = isCountOnly(query);
    this.aggregate =
      query.groupBy.length > 0 || query.select.some((item) => item.kind === 'value' && isAggregate(item.value));
    this.scope = new Scope(context, entity, query.aliases, query.where);
    this.selection = new Selection(context, this.scope, this.aggregate);
  }

  public compile(): Compiled {
    const { query } = this;
    const groups = query.groupBy.map((value) => this.group(value));
    this.select(groups);
    const where = this.where();
    const having = query.having ? this.condition(query.having, true) : undefined;
    const orderBy = query.orderBy.map((item) => this.order(item, groups));
    const statement = this.statement(where, groups, having, orderBy);
    const { columns, places, shape } = this.selection;
    const idSelected = columns.some(({ path }) => path.length === 1 && path[0] === 'Id');
    return {
      entity: this.entity,
      ...statement,
      columns,
      places,
      shape,
      idSelected,
      countOnly: this.countOnly,
      aggregate: this.aggregate,
      grouped: query.groupBy.length > 0,
    };
  }

  /** SELECT of one field, for the right side of a semi-join. */
  public compileList(): Fragment {
    const [item] = this.query.select;
    const path = item?.kind === 'value' && item.value.kind === 'path' ? item.value : undefined;
    const field = path && this.scope.field(path);
    if (this.query.select.length !== 1 || !field || (field.type !== 'id' && field.type !== 'reference')) {
      throw malformed(
        'The inner select of a semi join must select one id or reference field',
        placeIn(this.context, this.query.fromAt)
      );
    }
    const where = joined([this.where(), fragment(`${field.sql} IS NOT NULL`)], ' AND ');
    const from = this.scope.from();
    const order = this.query.orderBy.map((one) => this.order(one, []));
    const tail = this.tail(order);
    return joined([fragment(`SELECT ${field.sql} FROM`), from, fragment('WHERE'), where, ...tail], ' ');
  }

  private statement(where: Fragment, groups: Typed[], having: Fragment | undefined, orderBy: Fragment[]): Fragment {
    const parts = [
      fragment('SELECT'),
      this.countOnly ? fragment('1') : this.selection.text(),
      fragment('FROM'),
      this.scope.from(),
      fragment('WHERE'),
      where,
    ];
    if (groups.length > 0) parts.push(fragment('GROUP BY'), joined(groups, ', '));
    if (having) parts.push(fragment('HAVING'), having);
    return joined([...parts, ...this.tail(orderBy)], ' ');
  }

  private tail(orderBy: Fragment[]): Fragment[] {
    const { limit, offset } = this.query;
    const parts: Fragment[] = [];
    if (orderBy.length > 0) parts.push(fragment('ORDER BY'), joined(orderBy, ', '));
    if (limit !== undefined || offset !== undefined) parts.push(fragment('LIMIT ?', limit ?? -1));
    if (offset !== undefined) parts.push(fragment('OFFSET ?', offset));
    return parts;
  }

  private select(groups: Typed[]): void {
    if (this.countOnly) {
      if (this.query.select.length > 1)
        throw malformed("unexpected token: ','", placeIn(this.context, this.query.fromAt));
      return;
    }
    for (const item of this.query.select) {
      if (item.kind === 'typeof') this.selection.typeOf(item);
      else if (item.kind === 'children') this.children(item.query);
      else if (this.aggregate) this.aggregateValue(item, groups);
      else this.plainValue(item);
    }
  }

  private plainValue({ value, alias }: SelectItem & { kind: 'value' }): void {
    if (value.kind === 'path') {
      if (alias) throw malformed(`unexpected token: '${alias}'`, placeIn(this.context, value.at));
      return this.selection.field(this.scope.field(value), value.at);
    }
    if (value.name === 'FIELDS') return this.allFields(value);
    const [argument] = value.args;
    if ((value.name === 'TOLABEL' || value.name === 'FORMAT') && value.args.length === 1 && argument?.kind === 'path') {
      return this.selection.display(value, this.scope.field(argument), alias);
    }
    expression(this.context, this.scope, value);
    throw malformed(
      `Function ${value.name} can only be selected where its result is grouped`,
      placeIn(this.context, value.at)
    );
  }

  private aggregateValue({ value, alias }: SelectItem & { kind: 'value' }, groups: Typed[]): void {
    const typed = expression(this.context, this.scope, value);
    const grouped = groups.some((group) => group.sql === groupSql(typed));
    if (!isAggregate(value) && !grouped) {
      throw malformed(`Field must be grouped or aggregated: ${typed.name}`, placeIn(this.context, value.at));
    }
    const name = alias ?? (value.kind === 'path' ? typed.name : `expr${this.unnamed++}`);
    const grouping = isAggregate(value) ? typed : { ...typed, sql: groupSql(typed) };
    const column = this.selection.named(name, grouping, isAggregate(value), value.at);
    if (!alias && value.kind === 'call') column.expression = callText(value);
  }

  /** FIELDS(ALL), FIELDS(STANDARD), FIELDS(CUSTOM). The unbounded ones need a limit of at most 200. */
  private allFields(call: Call): void {
    const [argument] = call.args;
    const which = argument?.kind === 'path' ? argument.parts.join('.').toUpperCase() : '';
    const place = placeIn(this.context, call.at);
    if (!['ALL', 'STANDARD', 'CUSTOM'].includes(which)) throw malformed(`unexpected token: '${which}'`, place);
    if (which !== 'STANDARD' && !((this.query.limit ?? Infinity) <= FIELDS_LIMIT)) {
      throw malformed(`The SOQL FIELDS function must have a LIMIT of at most ${FIELDS_LIMIT}`, place);
    }
    for (const field of this.entity.fields.values()) {
      if (which === 'ALL' || field.custom === (which === 'CUSTOM')) {
        this.selection.field(this.scope.on(this.scope.root, field), call.at);
      }
    }
  }

  private children(query: Query): void {
    const name = query.from.split('.').at(-1)!.toLowerCase();
    const { context, entity } = this;
    for (const whole of context.catalog.objects()) {
      const def = context.session.view(whole);
      const field = [...def.fields.values()].find(
        (one) => one.childRelationshipName?.toLowerCase() === name && one.referenceTo.includes(entity.name)
      );
      if (!field || !readable(context, def)) continue;
      const compiled = new Compiler(context, query, def, field).compile();
      if (compiled.aggregate)
        throw malformed('Aggregate functions are not allowed in a child subquery', placeIn(context, query.fromAt));
      return this.selection.children(field.childRelationshipName!, compiled);
    }
    throw noSuchChildren(query.from, placeIn(context, query.fromAt));
  }

  private where(): Fragment {
    const { context, query, entity, scope } = this;
    const { alias } = scope.root;
    const parts: Fragment[] = [];
    if (this.parentField) parts.push(fragment(`${alias}."${this.parentField.name}" = ?`, PARENT));
    if (entity.fields.has('isdeleted') && !context.all && !query.allRows)
      parts.push(fragment(`${alias}."IsDeleted" IS NOT 1`));
    const shared = context.recordFilter(entity, context.session, alias);
    if (shared) parts.push(fragment(`(${shared.sql})`, ...shared.params));
    if (query.scope) parts.push(this.inScope(query.scope));
    if (query.where) parts.push(this.condition(query.where, false));
    return parts.length > 0 ? joined(parts, ' AND ') : fragment('TRUE');
  }

  private inScope({ name, at }: NonNullable<Query['scope']>): Fragment {
    if (name === 'everything') return fragment('TRUE');
    if (name === 'mine' && this.entity.fields.has('ownerid')) {
      return fragment(`${this.scope.root.alias}."OwnerId" = ?`, this.context.session.user.Id);
    }
    throw malformed(`unexpected token: '${name}'`, placeIn(this.context, at));
  }

  private condition(condition: NonNullable<Query['where']>, having: boolean): Fragment {
    const semiJoin: SemiJoin = ({ query }) =>
      new Compiler(this.context, query, requireObject(this.context, query.from, query.fromAt)).compileList();
    return conditionSql({ context: this.context, scope: this.scope, semiJoin, having }, condition);
  }

  private group(value: Expression): Typed {
    const typed = expression(this.context, this.scope, value);
    if (typed.field && !typed.field.groupable) {
      throw malformed(`field '${typed.name}' can not be grouped in a query call`, placeIn(this.context, value.at));
    }
    return { ...typed, sql: groupSql(typed) };
  }

  private order({ value, descending, nullsLast }: OrderItem, groups: Typed[]): Fragment {
    const { context } = this;
    if (!this.aggregate && value.kind === 'call' && value.name !== 'TOLABEL')
      throw malformed(`unexpected token: '('`, placeIn(context, value.at));
    const typed = this.alias(value) ?? expression(context, this.scope, value);
    if (typed.field && !typed.field.sortable) {
      throw malformed(`field '${typed.name}' can not be sorted in a query call`, placeIn(context, value.at));
    }
    const known = groups.some((group) => group.sql === groupSql(typed));
    if (this.aggregate && !known && !isAggregate(value) && !this.alias(value)) {
      throw malformed(`Ordered field must be grouped or aggregated: ${typed.name}`, placeIn(context, value.at));
    }
    // SQLite counts null as the least value; say so only where SOQL wants it otherwise, so that indexes stay usable.
    const nulls = descending === nullsLast ? '' : nullsLast ? ' NULLS LAST' : ' NULLS FIRST';
    return fragment(`${known ? groupSql(typed) : typed.sql}${descending ? ' DESC' : ''}${nulls}`, ...typed.params);
  }

  /** A grouped query may be ordered by the alias of a selected value. */
  private alias(value: Expression): Typed | undefined {
    if (!this.aggregate || value.kind !== 'path' || value.parts.length > 1) return undefined;
    const name = value.parts[0]!.toLowerCase();
    const item = this.query.select.find((one) => one.kind === 'value' && one.alias?.toLowerCase() === name);
    return item?.kind === 'value' ? expression(this.context, this.scope, item.value) : undefined;
  }
}

/** Rows from before a checkbox existed are grouped with the unchecked ones. */
const groupSql = (typed: Typed): string =>
  typed.type === 'boolean' && typed.field ? `coalesce(${typed.sql}, 0)` : typed.sql;

/**
 * Translates a query.
 * @throws PlatformError MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR
 */
export const compile = (context: Context, query: Query): Compiled => {
  const entity = requireObject(context, query.from, query.fromAt);
  if (query.having && query.groupBy.length === 0) {
    throw queryError('MALFORMED_QUERY', 'HAVING needs GROUP BY', placeIn(context, query.fromAt));
  }
  return new Compiler(context, query, entity).compile();
};
