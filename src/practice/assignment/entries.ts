/** Entries of assignment rules out of metadata, and whether they can be carried out (platform-facts G). */
import type { ObjectDef } from '../catalog/types.js';
import { compileFormula } from '../formula/compile.js';
import { FormulaProblem } from '../formula/problem.js';
import { Problem } from '../metadata/problem.js';
import type { Body } from '../metadata/types.js';
import { bodiesAt, textAt, textOf } from '../metadata/xml/read.js';
import { criterionField, isCriterionValue, isFilter } from '../sharing/criteria.js';
import type { RuleCriterion } from '../sharing/types.js';

/** One entry of a rule. Without criteria and formula it takes every record; without a target it ends the rule. */
export type RuleEntry = {
  criteria: RuleCriterion[];
  booleanFilter?: string;
  formula?: string;
  target?: { type: 'User' | 'Queue'; name: string };
  /** Full name of the template of the mail to the new owner. */
  template?: string;
};

/** Comparisons that need an order, and those of lists; the others are for every field. */
const ORDERED = new Set(['lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual']);
const OF_LISTS = new Set(['includes', 'excludes']);
const OF_TEXT = new Set(['contains', 'notContain', 'startsWith']);
const UNORDERED: ReadonlySet<string> = new Set(['boolean', 'multipicklist', 'reference', 'id']);
const NO_TEXT: ReadonlySet<string> = new Set(['boolean', 'int', 'double', 'currency', 'percent', 'date', 'datetime']);

const criterionOf = (item: Body): RuleCriterion => {
  const valueField = textAt(item, 'valueField');
  return {
    field: textOf(item, 'field'),
    operation: textOf(item, 'operation'),
    value: textAt(item, 'value') ?? '',
    ...(valueField === undefined ? {} : { valueField }),
  };
};

/** Reads one entry. */
export const entryOf = (body: Body): RuleEntry => {
  const [booleanFilter, formula] = [textAt(body, 'booleanFilter'), textAt(body, 'formula')];
  const [name, template] = [textAt(body, 'assignedTo'), textAt(body, 'template')];
  const type = textAt(body, 'assignedToType') === 'User' ? 'User' : 'Queue';
  return {
    criteria: bodiesAt(body, 'criteriaItems').map(criterionOf),
    ...(booleanFilter?.trim() ? { booleanFilter } : {}),
    ...(formula?.trim() ? { formula } : {}),
    ...(name ? { target: { type, name } } : {}),
    ...(template ? { template } : {}),
  };
};

const fits = (type: string, operation: string): boolean => {
  if (ORDERED.has(operation)) return !UNORDERED.has(type);
  if (OF_LISTS.has(operation)) return type === 'multipicklist';
  if (OF_TEXT.has(operation)) return !NO_TEXT.has(type);
  return true;
};

/** Criteria are compared in the order that fields are named; distances and relative days are not known here. */
const checkCriterion = (def: ObjectDef, { field: name, operation, value, valueField }: RuleCriterion): void => {
  const field = criterionField(def, name);
  if (!field) throw new Problem(`In field: field - no CustomField named ${name} found`);
  if (!fits(field.type, operation)) throw new Problem(`Operation ${operation} is not valid for ${name}`);
  if (operation === 'within') throw new Problem('Operation within is not supported by the practice org');
  if (valueField !== undefined) {
    if (value !== '') throw new Problem(`A criterion has either a value or a valueField: ${name}`);
    if (!criterionField(def, valueField))
      throw new Problem(`In field: valueField - no CustomField named ${valueField} found`);
  } else if (!isCriterionValue(field, value)) {
    throw new Problem(`Value ${value} is not valid for ${name} (relative dates are not supported by the practice org)`);
  }
};

const checkFormula = (def: ObjectDef, text: string): void => {
  try {
    const { kind } = compileFormula(def, text);
    if (kind !== 'boolean') throw new FormulaProblem(`Formula result is of type ${kind}, expected Boolean`);
  } catch (error) {
    if (error instanceof FormulaProblem) throw new Problem(`In field: formula - ${error.message}`);
    throw error;
  }
};

/** @throws Problem for an entry that the org cannot carry out. */
export const checkEntry = (def: ObjectDef, body: Body, prepare: (sql: string) => unknown): RuleEntry => {
  const entry = entryOf(body);
  const { criteria, booleanFilter, formula } = entry;
  if (criteria.length > 0 && formula) throw new Problem('An entry has either criteria or a formula');
  for (const criterion of criteria) checkCriterion(def, criterion);
  if (booleanFilter && !isFilter(booleanFilter, criteria.length, prepare))
    throw new Problem('Invalid parameter value for: booleanFilter');
  if (formula) checkFormula(def, formula);
  return entry;
};

/** The entries of a rule in their order. */
export const entriesOf = (rule: Body): RuleEntry[] => bodiesAt(rule, 'ruleEntry').map(entryOf);
