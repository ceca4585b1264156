/** Sharing rules: files such as `sharingRules/Lead.sharingRules` and the rules in them (platform-facts B4). */
import type { ObjectDef } from '../../catalog/types.js';
import type { SaveTools } from '../../save/context.js';
import type { AccountSettings, NewRule, RuleKind, SharingRule } from '../../sharing/types.js';
import { isVirtual } from '../../store/tables.js';
import { fromTheStart } from '../listing.js';
import { checkApiName, splitName, type Incoming, type Kind, type Listed, type Work, type Written } from '../kind.js';
import { Problem, required } from '../problem.js';
import { oneSharedTo, sharedToBody } from '../shared-to.js';
import type { Body } from '../types.js';
import { bodiesAt, bodyAt, flagAt, textAt, textOf } from '../xml/read.js';

/** Limits (Addenda): rules an object, and those of them that have criteria. */
const MOST_RULES = 300;
const MOST_CRITERIA = 50;

const LEVELS = new Set(['Read', 'Edit']);
const ACCOUNT_LEVELS = new Set(['None', 'Read', 'Edit']);

/** Type and element of each kind of rule. */
const TYPES: Readonly<Record<RuleKind, { type: string; element: string }>> = {
  criteria: { type: 'SharingCriteriaRule', element: 'sharingCriteriaRules' },
  guest: { type: 'SharingGuestRule', element: 'sharingGuestRules' },
  owner: { type: 'SharingOwnerRule', element: 'sharingOwnerRules' },
  territory: { type: 'SharingTerritoryRule', element: 'sharingTerritoryRules' },
};

/** Whether an object may have sharing rules: its records have owners. */
const mayHaveRules = (def: ObjectDef): boolean =>
  def.fields.has('ownerid') && !def.setup && def.queryable && !isVirtual(def) && def.createable && def.name !== 'Task';

const objectOf = (tools: SaveTools, name: string): ObjectDef => {
  const def = tools.catalog.object(name);
  if (!def || !mayHaveRules(def)) throw new Problem(`Entity type ${name} does not support sharing rules`);
  return def;
};

const checkLocked = ({ locked }: Work, object: string): void => {
  if (!locked.has(object)) return;
  // The platform's words are not known. [M]
  throw new Problem(
    `Sharing rules for ${object} are being recalculated. Try again when the recalculation is complete.`,
    undefined,
    'UNABLE_TO_LOCK_ROW'
  );
};

const checkLimits = (tools: SaveTools, object: string, kind: RuleKind): void => {
  const rules = tools.sharing.rules.list(object);
  if (rules.length >= MOST_RULES)
    throw new Problem(`Maximum number of sharing rules reached for ${object}: ${MOST_RULES}`);
  if (kind !== 'criteria' && kind !== 'guest') return;
  if (rules.filter((rule) => rule.kind === 'criteria' || rule.kind === 'guest').length < MOST_CRITERIA) return;
  throw new Problem(
    `Maximum number of criteria-based and guest user sharing rules reached for ${object}: ${MOST_CRITERIA}`
  );
};

const accountSettings = (object: string, body: Body): AccountSettings | undefined => {
  const settings = bodyAt(body, 'accountSettings');
  if (object !== 'Account') {
    if (settings) throw new Problem('AccountSettings is only allowed for account sharing rules');
    return undefined;
  }
  if (!settings) throw new Problem('AccountSettings is required for account sharing rules');
  const level = (field: keyof AccountSettings): string => {
    const value = textOf(settings, field);
    if (!ACCOUNT_LEVELS.has(value)) throw new Problem(`Invalid value for ${field}: ${value}`);
    return value;
  };
  return {
    caseAccessLevel: level('caseAccessLevel'),
    contactAccessLevel: level('contactAccessLevel'),
    opportunityAccessLevel: level('opportunityAccessLevel'),
  };
};

