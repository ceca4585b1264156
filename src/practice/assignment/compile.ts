/** Makes a rule quick to ask: neighbouring entries with criteria are one SQL statement, formulas are functions. */
import type { StatementSync } from 'node:sqlite';
import type { ObjectDef } from '../catalog/types.js';
import type { Row, Store } from '../contracts.js';
import { compileFormula } from '../formula/compile.js';
import { criteriaSql } from '../sharing/criteria.js';
import type { Param } from '../soql/context.js';
import { quoted } from '../store/identifiers.js';
import type { RuleEntry } from './entries.js';

/** Tells which of some entries takes a stored record, by its number in the rule; undefined where none does. */
type Stage = (recordId: string) => number | undefined;

type Numbered = { entry: RuleEntry; number: number };

type Values = Array<string | number | null>;

const isPlain = (params: Param[]): params is Values => params.every((one) => typeof one !== 'symbol');

const criteriaStage = (store: Store, def: ObjectDef, entries: Numbered[]): Stage => {
  const params: Param[] = [];
  const cases = entries.map(({ entry, number }) => {
    if (entry.criteria.length === 0) return `WHEN 1 THEN ${number}`;
    const condition = criteriaSql(def, 't', entry);
    params.push(...condition.params);
    return `WHEN (${condition.sql}) THEN ${number}`;
  });
  const sql = `SELECT CASE ${cases.join(' ')} END AS hit FROM ${quoted(def.name)} AS t WHERE t."Id" = ?`;
  const statement: StatementSync = store.db.prepare(sql);
  if (!isPlain(params)) throw new TypeError('Criteria depend on a parent record');
  return (recordId) => {
    const hit = statement.get(...params, recordId)?.hit;
    return typeof hit === 'number' ? hit : undefined;
  };
};

const formulaStage = (store: Store, def: ObjectDef, { entry, number }: Numbered): Stage => {
  const { fields, run } = compileFormula(def, entry.formula!);
  return (recordId) => {
    const row: Row = store.find(def, recordId, false, fields) ?? {};
    return run(row) === true ? number : undefined;
  };
};

const stagesOf = (store: Store, def: ObjectDef, entries: RuleEntry[]): Stage[] => {
  const stages: Stage[] = [];
  let open: Numbered[] = [];
  const close = (): void => {
    if (open.length > 0) stages.push(criteriaStage(store, def, open));
    open = [];
  };
  entries.forEach((entry, number) => {
    if (!entry.formula) return void open.push({ entry, number });
    close();
    stages.push(formulaStage(store, def, { entry, number }));
  });
  close();
  return stages;
};

/** Tells which entry of a rule takes a stored record: the first that matches (platform-facts G). */
export const compileEntries = (
  store: Store,
  def: ObjectDef,
  entries: RuleEntry[]
): ((recordId: string) => RuleEntry | undefined) => {
  const stages = stagesOf(store, def, entries);
  return (recordId) => {
    for (const stage of stages) {
      const hit = stage(recordId);
      if (hit !== undefined) return entries[hit];
    }
    return undefined;
  };
};
