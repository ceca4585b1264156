/** Conditions of WHERE and HAVING as SQL. */
import type { Condition } from './ast.js';
import { compare } from './compare.js';
import { bracketed, fragment, placeIn, type Context, type Fragment, type Typed } from './context.js';
import { malformed, queryError } from './errors.js';
import { expression, isAggregate } from './functions.js';
import type { Scope } from './scope.js';

/** Translates the SELECT of a semi-join to a list of ids. Given from outside, since it needs the whole translation. */
export type SemiJoin = (condition: Condition & { kind: 'semijoin' }) => Fragment;

type Env = { context: Context; scope: Scope; semiJoin: SemiJoin; having: boolean };

const filterable = (env: Env, left: Typed, at: number): void => {
  if (left.field && !left.field.filterable) {
    throw queryError(
      'INVALID_FIELD',
      `field '${left.field.name}' can not be filtered in a query call`,
      placeIn(env.context, at)
    );
  }
};

const comparison = (env: Env, condition: Condition & { kind: 'compare' }): Fragment => {
  const { left, operator, values, at } = condition;
  if (!env.having && isAggregate(left)) {
    throw malformed('Aggregate functions are not allowed in WHERE; use HAVING', placeIn(env.context, left.at));
  }
  const typed = expression(env.context, env.scope, left);
  filterable(env, typed, left.at);
  return compare(env.context, typed, operator, values, at);
};

const semiJoin = (env: Env, condition: Condition & { kind: 'semijoin' }, top: boolean): Fragment => {
  const place = placeIn(env.context, condition.at);
  if (!top) {
    throw malformed(
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
      place
    );
  }
  const left = env.scope.field(condition.left);
  if (left.type !== 'id' && left.type !== 'reference') {
    throw malformed(`The left operand of a semi join must be an id or reference field: ${left.name}`, place);
  }
  const inner = env.semiJoin(condition);
  const inside = fragment(`${left.sql} IN (${inner.sql})`, ...inner.params);
  return condition.negated ? fragment(`(${inside.sql}) IS NOT TRUE`, ...inside.params) : inside;
};

const translate = (env: Env, condition: Condition, top: boolean): Fragment => {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const inner = top && condition.kind === 'and';
      return bracketed(
        condition.parts.map((part) => translate(env, part, inner)),
        condition.kind === 'and' ? ' AND ' : ' OR '
      );
    }
    case 'not': {
      // A comparison with a missing value is false to SOQL, not unknown, so its negation is true.
      const inner = translate(env, condition.part, false);
      return fragment(`((${inner.sql}) IS NOT TRUE)`, ...inner.params);
    }
    case 'semijoin':
      return semiJoin(env, condition, top);
    case 'compare':
      return comparison(env, condition);
  }
};

/** SQL of a whole condition. @throws PlatformError MALFORMED_QUERY, INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR */
export const conditionSql = (env: Env, condition: Condition): Fragment => translate(env, condition, true);
