/** E-mail addresses and what usernames may take of them. */
import { domainToASCII } from 'node:url';
import { latinOf, type LatinContext } from './latin.js';

/** Stands where nothing of a name or an address can be read. */
export const NOBODY = 'user';

/** What may stand before the @ (RFC 5322 atext and the dot), in small letters. */
const NOT_LOCAL = /[^a-z0-9.!#$%&'*+/=?^_`{|}~-]/g;
const DOMAIN = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/;

/** The two sides of an address, as written; undefined where it is none. */
export function sidesOf(email: string): { local: string; domain: string } | undefined {
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at).trim(), email.slice(at + 1).trim()];
  return at > 0 && local !== '' && domain !== '' ? { local, domain } : undefined;
}

/** A local part in ASCII: an address of ASCII stays as it is but for capitals, others are read letter by letter. */
export function asciiLocal(local: string, context: LatinContext = {}): string {
  const beside = `${context.beside ?? ''} ${local}`;
  const read = local.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => latinOf(word, { ...context, beside }) ?? '');
  return tidyLocal(read) || NOBODY;
}

/** Only characters of an address, no dots side by side or at the ends. */
export const tidyLocal = (text: string): string =>
  text
    .toLowerCase()
    .replace(NOT_LOCAL, '')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');

/** A domain in ASCII (`xn--` where it has other letters), or undefined where it is none. */
export function asciiDomain(domain: string): string | undefined {
  const ascii = domainToASCII(domain.replace(/\.$/, ''));
  return DOMAIN.test(ascii) ? ascii : undefined;
}
