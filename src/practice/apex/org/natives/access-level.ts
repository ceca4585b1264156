/** AccessLevel of Apex: `USER_MODE` or `SYSTEM_MODE`. */
import type { Call } from '../../library/args.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexNative } from '../../runtime/values.js';
import type { Access } from '../transaction.js';

const NAME = 'AccessLevel';
const USER = new ApexNative<Access>(NAME, 'user');
const SYSTEM = new ApexNative<Access>(NAME, 'system');

export const ACCESS_LEVEL: NativeType = {
  name: NAME,
  staticProperties: {
    user_mode: { get: () => USER, returns: NAME },
    system_mode: { get: () => SYSTEM, returns: NAME },
  },
};

/** The access that one of the arguments names, if any does. */
export function accessIn(call: Call): Access {
  const level = call.values.find((value) => value instanceof ApexNative && value.typeName === NAME);
  return level instanceof ApexNative ? (level.data as Access) : undefined;
}
