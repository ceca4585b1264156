/** What the platform fills in by itself, and what it misses. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import type { Row, Value } from '../contracts.js';
import { readSome } from './stored.js';
import { fieldOf, textOf, type Draft, type Saving } from './context.js';

const templates = new WeakMap<ObjectDef, Row>();

const defaultOf = (field: FieldDef): Value | undefined => {
  if (field.autoNumber) return undefined;
  if (field.defaultValue !== undefined) return field.defaultValue;
  const picked = field.picklist.find((entry) => entry.default);
  if (picked) return picked.value;
  return field.type === 'boolean' ? false : undefined;
};

/** Defaults of a new record that do not depend on anything. */
const templateOf = (def: ObjectDef): Row => {
  let template = templates.get(def);
  if (!template) {
    template = {};
    for (const field of def.fields.values()) {
      const value = defaultOf(field);
      if (value !== undefined) template[field.name] = value;
    }
    templates.set(def, template);
  }
  return template;
};

/** A row that the org itself writes, with defaults and audit fields. */
export const systemRow = (def: ObjectDef, values: Row, userId: string, now: string): Row => {
  const row = { ...templateOf(def), ...values };
  stampAudit(def, row, userId, now, true);
  return row;
};

/** Puts the defaults under the values of a new record; a required field sent empty takes its default too. */
export const applyDefaults = (saving: Saving, draft: Draft): void => {
  const { def, userId } = saving;
  const sent = draft.changes;
  draft.changes = { ...templateOf(def), ...sent };
  for (const name of Object.keys(sent)) {
    const field = fieldOf(def, name);
    if (sent[name] === null && field?.defaultedOnCreate && !field.nillable && defaultOf(field) !== undefined) {
      draft.changes[name] = defaultOf(field)!;
    }
  }
  if (fieldOf(def, 'OwnerId')?.createable) draft.changes.OwnerId ??= userId;
};

const required = new WeakMap<ObjectDef, FieldDef[]>();

/** Where the object references and what the platform asks for differ. */
const ASKED: Readonly<Record<string, string[]>> = { Lead: ['Company'], GroupMember: ['GroupId', 'UserOrGroupId'] };
const NOT_ASKED: Readonly<Record<string, string[]>> = {
  User: ['Manager'],
  Case: ['BusinessHoursId'],
  CampaignMember: ['AccountId'],
};

const isRequired = (field: FieldDef): boolean =>
  field.createable &&
  !field.nillable &&
  !field.defaultedOnCreate &&
  !field.autoNumber &&
  field.type !== 'boolean' &&
  field.type !== 'id' &&
  // References to objects that the catalogue does not have cannot be filled by anyone.
  (field.type !== 'reference' || field.referenceTo.length > 0);

/** Fields that a new record must have; the last name comes first, as the platform lists them. */
const requiredOf = (def: ObjectDef): FieldDef[] => {
  let fields = required.get(def);
  if (!fields) {
    const asked = ASKED[def.name] ?? [];
    const free = NOT_ASKED[def.name] ?? [];
    fields = [...def.fields.values()].filter(
      (field) => asked.includes(field.name) || (isRequired(field) && !free.includes(field.name))
    );
    fields.sort((a, b) => Number(b.name === 'LastName') - Number(a.name === 'LastName'));
    required.set(def, fields);
  }
  return fields;
};

const isAlwaysAsked = (def: ObjectDef, name: string): boolean => {
  const field = fieldOf(def, name);
  return field !== undefined && (!field.nillable || (ASKED[def.name]?.includes(name) ?? false));
};

/** Names of required fields that are empty: of a new record, or emptied by an update. */
export const missingFields = (saving: Saving, draft: Draft, creating: boolean): string[] => {
  const names: string[] = [];
  if (creating) {
    for (const field of requiredOf(saving.def))
      if ((draft.changes[field.name] ?? null) === null) names.push(field.name);
    return names;
  }
  for (const name of Object.keys(draft.changes)) {
    if (draft.changes[name] === null && isAlwaysAsked(saving.def, name)) names.push(name);
  }
  return names;
};

/** Name of a person out of its parts; only objects with a last name have one. */
export const composeName = (saving: Saving, draft: Draft): void => {
  const { changes } = draft;
  if (!('LastName' in changes || 'FirstName' in changes)) return;
  if (!saving.def.fields.has('lastname') || !saving.def.fields.has('name')) return;
  const half = !draft.created && !('LastName' in changes && 'FirstName' in changes);
  const stored = half ? readSome(saving.tools.store, saving.def, draft.id, ['FirstName', 'LastName']) : undefined;
  if (stored) draft.before = { ...stored, ...draft.before };
  changes.Name = [textOf(draft, 'FirstName'), textOf(draft, 'LastName')].filter((part) => part !== undefined).join(' ');
};

type Audit = { created: string[]; modified: string[]; by: string[]; createdBy: string[] };
const audits = new WeakMap<ObjectDef, Audit>();

const auditOf = (def: ObjectDef): Audit => {
  let audit = audits.get(def);
  if (!audit) {
    const present = (names: string[]): string[] => names.filter((name) => def.fields.has(name.toLowerCase()));
    audit = {
      created: present(['CreatedDate']),
      createdBy: present(['CreatedById']),
      modified: present(['LastModifiedDate', 'SystemModstamp']),
      by: present(['LastModifiedById']),
    };
    audits.set(def, audit);
  }
  return audit;
};

/** Who wrote the record and when. */
export const stampAudit = (def: ObjectDef, changes: Row, userId: string, now: string, creating: boolean): void => {
  const audit = auditOf(def);
  for (const name of audit.modified) changes[name] = now;
  for (const name of audit.by) changes[name] = userId;
  if (!creating) return;
  for (const name of audit.created) changes[name] ??= now;
  for (const name of audit.createdBy) changes[name] ??= userId;
};