const criteriaOf = (def: ObjectDef, body: Body): NewRule['criteria'] =>
  bodiesAt(body, 'criteriaItems').map((item) => {
    const field = textOf(item, 'field');
    const name = field.includes('.') ? splitName(field).name : field;
    if (!def.fields.has(name.toLowerCase()))
      throw new Problem(`Could not resolve field: ${field}`, undefined, 'INVALID_FIELD');
    return { field, operation: textOf(item, 'operation'), value: textAt(item, 'value') ?? '' };
  });

const checkFilter = (filter: string | undefined, criteria: number): void => {
  const numbers = filter?.match(/\d+/g)?.map(Number) ?? [];
  if (numbers.every((number) => number >= 1 && number <= criteria)) return;
  throw new Problem('Invalid parameter value for: booleanFilter');
};

/** What only rules with criteria have. */
const criteriaPart = (
  def: ObjectDef,
  kind: RuleKind,
  body: Body
): Pick<NewRule, 'criteria' | 'booleanFilter' | 'allOwners'> => {
  if (kind === 'owner' || kind === 'territory') return { criteria: [], allOwners: false };
  const allOwners = flagAt(body, kind === 'guest' ? 'includeHVUOwnedRecords' : 'includeRecordsOwnedByAll');
  if (allOwners === undefined) throw required(TYPES[kind].element);
  const criteria = criteriaOf(def, body);
  if (criteria.length === 0 && kind === 'guest') throw required('criteriaItems');
  const booleanFilter = textAt(body, 'booleanFilter');
  checkFilter(booleanFilter, criteria.length);
  return { criteria, allOwners, ...(booleanFilter ? { booleanFilter } : {}) };
};

const targetOf = (work: Work, kind: RuleKind, body: Body): string => {
  const target = oneSharedTo(work.author, 'sharedTo', bodyAt(body, 'sharedTo') ?? {});
  const isGuest = bodyAt(body, 'sharedTo')?.guestUser !== undefined;
  if (isGuest === (kind === 'guest')) return target;
  throw new Problem(
    kind === 'guest' ? "Specify a guest user's nickname for the guestUser field" : 'SharedTo not allowed:guestUser'
  );
};

const ruleOf = (work: Work, kind: RuleKind, { fullName, body }: Incoming): NewRule => {
  const { object, name } = splitName(fullName);
  const def = objectOf(work.tools, object);
  checkApiName(name);
  const access = textOf(body, 'accessLevel');
  if (!LEVELS.has(access)) throw new Problem(`Invalid value for accessLevel: ${access}`);
  const settings = accountSettings(def.name, body);
  const description = textAt(body, 'description');
  return {
    object: def.name,
    name,
    kind,
    label: textOf(body, 'label'),
    ...(description ? { description } : {}),
    access: access as NewRule['access'],
    target: targetOf(work, kind, body),
    ...(kind === 'owner' || kind === 'territory'
      ? { source: oneSharedTo(work.author, 'sharedFrom', bodyAt(body, 'sharedFrom') ?? {}) }
      : {}),
    ...criteriaPart(def, kind, body),
    ...(settings ? { accountSettings: settings } : {}),
  };
};

/** B4: what a deploy cannot change. */
const checkFixed = (before: SharingRule, rule: NewRule): void => {
  const fixed = (field: string): Problem =>
    new Problem(`${field} cannot be changed for an existing sharing rule: ${rule.name}`);
  if (before.kind !== rule.kind)
    throw new Problem(
      `Duplicate sharing rule name: ${rule.object}.${rule.name}`,
      undefined,
      'DUPLICATE_DEVELOPER_NAME'
    );
  if (before.target !== rule.target) throw fixed('sharedTo');
  if (before.source !== rule.source) throw fixed('sharedFrom');
  if (before.allOwners !== rule.allOwners) {
    throw fixed(rule.kind === 'guest' ? 'includeHVUOwnedRecords' : 'includeRecordsOwnedByAll');
  }
};

