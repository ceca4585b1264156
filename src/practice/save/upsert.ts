/** Upsert by Id or an external id. */
import type { FieldDef } from '../catalog/types.js';
import type { InputRecord } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { fieldOf, type Draft, type Saving } from './context.js';
import { fail } from './failures.js';
import { idsByValue, isKeyField, manyMatches } from './references.js';
import { viewOf } from './shape.js';
import { idKeyOf } from './target.js';
import { coerce } from './values.js';
import { createRecord, updateRecord } from './write.js';

/**
 * The key field of an upsert, or undefined for `Id`.
 * @throws PlatformError for the whole request: NOT_FOUND over REST, INVALID_FIELD elsewhere.
 */
export const keyFieldOf = (saving: Saving): FieldDef | undefined => {
  const name = saving.options.externalIdField ?? 'Id';
  const field = fieldOf(viewOf(saving), name);
  if (field?.type === 'id') return undefined;
  if (field && isKeyField(field)) return field;
  if (saving.options.source === 'rest') {
    throw new PlatformError(
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${name}`,
      404
    );
  }
  throw fail.of(
    'INVALID_FIELD',
    `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${saving.def.name}`
  );
};

/** What an upsert of one record comes to, and what is sent then. */
export type UpsertTarget = { operation: 'create' | 'update'; input: InputRecord };

/** Whether a record is there already. @throws PlatformError, ManyErrors */
export const targetOf = (saving: Saving, draft: Draft, key: FieldDef | undefined): UpsertTarget => {
  if (!key) {
    const name = idKeyOf(draft) ?? '';
    const { [name]: id, ...input } = draft.input;
    return typeof id === 'string' && id !== ''
      ? { operation: 'update', input: draft.input }
      : { operation: 'create', input };
  }
  const [id] = idsOfKey(saving, draft, key);
  return id === undefined
    ? { operation: 'create', input: draft.input }
    : { operation: 'update', input: { ...draft.input, Id: id } };
};

const upsertById = (saving: Saving, draft: Draft): void => {
  const key = idKeyOf(draft);
  const raw = key === undefined ? undefined : draft.input[key];
  if (typeof raw === 'string' && raw !== '') updateRecord(saving, draft);
  else {
    const { [key ?? '']: _none, ...input } = draft.input;
    createRecord(saving, Object.assign(draft, { input }));
  }
};

/** Ids of the records that have the key of a draft: one or none. @throws PlatformError, ManyErrors */
const idsOfKey = (saving: Saving, draft: Draft, key: FieldDef): string[] => {
  const sent = Object.keys(draft.input).find((name) => name.toLowerCase() === key.name.toLowerCase());
  const value = sent === undefined ? null : coerce(key, draft.input[sent] ?? null, saving.options.source);
  if (value === null) throw fail.of('MISSING_ARGUMENT', `${key.name} not specified`);
  const mark = `${key.name}=${String(value).toLowerCase()}`;
  if (saving.seen.has(mark))
    throw fail.of('DUPLICATE_VALUE', `Duplicate external id specified: ${String(value)}`, [key.name]);
  saving.seen.add(mark);
  const ids = idsByValue(saving.tools, saving.def, key, value);
  if (ids.length > 1) throw manyMatches(key, ids);
  return ids;
};

/** Updates the one record that has the key, or creates it. @throws PlatformError, ManyErrors */
export const upsertRecord = (saving: Saving, draft: Draft, key: FieldDef | undefined): void => {
  if (!key) {
    upsertById(saving, draft);
    return;
  }
  const [id] = idsOfKey(saving, draft, key);
  if (id === undefined) createRecord(saving, draft);
  else updateRecord(saving, draft, id);
};
