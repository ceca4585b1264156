/**
 * Saving records of an object that has triggers, in the platform's order (Apex Developer Guide, Triggers and Order of
 * Execution): triggers before the save, the save with its checks, triggers behind it, then assignment rules; what workflows
 * and histories add follows in `finish`.
 */
import type { FieldDef } from '../catalog/types.js';
import type { InputRecord } from '../contracts.js';
import type { SaveError } from '../errors.js';
import { assign, mayAssign } from './assignment.js';
import type { Draft, Saving } from './context.js';
import { attempt, isRemoval, newDraft, writeRecord } from './one-record.js';
import { readAccess } from './record-access.js';
import { targetOf, type UpsertTarget } from './upsert.js';

/** Some records of a call failed by themselves: what the others did is undone and done again without them. */
export class SomeFailed extends Error {
  public constructor(public readonly errors: ReadonlyMap<number, SaveError[]>) {
    super('some records failed');
  }
}

/**
 * @param lost records that failed before, with their errors; they take no part any more
 * @throws SomeFailed where some fail now and not all or none was asked for: what was written of them is to be undone
 */
export const saveTriggered = (
  saving: Saving,
  records: readonly InputRecord[],
  key: FieldDef | undefined,
  lost: ReadonlyMap<number, SaveError[]>
): Draft[] => {
  const triggers = saving.tools.triggers!;
  const live = records.flatMap((record, index) => (lost.has(index) ? [] : [{ record, index }]));
  const before = triggers.before(
    saving,
    live.map(({ record }) => record)
  );
  const drafts = live.map(({ index }, at) => ({
    ...newDraft(before[at]!.record, index),
    errors: [...before[at]!.errors],
  }));
  readAccess(saving, drafts);
  const good = (): Draft[] => drafts.filter(({ errors }) => errors.length === 0);
  for (const draft of good()) attempt(draft, () => writeRecord(saving, draft, key));
  if (good().length > 0) triggers.after(saving, good());
  if (mayAssign(saving) && !isRemoval(saving)) for (const draft of good()) attempt(draft, () => assign(saving, draft));
  const failing = drafts.filter(({ errors }) => errors.length > 0);
  if (failing.length > 0 && !saving.options.allOrNone)
    throw new SomeFailed(new Map(failing.map(({ index, errors }) => [index, errors])));
  const byIndex = new Map(drafts.map((draft) => [draft.index, draft]));
  return records.map(
    (record, index) => byIndex.get(index) ?? { ...newDraft(record, index), errors: [...(lost.get(index) ?? [])] }
  );
};

/**
 * The same for an upsert: records that are there already are an update, the others an insert, and each of the two has its
 * triggers (Apex Developer Guide, Triggers and Order of Execution).
 */
export const upsertTriggered = (
  saving: Saving,
  records: readonly InputRecord[],
  key: FieldDef | undefined,
  lost: ReadonlyMap<number, SaveError[]>
): Draft[] => {
  const drafts = records.map(newDraft);
  const targets = new Map<number, UpsertTarget>();
  for (const draft of drafts.filter(({ index }) => !lost.has(index)))
    attempt(draft, () => targets.set(draft.index, targetOf(saving, draft, key)));
  const unknown = drafts.filter(({ errors }) => errors.length > 0);
  if (unknown.length > 0) throw new SomeFailed(new Map(unknown.map(({ index, errors }) => [index, errors])));
  const part = (operation: 'create' | 'update'): Draft[] => {
    const others = drafts.filter(({ index }) => targets.get(index)?.operation !== operation);
    const inputs = drafts.map(({ index, input }) => targets.get(index)?.input ?? input);
    const out = new Map(others.map(({ index }) => [index, lost.get(index) ?? []]));
    return saveTriggered({ ...saving, operation }, inputs, undefined, out);
  };
  const parts = { create: part('create'), update: part('update') };
  return drafts.map(({ index }) => parts[targets.get(index)?.operation ?? 'create'][index]!);
};
