/** By what leads belong together, so that one partner gets them all. */
import type { Sticky } from './model.js';

/** Providers of mail boxes for everybody: leads that share one have nothing in common. */
const PUBLIC_MAIL = new Set([
  'aol.com',
  'gmail.com',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'mail.com',
  'mail.ru',
  'me.com',
  'msn.com',
  'outlook.com',
  'proton.me',
  'protonmail.com',
  'qq.com',
  't-online.de',
  'web.de',
  'yahoo.com',
  'yandex.ru',
]);

/** What leads have in common, and by which rule. */
export type StickyKey = { by: Sticky; key: string };

/** Keys of a lead in the order of the rules: the first that is known decides. */
export function stickyKeys(rules: readonly Sticky[], company: string, email: string): StickyKey[] {
  return rules.flatMap((by) => {
    const key = by === 'company' ? plain(company) : domainOf(email);
    return key === '' ? [] : [{ by, key: `${by}:${key}` }];
  });
}

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

function domainOf(email: string): string {
  const domain = plain(email).split('@')[1] ?? '';
  return PUBLIC_MAIL.has(domain) ? '' : domain;
}
