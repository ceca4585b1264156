/**
 * Manual shares: LeadShare and its like (platform-facts B6). Only rows with the cause Manual exist here; what owners
 * and rules give is computed and has no rows.
 */
import type { ObjectDef } from '../catalog/types.js';
import { changed, isInternal, textOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';
import { givesEdit, givesRead, isControlled } from '../sharing/models.js';
import { accessFieldOf, sharedField, shareOf } from '../sharing/objects.js';
import { quoted } from '../store/identifiers.js';
import { textFrom, updateRecord } from './records.js';
import { authorOf } from './author.js';
import type { ObjectRules } from './types.js';

const WRITABLE: ReadonlySet<string> = new Set(['Read', 'Edit']);

const sharedObject = (saving: Saving): ObjectDef => {
  const [name] = sharedField(saving.def).referenceTo;
  return saving.tools.catalog.require(name!);
};

/** Access must be more than everybody has; texts are unverified [M]. */
const checkLevel = (draft: Draft, saving: Saving): void => {
  const field = accessFieldOf(saving.def)!;
  const level = textOf(draft, field.name) ?? '';
  if (!WRITABLE.has(level)) throw fail.badPicklist(field, level);
  const { internal, external } = saving.tools.sharing.defaults.of(sharedObject(saving));
  if (isControlled(internal)) {
    throw fail.integrity(`${field.label}: access to the record follows from its parent`, field.name);
  }
  const gives = level === 'Edit' ? givesEdit : givesRead;
  if (!gives(internal) || !gives(external)) return;
  const given = givesEdit(internal) ? 'Edit' : 'Read';
  throw fail.integrity(
    `${field.label}: field integrity exception (trivial share level ${level}, for organization with default level ${given})`,
    field.name
  );
};

/** B6: whoever has full access to a record may share it. */
const checkAccess = (draft: Draft, saving: Saving): void => {
  if (isInternal(saving.options)) return;
  const recordId = textOf(draft, sharedField(saving.def).name) ?? '';
  if (!saving.tools.sharing.access(saving.userId, sharedObject(saving), recordId).all) throw fail.noAccess();
};

const requireManual = (draft: Draft, _saving: Saving): void => {
  if (textOf(draft, 'RowCause') !== 'Manual') {
    throw fail.integrity('Row Cause: only shares with the cause Manual can be written', 'RowCause');
  }
};

/** B6: a share that exists already is answered again; here it also takes the new level. */
const findSame = (draft: Draft, saving: Saving): void => {
  const field = sharedField(saving.def).name;
  const sql =
    `SELECT "Id" FROM ${quoted(saving.def.name)} WHERE ${quoted(field)} = ? AND "UserOrGroupId" = ? ` +
    'AND "RowCause" = \'Manual\' AND "IsDeleted" = 0';
  const same = textFrom(saving.tools, sql, textOf(draft, field) ?? '', textOf(draft, 'UserOrGroupId') ?? '');
  if (same === undefined) return;
  const level = accessFieldOf(saving.def)!.name;
  updateRecord(authorOf(saving), saving.def.name, same, { [level]: textOf(draft, level)! });
  draft.existing = same;
};

const shareRules = (object: string): ObjectRules => ({
  object,

  complete(draft, saving) {
    draft.changes.RowCause ??= 'Manual';
    for (const field of saving.def.fields.values()) {
      // AccountShare: what is not told about children is no access to them.
      if (field.name.endsWith('AccessLevel') && field !== accessFieldOf(saving.def))
        draft.changes[field.name] ??= 'None';
    }
  },

  beforeCreate(draft, saving) {
    requireManual(draft, saving);
    checkLevel(draft, saving);
    checkAccess(draft, saving);
    findSame(draft, saving);
  },

  beforeUpdate(draft, saving) {
    requireManual(draft, saving);
    if (changed(draft, accessFieldOf(saving.def)!.name)) checkLevel(draft, saving);
    checkAccess(draft, saving);
  },

  beforeDelete(draft, saving) {
    requireManual(draft, saving);
    checkAccess(draft, saving);
  },
});

const needs = (rules: ObjectRules, record: string, level: string): ObjectRules => ({
  ...rules,
  reads: [record, level, 'UserOrGroupId', 'RowCause'],
});

/** Rules of the share objects. */
export const shareObjectRules: ObjectRules[] = ['Account', 'Campaign', 'Case', 'Contact', 'Lead', 'Opportunity'].map(
  (name) => needs(shareRules(`${name}Share`), `${name}Id`, `${name}AccessLevel`)
);

/**
 * A3: manual shares end when a record changes hands, unless the org keeps them. Called once for all records of a call.
 */
export const endManualShares = (saving: Saving, drafts: Draft[]): void => {
  const { store, catalog, preferences } = saving.tools;
  const share = shareOf(catalog, saving.def);
  if (!share) return;
  const moved = drafts.filter((draft) => !draft.created && changed(draft, 'OwnerId')).map((draft) => draft.id);
  if (moved.length === 0 || preferences.on('Sharing.enableKeepManualSharesOnTransfer')) return;
  store
    .sql(
      `DELETE FROM ${quoted(share.name)} WHERE ${quoted(sharedField(share).name)} IN (SELECT value FROM json_each(?)) ` +
        'AND "RowCause" = \'Manual\''
    )
    .run(JSON.stringify(moved));
};
