/** What `Trigger.new` and its kin are in the trigger that runs. */
import { ApexList, ApexMap } from '../runtime/collections.js';
import type { Ctx } from '../runtime/context.js';
import { ApexUnsupported } from '../runtime/failures.js';
import type { ApexSObject } from '../runtime/sobjects.js';
import type { Value } from '../runtime/values.js';

/** When a trigger runs. */
export type Moment = { when: 'before' | 'after'; operation: 'insert' | 'update' | 'delete' | 'undelete' };

export type TriggerContext = Moment & {
  /** Name of the object. */
  type: string;
  fresh: readonly ApexSObject[];
  old: readonly ApexSObject[];
};

const KEY = 'trigger';

/** Tells the natives of a transaction which trigger runs. */
export const enterTrigger = (ctx: Ctx, context: TriggerContext): void => void ctx.shared.set(KEY, context);

const byId = (ctx: Ctx, type: string, records: readonly ApexSObject[]): ApexMap => {
  const map = new ApexMap(ctx.type('Id'), ctx.type(type));
  for (const record of records) map.put(record.get('Id'), record);
  return map;
};

/** @param name of the context variable in lower case */
export function triggerValue(ctx: Ctx, name: string): Value {
  const context = ctx.shared.get(KEY) as TriggerContext | undefined;
  if (name === 'isexecuting') return context !== undefined;
  if (!context) return null;
  const { when, operation, type, fresh, old } = context;
  const hasNew = operation !== 'delete';
  const hasOld = operation === 'update' || operation === 'delete';
  switch (name) {
    case 'new':
      return hasNew ? new ApexList(ctx.type(type), [...fresh]) : null;
    case 'old':
      return hasOld ? new ApexList(ctx.type(type), [...old]) : null;
    case 'newmap':
      return hasNew && !(when === 'before' && operation === 'insert') ? byId(ctx, type, fresh) : null;
    case 'oldmap':
      return hasOld ? byId(ctx, type, old) : null;
    case 'size':
      return Math.max(fresh.length, old.length);
    case 'isbefore':
    case 'isafter':
      return name === `is${when}`;
    case 'isinsert':
    case 'isupdate':
    case 'isdelete':
    case 'isundelete':
      return name === `is${operation}`;
    default:
      throw new ApexUnsupported(`Trigger.${name} is not supported`);
  }
}
