/** Lead (platform-facts D). */
import type { SaveOptions } from '../contracts.js';
import { ownerAddresses } from '../mail/recipients.js';
import { noteHistory } from './lead-history.js';
import type { Owner } from './owners.js';
import { takeOwner } from './owned.js';
import { textFrom } from './records.js';
import type { ObjectRules } from './types.js';
import { changed, valueOf, type Draft, type Saving } from '../save/context.js';
import { fail } from '../save/failures.js';

/** The field is part of an org only with partner licences (platform-facts A1), the date only in newer catalogues. */
const setIfPresent = (saving: Saving, draft: Draft, field: string, value: string | null): void => {
  if (saving.def.fields.has(field.toLowerCase())) draft.changes[field] = value;
};

/** D: PartnerAccountId follows the owner; IsUnreadByOwner is set until the new owner has seen the lead. */
const handOver = (draft: Draft, saving: Saving, owner: Owner): void => {
  setIfPresent(saving, draft, 'PartnerAccountId', owner.accountId);
  if (!Object.hasOwn(draft.sent, 'IsUnreadByOwner')) draft.changes.IsUnreadByOwner = owner.id !== saving.userId;
};

const wantsMail = (saving: Saving, owner: Owner, email: SaveOptions['email']): boolean => {
  if (!email?.triggerUserEmail || owner.id === saving.userId) return false;
  const variant = owner.partner ? 'ownerMailToPartner' : 'ownerMail';
  return saving.tools.variants[variant] === 'sent';
};

/** D1: only `triggerUserEmail` of SOAP, Apex and UI API sends a mail, never plain REST or Bulk (fact 4). */
const notify = (draft: Draft, saving: Saving): void => {
  const owner = saving.tools.owners.require(saving.def, String(draft.changes.OwnerId));
  if (draft.mailed || !wantsMail(saving, owner, saving.options.email)) return;
  const to = ownerAddresses(saving.tools, owner);
  const name = textFrom(saving.tools, 'SELECT "Name" FROM "Lead" WHERE "Id" = ?', draft.id) ?? draft.id;
  if (to.length === 0) return;
  saving.tools.outbox.send({
    kind: 'owner-change',
    to,
    from: saving.options.session.user.Username,
    subject: `${saving.def.label} transferred to you`,
    body: `${saving.def.label} ${name} has been assigned to ${owner.name}.`,
    relatedId: draft.id,
  });
};

/** D, OwnerChangeOptions TransferOpenActivities: open tasks go along, unless a queue takes over. */
const moveOpenTasks = (moved: Draft[], saving: Saving): void => {
  const { store } = saving.tools;
  const marks = moved.map(() => '?').join(', ');
  const open = store
    .sql(
      `SELECT "Id", "WhoId", "OwnerId" FROM "Task" WHERE "WhoId" IN (${marks}) AND "IsClosed" = 0 AND "IsDeleted" = 0`
    )
    .all(...moved.map((draft) => draft.id));
  if (open.length === 0) return;
  const byLead = new Map(moved.map((draft) => [draft.id, draft]));
  const task = saving.tools.catalog.require('Task');
  for (const row of open) {
    const draft = byLead.get(String(row.WhoId))!;
    const owner = String(draft.changes.OwnerId);
    if (row.OwnerId !== draft.before.OwnerId || !owner.startsWith('005')) continue;
    store.update(task, String(row.Id), { OwnerId: owner, LastModifiedDate: saving.now, SystemModstamp: saving.now });
  }
};

export const leadRules: ObjectRules = {
  object: 'Lead',
  reads: ['OwnerId', 'IsConverted', 'Status'],
  checksOwner: true,

  beforeCreate(draft, saving) {
    const owner = takeOwner(draft, saving, true);
    if (owner) handOver(draft, saving, owner);
  },

  beforeUpdate(draft, saving) {
    if (draft.before.IsConverted === true) {
      throw fail.of('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    const owner = takeOwner(draft, saving, false);
    if (owner) handOver(draft, saving, owner);
  },

  finish(drafts, saving) {
    noteHistory(drafts, saving);
    const moved = drafts.filter((draft) => valueOf(draft, 'OwnerId') !== null && changed(draft, 'OwnerId'));
    if (moved.length === 0) return;
    if (saving.options.email?.triggerUserEmail) for (const draft of moved) notify(draft, saving);
    const transferred = moved.filter((draft) => !draft.created);
    if (transferred.length > 0) moveOpenTasks(transferred, saving);
  },
};
