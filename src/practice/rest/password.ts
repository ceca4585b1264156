/** `sobjects/User/{id}/password` (platform-facts C7). */
import { noContent, ok, type Call, type Reply } from '../http/call.js';
import { commit } from '../http/save.js';
import type { ObjectDef } from '../catalog/types.js';
import { recordId } from './objects.js';
import type { Router } from './router.js';

const userDef = (call: Call): ObjectDef => call.org.catalog.require('User');

const userOf = (call: Call): string => recordId(userDef(call), call.param('id'));

const isExpired = (call: Call): Reply => ok({ isExpired: call.rooms.passwords.expired(call.session, userOf(call)) });

const set = (call: Call): Reply => {
  const password = call.json().NewPassword;
  commit(call.rooms, call.occasion, () => call.rooms.passwords.set(call.session, userOf(call), password));
  return noContent;
};

/** Resets and mails the link; the answer carries the new password. */
const reset = (call: Call): Reply => {
  const password = commit(call.rooms, call.occasion, () =>
    call.rooms.passwords.reset(call.session, userOf(call), true)
  );
  return ok({ NewPassword: password });
};

export const passwordRoutes = (router: Router): Router =>
  router.add('sobjects/User/:id/password', { GET: isExpired, POST: set, DELETE: reset });
