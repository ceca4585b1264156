/** What a rule cannot do of what a rotation says: some of it is refused, the rest is told. */
import type { Rotation } from '../rotation/model.js';
import { MOST_SLOTS } from './slots.js';

/** A rotation that cannot be published; the reasons are sentences. */
export class NotPublishable extends Error {
  public constructor(public readonly reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.name = 'NotPublishable';
  }
}

/** Why a rotation cannot be published. */
export function refusals({ members }: Rotation, slots: number): string[] {
  const users = members.filter(({ kind }) => kind === 'user').map(({ name }) => name);
  const choosy = members.filter(({ criteria }) => criteria !== undefined).map(({ name }) => name);
  return [
    ...(members.length === 0 ? ['It has no members.'] : []),
    ...(users.length > 0
      ? [`Entries are for queues only, because usernames differ between orgs. Users are members: ${users.join(', ')}.`]
      : []),
    ...(choosy.length > 0
      ? [
          `A slot belongs to one queue whatever the lead is, so members cannot have criteria of their own: ${choosy.join(', ')}.`,
        ]
      : []),
    ...(slots === 0 && members.length > 0
      ? [`Its weights need more than ${MOST_SLOTS} entries. Weights that have a common factor need fewer.`]
      : []),
  ];
}

/** What the rule will not keep, a sentence each. */
export function notKept(rotation: Rotation, slots: number): string[] {
  const { members, hours, holidays, sticky, neverBackTo, balance, fallback, active } = rotation;
  const named = (names: string[]): string => names.join(', ');
  const having = (pick: (member: Rotation['members'][number]) => boolean): string[] =>
    members.filter(pick).map(({ name }) => name);
  const capped = having(({ cap }) => cap !== undefined);
  const timed = having((member) => (member.hours?.length ?? 0) > 0);
  const paused = having(({ pausedUntil }) => pausedUntil !== undefined);
  return [
    'Shares are even on the average only: each new lead draws a number, also one that the rotation does not take or that is deleted.',
    ...(slots > members.length
      ? [`Weights are kept by repeated entries: ${slots} slots for ${members.length} queues.`]
      : []),
    ...(capped.length > 0 ? [`Caps are not kept: ${named(capped)}.`] : []),
    ...(timed.length > 0 || hours.length > 0 ? ['Working hours are not kept: queues get leads at any time.'] : []),
    ...(holidays.length > 0 ? ['Holidays are not kept.'] : []),
    ...(paused.length > 0 ? [`Pauses are not kept, these queues get leads all the same: ${named(paused)}.`] : []),
    ...(sticky.length > 0 ? ['Leads of one company or e-mail domain are not kept together.'] : []),
    ...(neverBackTo.length > 0 ? ['A lead may go to a queue that had it before.'] : []),
    ...(balance === 'open-leads' ? ['Open leads of the queues are not looked at.'] : []),
    ...(fallback === undefined ? [] : [`The fallback ${fallback} is not used: every slot has a queue.`]),
    ...(active ? [] : ['The rotation is not active; its rule will be.']),
  ];
}
