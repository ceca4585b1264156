/** Usernames and nicknames that nobody has, as far as this org can tell (platform-facts C3). */
import type { Connection } from '@salesforce/core';
import { aliasOf, nicknameOf, uniqueUsername, UsernameError, usernameOf, type Person } from '../people/index.js';
import { takenValues } from './org-facts.js';

/** Names of a user. `problem` says why there can be none. */
export type UserNames = { username: string; alias: string; nickname: string };

/** Who needs names: `username` is one that was given, and is not changed. */
export type NameWish = { person: Person; username?: string };

export type NameAnswer = { names: UserNames; problem?: undefined } | { names?: undefined; problem: string };

/** Times that free names are looked for; each time only those that were taken are tried anew. */
const ROUNDS = 5;

/**
 * Names for everybody: unique among these people and in the org. Other orgs cannot be asked; that they have a username shows
 * when the user is made (DUPLICATE_USERNAME, platform-facts C5).
 */
export async function findNames(conn: Connection, pattern: string, wishes: readonly NameWish[]): Promise<NameAnswer[]> {
  const usernames = new Set<string>();
  const nicknames = new Set<string>();
  let answers = chooseNames(pattern, wishes, { usernames, nicknames });
  for (let round = 1; round <= ROUNDS; round++) {
    const all = answers.flatMap(({ names }) => names ?? []);
    const [takenUsernames, takenNicknames] = await Promise.all([
      takenValues(
        conn,
        'Username',
        fresh(
          all.map(({ username }) => username),
          usernames
        )
      ),
      takenValues(
        conn,
        'CommunityNickname',
        fresh(
          all.map(({ nickname }) => nickname),
          nicknames
        )
      ),
    ]);
    if (takenUsernames.size + takenNicknames.size === 0) break;
    for (const name of takenUsernames) usernames.add(name);
    for (const name of takenNicknames) nicknames.add(name);
    answers = chooseNames(pattern, wishes, { usernames, nicknames });
  }
  return answers;
}

const fresh = (names: readonly string[], known: ReadonlySet<string>): string[] =>
  names.filter((name) => !known.has(name.toLowerCase()));

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
