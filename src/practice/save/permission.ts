/** Whether the user who calls may do this to an object at all. */
import type { PlatformError } from '../errors.js';
import { isInternal, type Saving } from './context.js';
import { fail } from './failures.js';

const refuses = (what: string, { def }: Saving): PlatformError =>
  fail.of('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be ${what}: ${def.name}`);

const unseen = ({ def }: Saving): PlatformError =>
  fail.of('INVALID_TYPE', `sObject type '${def.name}' is not supported.`);

const mayCreate = (saving: Saving): PlatformError | undefined =>
  saving.def.createable && saving.options.session.can('create', saving.def) ? undefined : refuses('inserted', saving);

const mayUpdate = (saving: Saving): PlatformError | undefined => {
  if (!saving.def.updateable) return refuses('updated', saving);
  return saving.options.session.can('edit', saving.def) ? undefined : fail.noAccess();
};

const mayDelete = (saving: Saving): PlatformError | undefined => {
  if (!saving.def.deletable) {
    return fail.of('INVALID_TYPE_FOR_OPERATION', `entity type ${saving.def.name} does not support ${saving.operation}`);
  }
  return saving.options.session.can('delete', saving.def) ? undefined : fail.noAccess();
};

/** The error that each record of the call gets, or undefined where the object is open to the user. */
export const refusal = (saving: Saving): PlatformError | undefined => {
  const { def, operation, options } = saving;
  if (isInternal(options)) return undefined;
  if (!options.session.can('read', def)) return unseen(saving);
  if (operation === 'create') return mayCreate(saving);
  if (operation === 'update') return mayUpdate(saving);
  if (operation === 'upsert') return mayCreate(saving) ?? mayUpdate(saving);
  return mayDelete(saving);
};
