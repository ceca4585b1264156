/** One record of a call, from what was sent to its result. */
import type { FieldDef } from '../catalog/types.js';
import type { InputRecord, SaveResult } from '../contracts.js';
import type { SaveError } from '../errors.js';
import { rulesOf } from '../rules/index.js';
import { endManualShares } from '../rules/share.js';
import { assign, mayAssign } from './assignment.js';
import type { Draft, Saving } from './context.js';
import { toSaveError } from './failures.js';
import { deleteRecord, undeleteRecord } from './remove.js';
import { upsertRecord } from './upsert.js';
import { createRecord, isRecordError, ManyErrors, updateRecord } from './write.js';

export const newDraft = (input: InputRecord, index: number): Draft => ({
  index,
  input,
  id: '',
  created: false,
  sent: {},
  changes: {},
  before: {},
  errors: [],
});

export const resultOf = (draft: Draft): SaveResult =>
  draft.errors.length > 0
    ? { id: null, success: false, created: false, errors: draft.errors }
    : { id: draft.id, success: true, created: draft.created, errors: [] };

export const failed = (errors: SaveError[]): SaveResult => ({ id: null, success: false, created: false, errors });

/** Writes a record as the operation says. @throws PlatformError, ManyErrors */
export const writeRecord = (saving: Saving, draft: Draft, key: FieldDef | undefined): void => {
  switch (saving.operation) {
    case 'create':
      return createRecord(saving, draft);
    case 'update':
      return updateRecord(saving, draft);
    case 'upsert':
      return upsertRecord(saving, draft, key);
    case 'delete':
      return deleteRecord(saving, draft);
    case 'undelete':
      return undeleteRecord(saving, draft);
  }
};

/** Writes a record and runs the assignment rule on it. @throws PlatformError, ManyErrors */
export const writeAndAssign = (saving: Saving, draft: Draft, key: FieldDef | undefined): void => {
  writeRecord(saving, draft, key);
  if (mayAssign(saving) && !isRemoval(saving)) assign(saving, draft);
};

export const isRemoval = ({ operation }: Saving): boolean => operation === 'delete' || operation === 'undelete';

/** Does something with a record; what the platform refuses is an error of the record. */
export const attempt = (draft: Draft, work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (!isRecordError(error)) throw error;
    if (!(error instanceof ManyErrors)) draft.errors.push(toSaveError(error));
  }
};

/** What follows when all records of a call are written. @returns those that were */
export const finishAll = (saving: Saving, drafts: readonly Draft[]): Draft[] => {
  const written = drafts.filter(({ errors, existing }) => errors.length === 0 && existing === undefined);
  if (written.length > 0 && !isRemoval(saving)) {
    rulesOf(saving.def).finish?.(written, saving);
    endManualShares(saving, written);
  }
  return written;
};
