/** Alias and nickname of a user (platform-facts C3). */
import { NOBODY } from './address.js';
import { numbered } from './numbered.js';
import { plainName, type Person } from './person.js';

const LONGEST_ALIAS = 8;
const LONGEST_NICKNAME = 40;

/**
 * First letter and last name, at most 8 letters (`jnovak`); several users may share one. A last name that cannot be read is
 * replaced by what stands before the @ of the address.
 */
export function aliasOf(person: Person): string {
  const { first, last, local } = plainName(person);
  const text = last === undefined ? local : `${first?.charAt(0) ?? ''}${last}`;
  return text.replace(/[^a-z0-9]/g, '').slice(0, LONGEST_ALIAS) || NOBODY;
}

/**
 * `first.last`, at most 40 small letters, unique: `taken` is asked with the whole nickname, in small letters. Where a name
 * cannot be read it is the other's local part of the address.
 */
export function nicknameOf(person: Person, taken: (name: string) => boolean): string {
  const { first, last, local } = plainName(person);
  const name = person.firstName?.trim() ? first && last && `${first}.${last}` : last;
  const text = (name ?? local).replace(/[^a-z0-9._-]/g, '').slice(0, LONGEST_NICKNAME);
  return numbered(text.replace(/^[._-]+|[._-]+$/g, '') || NOBODY, '', LONGEST_NICKNAME, taken);
}
