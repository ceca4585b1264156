/** Usernames and nicknames that nobody has, as far as this org can tell (platform-facts C3). */
import type { Connection } from '@salesforce/core';
import { inOneBreath } from '../../org/read/index.js';
import { aliasOf, nicknameOf, uniqueUsername, UsernameError, usernameOf, type Person } from '../people/index.js';
import { takenValues } from './org-facts.js';

/** Names of a user. `problem` says why there can be none. */
export type UserNames = { username: string; alias: string; nickname: string };

/** Who needs names: `username` is one that was given, and is not changed. */
export type NameWish = { person: Person; username?: string };

export type NameAnswer = { names: UserNames; problem?: undefined } | { names?: undefined; problem: string };

/** Names that are looked up in advance for those whose name was taken; more each time, as common names have many numbers. */
const AHEAD = { first: 1, factor: 4, most: 256 };

/**
 * Names for everybody: unique among these people and in the org. Other orgs cannot be asked; that they have a username shows
 * when the user is made (DUPLICATE_USERNAME, platform-facts C5).
 */
export async function findNames(conn: Connection, pattern: string, wishes: readonly NameWish[]): Promise<NameAnswer[]> {
  const asked: Names = { usernames: new Set(), nicknames: new Set() };
  const taken: Names = { usernames: new Set(), nicknames: new Set() };
  for (let ahead = AHEAD.first; ; ahead = Math.min(AHEAD.most, ahead * AHEAD.factor)) {
    const answers = chooseNames(pattern, wishes, taken);
    const open = wishes.filter((_, at) => isNew(answers[at]!, asked));
    if (open.length === 0) return answers;
    const candidates = inAdvance(pattern, open, taken, ahead);
    const newUsernames = fresh([...named(answers, 'username'), ...candidates.usernames], asked.usernames);
    const newNicknames = fresh([...named(answers, 'nickname'), ...candidates.nicknames], asked.nicknames);
    const [usernames, nicknames] = await inOneBreath(conn, () =>
      Promise.all([takenValues(conn, 'Username', newUsernames), takenValues(conn, 'CommunityNickname', newNicknames)])
    );
    for (const name of usernames) taken.usernames.add(name);
    for (const name of nicknames) taken.nicknames.add(name);
  }
}

type Names = { usernames: Set<string>; nicknames: Set<string> };

const named = (answers: readonly NameAnswer[], what: 'username' | 'nickname'): string[] =>
  answers.flatMap(({ names }) => names?.[what] ?? []);

/** Whether nobody has looked yet who has these names. */
const isNew = ({ names }: NameAnswer, { usernames, nicknames }: Names): boolean =>
  names !== undefined && !(usernames.has(names.username.toLowerCase()) && nicknames.has(names.nickname.toLowerCase()));

/** Names that are not asked for yet; from now on they are. */
function fresh(names: readonly string[], asked: Set<string>): string[] {
  const unknown = names.filter((name) => !asked.has(name.toLowerCase()));
  for (const name of unknown) asked.add(name.toLowerCase());
  return unknown;
}

/** The next names of people, as if each of theirs were taken so many times. */
function inAdvance(pattern: string, people: readonly NameWish[], taken: Taken, times: number): Names {
  const all: Names = { usernames: new Set(taken.usernames), nicknames: new Set(taken.nicknames) };
  for (let count = 1; count < times; count++) {
    for (const { names } of chooseNames(pattern, people, all)) {
      if (!names) continue;
      all.usernames.add(names.username.toLowerCase());
      all.nicknames.add(names.nickname.toLowerCase());
    }
  }
  return all;
}

type Taken = { usernames: ReadonlySet<string>; nicknames: ReadonlySet<string> };

/** Names that are not taken and differ from each other. Pure. */
export function chooseNames(pattern: string, wishes: readonly NameWish[], taken: Taken): NameAnswer[] {
  const usernames = new Set(taken.usernames);
  const nicknames = new Set(taken.nicknames);
  // Names that were given come first: they are not changed, whoever else would like them.
  const given = new Map<NameWish, NameAnswer>();
  for (const wish of wishes) if (wish.username !== undefined) given.set(wish, givenName(wish, usernames, nicknames));
  return wishes.map((wish) => given.get(wish) ?? derived(pattern, wish, usernames, nicknames));
}

function givenName({ person, username = '' }: NameWish, usernames: Set<string>, nicknames: Set<string>): NameAnswer {
  if (usernames.has(username.toLowerCase())) return { problem: `The username ${username} is taken.` };
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(username) || username.length > 80) {
    return { problem: `The username ${username} does not look like an e-mail address of at most 80 characters.` };
  }
  return { names: rest(person, username, usernames, nicknames) };
}

function derived(pattern: string, { person }: NameWish, usernames: Set<string>, nicknames: Set<string>): NameAnswer {
  try {
    const username = uniqueUsername(usernameOf(pattern, person), (name) => usernames.has(name.toLowerCase()));
    return { names: rest(person, username, usernames, nicknames) };
  } catch (error) {
    if (!(error instanceof UsernameError)) throw error;
    return { problem: `No username can be made of the e-mail address ${person.email} with the pattern ${pattern}.` };
  }
}

function rest(person: Person, username: string, usernames: Set<string>, nicknames: Set<string>): UserNames {
  usernames.add(username.toLowerCase());
  const nickname = nicknameOf(person, (name) => nicknames.has(name.toLowerCase()));
  nicknames.add(nickname.toLowerCase());
  return { username, alias: aliasOf(person), nickname };
}
