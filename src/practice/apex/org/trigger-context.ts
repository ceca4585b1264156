/** What `Trigger.new` and its kin are for one run of a trigger. */
import type { NativeType } from '../runtime/native.js';
import { ApexList, ApexMap } from '../runtime/collections.js';
import type { Ctx } from '../runtime/context.js';
import type { ApexSObject } from '../runtime/sobjects.js';
import type { Value } from '../runtime/values.js';

/** When a trigger runs. */
export type Moment = { when: 'before' | 'after'; operation: 'insert' | 'update' | 'delete' | 'undelete' };

export type TriggerRecords = {
  /** Name of the object. */
  type: string;
  fresh: readonly ApexSObject[];
  old: readonly ApexSObject[];
};

export const TRIGGER_OPERATION: NativeType = {
  name: 'TriggerOperation',
  values: [
    ...['BEFORE_INSERT', 'BEFORE_UPDATE', 'BEFORE_DELETE'],
    ...['AFTER_INSERT', 'AFTER_UPDATE', 'AFTER_DELETE', 'AFTER_UNDELETE'],
  ],
};

/** Trigger.new and Trigger.old of all transactions. */
const lists = new WeakSet<ApexList>();

/** Whether a list is what a trigger looks at: no statement saves it. */
export const isOfTrigger = (list: ApexList): boolean => lists.has(list);

/** Context variables by their names in lower case (Apex Developer Guide, Trigger Context Variables). */
export function triggerContext(
  ctx: Ctx,
  { when, operation }: Moment,
  { type, fresh, old }: TriggerRecords
): Record<string, Value> {
  // What is saved, and what was before, is there to be read (Apex Developer Guide, Context Variable Considerations).
  for (const record of when === 'after' ? [...fresh, ...old] : old) record.readOnly = true;
  const hasNew = operation !== 'delete';
  const hasOld = operation === 'update' || operation === 'delete';
  const list = (records: readonly ApexSObject[]): ApexList => {
    const made = new ApexList(ctx.type(type), [...records]);
    lists.add(made);
    return made;
  };
  const byId = (records: readonly ApexSObject[]): ApexMap => {
    const map = new ApexMap(ctx.type('Id'), ctx.type(type));
    for (const record of records) map.put(record.get('Id'), record);
    return map;
  };
  return {
    new: hasNew ? list(fresh) : null,
    old: hasOld ? list(old) : null,
    newmap: hasNew && !(when === 'before' && operation === 'insert') ? byId(fresh) : null,
    oldmap: hasOld ? byId(old) : null,
    size: Math.max(fresh.length, old.length),
    operationtype: ctx.enumValue('TriggerOperation', `${when}_${operation}`.toUpperCase()) ?? null,
    ...Object.fromEntries(['before', 'after'].map((name) => [`is${name}`, name === when])),
    ...Object.fromEntries(['insert', 'update', 'delete', 'undelete'].map((name) => [`is${name}`, name === operation])),
  };
}
