/** The plan of publishing a rotation: fields, and entries for its slots in the active rule. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import type { Plan, PlannedComponent, RunFolder } from '../../runs/index.js';
import { conditionText, entryOf } from '../assign/entry.js';
import type { RuleDefinition } from '../assign/rule-file.js';
import type { Rotation } from '../rotation/model.js';
import { readTargets } from '../rotation/records/index.js';
import type { PublishDetails } from './details.js';
import { asIs, component, type PublishWish, type RuleWish } from './deployment.js';
import { isOfAnother, NUMBER_FIELD, numberBody, slotBody, slotField, slotFormula } from './fields.js';
import { filterOf, FilterError, type Filter } from './filter.js';
import { notKept, NotPublishable, refusals } from './limits.js';
import { isSame, merged, slotEntry, type Merged, type Position } from './merge.js';
import { planOf } from './plan.js';
import { slotsOf } from './slots.js';
import { isOurs, readState, type PublishState } from './state.js';

export type PublishOptions = {
  position?: Position;
  /** Leads that are there get numbers too. */
  numberExisting: boolean;
};

/** Name of the rule where none is active. */
export const OWN_RULE = 'Channel Rotations';

export type PublishSnapshot = {
  rotation: Rotation;
  state: PublishState;
  slots: string[];
  filter: Filter;
  merged: Merged;
  rule: RuleWish;
  /** The rule is not there yet. */
  isNew: boolean;
  numberExisting: boolean;
};

/** What has to be known before a rotation is published. @throws NotPublishable, ForeignEntryError */
export async function readPublish(
  conn: Connection,
  rotation: Rotation,
  { position, numberExisting }: PublishOptions
): Promise<PublishSnapshot> {
  const slots = slotsOf(rotation);
  const filter = await requirePublishable(conn, rotation, slots);
  const state = await readState(conn, rotation.key);
  const field = slotField(rotation.key);
  if (state.slot && isOfAnother(state.slot, rotation.key))
    throw new NotPublishable([`The field Lead.${field} is there already, and is not of this rotation.`]);
  const ours = slots.map((queue, at) => slotEntry(field, at + 1, queue, filter));
  const all = merged(state.rule, field, ours, position);
  const name = state.rule?.name ?? freeName(state.rules.map((rule) => rule.name));
  const rule = { name, active: true, entries: all.entries };
  return { rotation, state, slots, filter, merged: all, rule, isNew: !state.rule, numberExisting };
}

