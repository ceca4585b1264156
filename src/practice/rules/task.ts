/** Task: what follows from status and priority, and the account of what the task is about. */
import { takeOwner } from './owned.js';
import type { ObjectRules } from './types.js';
import { textOf, type Draft, type Saving } from '../save/context.js';

const accountOf = (draft: Draft, saving: Saving): string | null => {
  const what = textOf(draft, 'WhatId');
  if (what?.startsWith('001')) return what;
  const who = textOf(draft, 'WhoId');
  if (!who?.startsWith('003')) return null;
  const row = saving.tools.store.sql('SELECT "AccountId" FROM "Contact" WHERE "Id" = ?').get(who);
  return row?.AccountId ? String(row.AccountId) : null;
};

const derive = (draft: Draft, saving: Saving): void => {
  const { changes } = draft;
  if ('Status' in changes) {
    changes.IsClosed = changes.Status === 'Completed';
    if (saving.def.fields.has('completeddatetime')) changes.CompletedDateTime = changes.IsClosed ? saving.now : null;
  }
  if ('Priority' in changes) changes.IsHighPriority = changes.Priority === 'High';
  if ('WhatId' in changes || 'WhoId' in changes) changes.AccountId = accountOf(draft, saving);
};

export const taskRules: ObjectRules = {
  object: 'Task',
  reads: ['OwnerId', 'Status', 'Priority', 'WhatId', 'WhoId'],
  checksOwner: true,
  beforeCreate(draft, saving) {
    takeOwner(draft, saving, true);
    derive(draft, saving);
  },
  beforeUpdate(draft, saving) {
    takeOwner(draft, saving, false);
    derive(draft, saving);
  },
};