const write = (work: Work, kind: RuleKind, incoming: Incoming): Written => {
  if (kind === 'territory') throw new Problem('Territory management is not enabled in this organization');
  const rule = ruleOf(work, kind, incoming);
  checkLocked(work, rule.object);
  const { rules } = work.tools.sharing;
  const before = rules.find(rule.object, rule.name);
  if (before) checkFixed(before, rule);
  else checkLimits(work.tools, rule.object, kind);
  const { id, created } = rules.put(work.author, rule);
  const after = rules.find(rule.object, rule.name);
  return { id, created, changed: created || JSON.stringify(after) !== JSON.stringify(before) };
};

const remove = (work: Work, kind: RuleKind, fullName: string): boolean => {
  const { object, name } = splitName(fullName);
  const rule = work.tools.sharing.rules.find(work.tools.catalog.object(object)?.name ?? object, name);
  if (rule?.kind !== kind) return false;
  checkLocked(work, rule.object);
  return work.tools.sharing.rules.remove(work.author, rule.object, rule.name);
};

const conditionsOf = (rule: SharingRule): Body => ({
  ...(rule.booleanFilter ? { booleanFilter: rule.booleanFilter } : {}),
  ...(rule.criteria.length > 0
    ? { criteriaItems: rule.criteria.map(({ field, operation, value }): Body => ({ field, operation, value })) }
    : {}),
  [rule.kind === 'guest' ? 'includeHVUOwnedRecords' : 'includeRecordsOwnedByAll']: String(rule.allOwners),
});

const bodyOfRule = (tools: SaveTools, rule: SharingRule): Body => ({
  accessLevel: rule.access,
  ...(rule.accountSettings ? { accountSettings: { ...rule.accountSettings } } : {}),
  ...(rule.description ? { description: rule.description } : {}),
  label: rule.label,
  sharedTo: sharedToBody(tools, [rule.target]),
  ...(rule.source ? { sharedFrom: sharedToBody(tools, [rule.source]) } : conditionsOf(rule)),
});

const listedRule = ({ object, name, id, modifiedAt, modifiedBy }: SharingRule): Listed => ({
  fullName: `${object}.${name}`,
  id,
  createdById: modifiedBy,
  createdDate: modifiedAt,
  lastModifiedById: modifiedBy,
  lastModifiedDate: modifiedAt,
});

const NEEDS = ['ManageSharing', 'ModifyAllData'];

const ruleKind = (kind: RuleKind): Kind => ({
  name: TYPES[kind].type,
  parent: 'SharingRules',
  order: 90,
  needs: NEEDS,
  list: (tools, object) =>
    tools.sharing.rules
      .list(object)
      .filter((rule) => rule.kind === kind)
      .map(listedRule),
  read: (tools, fullName) => {
    const { object, name } = splitName(fullName);
    const rule = tools.sharing.rules.find(tools.catalog.object(object)?.name ?? object, name);
    return rule?.kind === kind ? bodyOfRule(tools, rule) : undefined;
  },
  write: (work, incoming) => write(work, kind, incoming),
  remove: (work, fullName) => remove(work, kind, fullName),
});

/** The rules of one object in one file. */
export const sharingRules: Kind = {
  name: 'SharingRules',
  place: { directory: 'sharingRules', suffix: 'sharingRules' },
  parts: Object.fromEntries(Object.values(TYPES).map(({ type, element }) => [element, type])),
  order: 89,
  needs: NEEDS,
  list: (tools) =>
    [...tools.catalog.objects()]
      .filter(mayHaveRules)
      .map(({ name }) => fromTheStart(tools, name))
      .sort((a, b) => (a.fullName < b.fullName ? -1 : 1)),
  read: (tools, fullName) => {
    const def = tools.catalog.object(fullName);
    return def && mayHaveRules(def) ? {} : undefined;
  },
  write: ({ tools }, { fullName }) => {
    objectOf(tools, fullName);
    return { id: '', created: false, changed: false };
  },
};

/** The four kinds of rules. */
export const sharingRuleKinds: Kind[] = [
  ruleKind('criteria'),
  ruleKind('guest'),
  ruleKind('owner'),
  ruleKind('territory'),
];