function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? OWN_RULE : `${OWN_RULE} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

async function requirePublishable(conn: Connection, rotation: Rotation, slots: readonly string[]): Promise<Filter> {
  const reasons = refusals(rotation, slots.length);
  let filter: Filter = { criteria: [] };
  try {
    if (rotation.leads !== undefined) filter = await filterOf(rotation.leads);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    reasons.push(`Rules cannot say which leads the rotation spreads (${rotation.leads}): ${error.reason}.`);
  }
  const queues = { ...rotation, fallback: undefined, members: rotation.members.filter(({ kind }) => kind === 'queue') };
  const targets = await readTargets(conn, [queues]);
  for (const member of queues.members) {
    const found = targets.of(member);
    if (!found) reasons.push(`There is no queue "${member.name}" in this org.`);
    else if (found.problem) reasons.push(found.problem);
  }
  if (reasons.length > 0) throw new NotPublishable(reasons);
  return filter;
}

/** Writes the plan. @throws PublishRefused where the org would not take it */
export function buildPublishPlan(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  snapshot: PublishSnapshot
): Promise<Plan> {
  const { state, rotation } = snapshot;
  const { wish, backup, components } = changesOf(snapshot);
  return planOf({
    conn,
    org,
    folder,
    state,
    details: detailsOf(snapshot, components),
    title: `Publish the rotation ${rotation.key} as entries of ${snapshot.rule.name}`,
    wish,
    backup,
    components,
    undo: 'exact',
    warnings: warningsOf(snapshot),
  });
}

type Changes = { wish: PublishWish; backup: PublishWish; components: PlannedComponent[] };

/** Fields and rule apart: each part is empty where the org has it already. */
function changesOf(snapshot: PublishSnapshot): Changes {
  const parts = [numberChanges(snapshot), slotChanges(snapshot), ruleChanges(snapshot)];
  const wishes = parts.map(({ wish }) => wish);
  const backups = parts.map(({ backup }) => backup);
  return {
    wish: { fields: wishes.flatMap(({ fields }) => fields), rules: wishes.flatMap(({ rules }) => rules) },
    backup: {
      fields: backups.flatMap(({ fields }) => fields),
      rules: backups.flatMap(({ rules }) => rules),
      deletedRules: backups.flatMap(({ deletedRules = [] }) => deletedRules),
      // The formula goes before the number that it reads.
      deletedFields: backups.flatMap(({ deletedFields = [] }) => deletedFields).reverse(),
    },
    components: parts.flatMap(({ components }) => components),
  };
}

const NO_CHANGE: Changes = {
  wish: { fields: [], rules: [] },
  backup: { fields: [], rules: [] },
  components: [],
};

function numberChanges({ state, numberExisting }: PublishSnapshot): Changes {
  if (state.number) return NO_CHANGE;
  return {
    wish: { fields: [numberBody(numberExisting)], rules: [] },
    backup: { fields: [], rules: [], deletedFields: [`Lead.${NUMBER_FIELD}`] },
    components: [component('CustomField', NUMBER_FIELD, 'create')],
  };
}

function slotChanges({ rotation, state, slots }: PublishSnapshot): Changes {
  const formula = slotFormula(slots.length);
  const before = state.slot;
  if (before?.formula === formula) return NO_CHANGE;
  const field = slotField(rotation.key);
  return {
    wish: { fields: [before ? { ...before, formula } : slotBody(rotation.key, slots.length)], rules: [] },
    backup: before ? { fields: [before], rules: [] } : { fields: [], rules: [], deletedFields: [`Lead.${field}`] },
    components: [component('CustomField', field, before ? 'change' : 'create')],
  };
}

function ruleChanges({ state: { rule: before }, rule, isNew }: PublishSnapshot): Changes {
  const old = before && asIs(before);
  if (old?.active && isSame([...old.entries], [...rule.entries])) return NO_CHANGE;
  return {
    wish: { fields: [], rules: [rule] },
    backup: old ? { fields: [], rules: [old] } : { fields: [], rules: [], deletedRules: [rule.name] },
    components: [component('AssignmentRule', rule.name, isNew ? 'create' : 'change')],
  };
}

/** The condition of the rotation in words. */
const filterText = ({ criteria, booleanFilter }: Filter): string =>
  criteria.length === 0 ? '' : conditionText({ criteria, ...(booleanFilter ? { booleanFilter } : {}) });

function detailsOf(snapshot: PublishSnapshot, components: readonly PlannedComponent[]): PublishDetails {
  const { rotation, slots, filter, merged: all, rule } = snapshot;
  const change = components.find(({ type }) => type === 'AssignmentRule')?.action ?? 'unchanged';
  return {
    key: rotation.key,
    action: 'publish',
    rule: { name: rule.name, change },
    field: slotField(rotation.key),
    number: NUMBER_FIELD,
    slots,
    filter: filterText(filter),
    place: all.before + 1,
    foreign: { [rule.name]: all.foreign },
    notKept: notKept(rotation, slots.length),
  };
}

/** The number of the first entry that takes every lead, so that those behind it are never reached. */
function catchAll(entries: RuleDefinition['entries'], most: number): number | undefined {
  const at = entries.slice(0, most).findIndex(({ body }) => {
    const { criteria, formula } = entryOf(body);
    return criteria.length === 0 && formula === undefined;
  });
  return at < 0 ? undefined : at + 1;
}

function warningsOf({ state, merged: all, isNew, rule, rotation, numberExisting }: PublishSnapshot): string[] {
  const field = slotField(rotation.key);
  const foreign = (state.rule?.entries ?? []).filter(({ body }) => !isOurs(body, field));
  const before = catchAll(foreign, all.before);
  const stale = state.rules.filter(
    ({ name, entries }) => name !== rule.name && entries.some(({ body }) => isOurs(body, field))
  );
  return [
    ...(before === undefined
      ? []
      : [
          `Entry ${before} of ${rule.name} takes every lead, so ours behind it are never reached. Use --position first.`,
        ]),
    ...(isNew
      ? [
          'No rule is active. From now on one is: it runs for each new lead, and for each write over REST that does not send Sforce-Auto-Assign: FALSE, updates included.',
        ]
      : []),
    ...(stale.length > 0
      ? [`Entries of this rotation are also in ${stale.map(({ name }) => name).join(', ')}, which is not active.`]
      : []),
    ...(state.number || numberExisting
      ? []
      : [
          'Leads that are there get no number, so no entry of the rotation takes them. --number-existing changes that.',
        ]),
    ...(state.number && numberExisting
      ? [`${NUMBER_FIELD} is there already: leads without a number stay without one.`]
      : []),
  ];
}
