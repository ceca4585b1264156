/** The plan of taking a published rotation out again: its entries, its field, and the number where nobody needs it. */
import type { Connection } from '@salesforce/core';
import type { MetadataBody, OrgIdentity } from '../../org/read/index.js';
import type { Plan, PlannedComponent, RunFolder } from '../../runs/index.js';
import type { RuleDefinition } from '../assign/rule-file.js';
import { asIs, component, type PublishWish } from './deployment.js';
import { isOfAnother, NUMBER_FIELD, slotField } from './fields.js';
import { NotPublishable } from './limits.js';
import { merged, type Merged } from './merge.js';
import { planOf } from './plan.js';
import { OWN_RULE } from './publish.js';
import { isOurs, otherSlots, readState, type PublishState } from './state.js';

export type RemoveSnapshot = {
  key: string;
  state: PublishState;
  /** Rules with entries of the rotation, and what is left of each. */
  rules: Array<{ rule: RuleDefinition; merged: Merged }>;
  /** No other rotation needs the number. */
  numberGoes: boolean;
};

/** What has to be known before a rotation is taken out. @throws NotPublishable, ForeignEntryError */
export async function readRemove(conn: Connection, key: string): Promise<RemoveSnapshot> {
  const state = await readState(conn, key);
  const field = slotField(key);
  if (state.slot && isOfAnother(state.slot, key))
    throw new NotPublishable([`The field Lead.${field} is not of this rotation.`]);
  const rules = state.rules
    .filter(({ entries }) => entries.some(({ body }) => isOurs(body, field)))
    .map((rule) => ({ rule, merged: merged(rule, field, [], undefined) }));
  const numberGoes =
    state.slot !== undefined && state.number !== undefined && (await otherSlots(conn, key)).length === 0;
  return { key, state, rules, numberGoes };
}

/** A rule that this command has made and that holds nothing any more. */
const isSpent = ({ rule, merged: { entries } }: RemoveSnapshot['rules'][number]): boolean =>
  entries.length === 0 && rule.name.startsWith(OWN_RULE);

/** Writes the plan. @throws PublishRefused where the org would not take it */
export function buildRemovePlan(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  snapshot: RemoveSnapshot
): Promise<Plan> {
  const { key, state, rules, numberGoes } = snapshot;
  const field = slotField(key);
  const spent = rules.filter(isSpent);
  const kept = rules.filter((one) => !isSpent(one));
  const gone = [...(state.slot ? [field] : []), ...(numberGoes ? [NUMBER_FIELD] : [])];
  const wish: PublishWish = {
    fields: [],
    rules: kept.map(({ rule: { name, active }, merged: { entries } }) => ({ name, active, entries })),
    deletedRules: spent.map(({ rule }) => rule.name),
    deletedFields: gone.map((name) => `Lead.${name}`),
  };
  const backup: PublishWish = {
    fields: [numberGoes ? state.number : undefined, state.slot].filter((one): one is MetadataBody => one !== undefined),
    rules: rules.map(({ rule }) => asIs(rule)),
  };
  const components: PlannedComponent[] = [
    ...kept.map(({ rule }) => component('AssignmentRule', rule.name, 'change')),
    ...spent.map(({ rule }) => component('AssignmentRule', rule.name, 'delete')),
    ...gone.map((name) => component('CustomField', name, 'delete')),
  ];
  const first = rules[0];
  return planOf({
    conn,
    org,
    folder,
    state,
    details: {
      key,
      action: 'remove',
      rule: {
        name: first?.rule.name ?? '',
        change: first === undefined ? 'unchanged' : isSpent(first) ? 'delete' : 'change',
      },
      field,
      number: NUMBER_FIELD,
      slots: [],
      filter: '',
      place: null,
      foreign: Object.fromEntries(kept.map(({ rule, merged: { foreign } }) => [rule.name, foreign])),
      notKept: [],
    },
    title: `Take the rotation ${key} out of the assignment rules`,
    wish,
    backup,
    components,
    undo: 'best-effort',
    warnings: numberGoes
      ? ['The numbers of leads are lost with their field. An undo makes the field anew, and counting begins again.']
      : [],
  });
}
