/** Usernames by a pattern. A username is e-mail-shaped, at most 80 characters, and unique across all orgs (platform-facts C3). */
import { asciiDomain, NOBODY, sidesOf, tidyLocal } from './address.js';
import { numbered } from './numbered.js';
import { plainName, type Person, type PlainName } from './person.js';

/** What a pattern may name. */
export const USERNAME_TOKENS = ['email', 'local', 'domain', 'first', 'last', 'f', 'l', 'account', 'org'] as const;
type Token = (typeof USERNAME_TOKENS)[number];

/** The address itself. */
export const DEFAULT_USERNAME_PATTERN = '{email}';

const LONGEST = 80;
/** RFC 5321; the mail of an address longer than this reaches nobody. */
const LONGEST_LOCAL = 64;

/**
 * Why there is no username. Details: `usernameToken` the token, the known ones · `usernamePattern` the pattern ·
 * `usernameAddress` the address · `usernameDomain` the domain (none, or too long to leave room before the @).
 */
export class UsernameError extends Error {
  public constructor(
    public readonly key: 'usernameToken' | 'usernamePattern' | 'usernameAddress' | 'usernameDomain',
    public readonly details: readonly string[]
  ) {
    super(`${key}: ${details.join(' ')}`);
    this.name = 'UsernameError';
  }
}

/** Says whether a pattern can be used, before there is a person. @throws UsernameError */
export function checkUsernamePattern(pattern: string): void {
  sidesOfPattern(pattern);
}

/**
 * The username of a person, in small ASCII letters. Before the @, names that cannot be read or are missing are replaced by the
 * local part of the address, once: `{first}.{last}` of 田中 さくら is what stands before the @ of her address. A pattern without
 * an @ gets the domain of the address. Only the local part is shortened.
 * @throws UsernameError
 */
export function usernameOf(pattern: string, person: Person): string {
  const template = sidesOfPattern(pattern);
  const sides = sidesOf(person.email);
  if (!sides) throw new UsernameError('usernameAddress', [person.email]);
  const name = plainName(person);
  const domain = domainOf(template.domain, name, person, sides.domain);
  const local = tidyLocal(fill(readable(template.local, name), textsOf(name, sides.domain))) || NOBODY;
  const room = Math.min(LONGEST_LOCAL, LONGEST - 1 - domain.length);
  if (room < 1) throw new UsernameError('usernameDomain', [domain]);
  return `${shortened(local, room)}@${domain}`;
}

/** The username itself, or with the first free number before the @. */
export function uniqueUsername(wanted: string, taken: (name: string) => boolean): string {
  const { local, domain } = sidesOf(wanted) ?? { local: wanted, domain: '' };
  const tail = domain === '' ? '' : `@${domain}`;
  return numbered(local, tail, Math.min(LONGEST, LONGEST_LOCAL + tail.length), taken);
}

function sidesOfPattern(pattern: string): { local: string; domain: string } {
  for (const [, token] of pattern.matchAll(/\{([^{}]*)\}/g)) {
    if (!(USERNAME_TOKENS as readonly string[]).includes(token!))
      throw new UsernameError('usernameToken', [`{${token}}`, USERNAME_TOKENS.map((one) => `{${one}}`).join(' ')]);
  }
  const sides = pattern.trim().replaceAll('{email}', '{local}@{domain}').split('@');
  const [local = '', domain = '{domain}'] = sides;
  const bare = `${local}${domain}`.replace(/\{\w+\}/g, '');
  const fixed = domain.includes('{') ? undefined : domain;
  const noDomain = domain === '' || (fixed !== undefined && asciiDomain(fixed) === undefined);
  if (sides.length > 2 || local === '' || noDomain || /[^!-z|~]/.test(bare))
    throw new UsernameError('usernamePattern', [pattern]);
  return { local, domain };
}

/** The template without names that cannot be read: all from the first name to the last gives way to the address. */
function readable(template: string, { first, last }: PlainName): string {
  const names = /\{(?:first|last|f|l)\}(?:.*\{(?:first|last|f|l)\})?/;
  const needed = names.exec(template)?.[0] ?? '';
  const unreadable = (/\{f(?:irst)?\}/.test(needed) && !first) || (/\{l(?:ast)?\}/.test(needed) && !last);
  return unreadable ? template.replace(names, '{local}') : template;
}

function textsOf(
  { first, last, account, org, local }: PlainName,
  domain: string
): Record<Exclude<Token, 'email'>, string> {
  return {
    local,
    domain: asciiDomain(domain) ?? domain,
    first: first ?? local,
    last: last ?? local,
    f: (first ?? local).charAt(0),
    l: (last ?? local).charAt(0),
    account: account ?? local,
    org: org ?? local,
  };
}

function domainOf(template: string, name: PlainName, person: Person, address: string): string {
  const texts = Object.entries(textsOf(name, address)).map(([token, text]): [string, string] => [
    token,
    token === 'domain' ? text : label(text),
  ]);
  // An org may be named by a whole domain.
  const org = asciiDomain(person.org ?? '');
  const filled = fill(template, { ...Object.fromEntries(texts), ...(org === undefined ? {} : { org }) });
  const domain = asciiDomain(filled);
  if (domain === undefined) throw new UsernameError('usernameDomain', [filled]);
  return domain;
}

const label = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || NOBODY;

const fill = (template: string, texts: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, token: string) => texts[token]!);

/** Cut at the end, without a sign left hanging there. */
const shortened = (text: string, room: number): string =>
  text.length <= room ? text : text.slice(0, room).replace(/[.+_-]+$/, '') || NOBODY.slice(0, room);
