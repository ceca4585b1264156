/** Errors that `addError` puts on records of a trigger. */
import type { ApexSObject } from '../../runtime/sobjects.js';

export type RecordError = { message: string; fields: string[] };

const errors = new WeakMap<ApexSObject, RecordError[]>();

/** The errors of a record; what is added to the list counts. */
export function errorsOf(record: ApexSObject): RecordError[] {
  let known = errors.get(record);
  if (!known) errors.set(record, (known = []));
  return known;
}
