/** Decides what becomes of each wish. Pure: same wishes and answers, same decisions. */
import type { AccountAnswer, AccountRef, FoundAccount } from '../accounts.js';
import { whyNoOwner, type Manager, type ManagerAnswer } from '../managers.js';
import type { RejectedRow } from '../rejected.js';
import type { Wish } from './wishes.js';

export type Action = 'create' | 'enable' | 'change-owner' | 'unchanged';

/** One account and what is to be done with it. */
export type Decided = {
  wish: Wish;
  action: Action;
  name: string;
  /** Undefined for one that is to be made. */
  account?: FoundAccount;
  owner: Manager;
};

export type Answers = {
  account: (ref: AccountRef) => AccountAnswer;
  manager: (text: string) => ManagerAnswer;
  /** The running user, who owns new accounts where nobody else is named. */
  viewer: Manager;
};

/** Sorts the wishes. A second wish for the same account counts where it says the same, and is rejected otherwise. */
export function decide(wishes: readonly Wish[], answers: Answers): { decided: Decided[]; rejected: RejectedRow[] } {
  const decided = new Map<string, Decided>();
  const rejected: RejectedRow[] = [];
  for (const wish of wishes) {
    const one = decideOne(wish, answers);
    const reason = typeof one === 'string' ? one : against(one, decided);
    if (reason !== undefined) rejected.push(rejectedWish(wish, reason));
    else if (typeof one !== 'string' && !decided.has(keyOf(one))) decided.set(keyOf(one), one);
  }
  return { decided: [...decided.values()], rejected };
}

/** A wish that is not carried out, with the reason in words. */
export const rejectedWish = ({ line, cells, ref, fields }: Wish, reason: string): RejectedRow => ({
  line,
  cells,
  record: fields.Name ?? ref.text,
  reason,
});

/**
 * New accounts with the same external id, or without one the same name, are the same account: they could not be told apart
 * after a lost reply.
 */
const keyOf = ({ account, name, wish }: Decided): string =>
  account?.id ?? `new ${(wish.ref.by === 'external' ? wish.ref.text : name).toLowerCase()}`;

function against(one: Decided, decided: ReadonlyMap<string, Decided>): string | undefined {
  const before = decided.get(keyOf(one));
  if (!before) return undefined;
  const where = before.wish.line === undefined ? 'before' : `on line ${before.wish.line}`;
  if (before.owner.id !== one.owner.id) {
    return `${one.name} was given to ${before.owner.name} ${where}; this row wants ${one.owner.name}.`;
  }
  if (one.account) return undefined;
  const differs = Object.keys({ ...before.wish.fields, ...one.wish.fields }).filter(
    (field) => before.wish.fields[field] !== one.wish.fields[field]
  );
  if (differs.length === 0) return undefined;
  return `${one.name} is to be made ${where} with other values (${differs.join(', ')}). Only one account is made of it.`;
}

function decideOne(wish: Wish, answers: Answers): Decided | string {
  const { account, problem, missing } = answers.account(wish.ref);
  // An id that is not there cannot be given to a new account.
  const makes = missing === true && wish.create && wish.ref.by !== 'id';
  if (!account && !makes) return problem + (missing && wish.line && wish.ref.by !== 'id' ? HINT : '');
  if (account?.isPersonAccount) return `${account.name} is a person account. Person accounts cannot be partners.`;
  const owner = ownerOf(wish, account, answers);
  if (typeof owner === 'string') return owner;
  const why = whyNoOwner(owner);
  if (why !== undefined) return why;
  const name = account?.name ?? wish.fields.Name ?? wish.ref.text;
  return { wish, action: actionOf(account, owner), name, account, owner };
}

const HINT = ' To make it, put "yes" into the column Create.';

function ownerOf(wish: Wish, account: FoundAccount | undefined, { manager, viewer }: Answers): Manager | string {
  if (wish.manager !== undefined) {
    const answer = manager(wish.manager);
    return answer.manager ?? answer.problem;
  }
  if (!account) return viewer;
  return account.owner ?? `You may not see who owns ${account.name}. Name the channel manager.`;
}

function actionOf(account: FoundAccount | undefined, owner: Manager): Action {
  if (!account) return 'create';
  if (!account.isPartner) return 'enable';
  return account.ownerId === owner.id ? 'unchanged' : 'change-owner';
}
