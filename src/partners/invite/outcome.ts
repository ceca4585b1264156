/** What became of each person of a run. */
import type { Receipt, RunFolder } from '../../runs/index.js';
import type { RejectedRow } from '../rejected.js';
import { reasonsOf } from '../step-reasons.js';
import { rejectedInvite } from './decide.js';
import { AGAIN_STEP, CONTACTS_STEP, LOGINS_STEP, rowsOf, USERS_STEP } from './plan.js';
import type { InviteSnapshot, NewUser } from './read.js';

/** People whom the org refused, or whose mail is not certain, once each. */
export async function refusedInvites(
  folder: RunFolder,
  receipt: Receipt,
  { users, newLogins, logins }: Pick<InviteSnapshot, 'users' | 'newLogins' | 'logins'>
): Promise<RejectedRow[]> {
  const rows = rowsOf(users);
  const refused = new Map<NewUser, string>();
  // The first step that failed says why; what depends on it fails as well.
  const order = [
    [LOGINS_STEP, rowsOf(newLogins).users],
    [USERS_STEP, rows.users],
    [CONTACTS_STEP, rows.contacts],
  ] as const;
  for (const [step, people] of order) {
    for (const [index, reason] of await reasonsOf(folder, receipt, step)) {
      const one = people[index];
      if (one) refused.set(one, reason);
    }
  }
  const again = [...(await reasonsOf(folder, receipt, AGAIN_STEP))].flatMap(([index, reason]) => {
    const one = logins[index];
    return one
      ? [rejectedInvite({ ...one.wish, first: one.contact.first ?? undefined, last: one.contact.last }, reason)]
      : [];
  });
  return [
    ...[...refused].map(([{ wish, first, last }, reason]) => rejectedInvite({ ...wish, first, last }, reason)),
    ...again,
  ];
}
