/** Names in plain ASCII letters, as their owners would type them where nothing else is allowed. */
import { fromKana } from './kana.js';
import { fromCyrillic, fromGreek, fromSpecial } from './letters.js';

/** What is known about a text beside it. */
export type LatinContext = {
  /** ISO code of the country. */
  region?: string;
  /** Other names of the same person. */
  beside?: string;
};

/** Countries where people spell ä as ae; elsewhere they leave the dots out. */
const GERMAN = new Set(['DE', 'AT', 'CH', 'LI', 'LU']);

/** Signs inside names that leave no gap. Some are letters to Unicode (ʻ, ʼ), some fall apart into a blank and a mark (´). */
const INSIDE = /['’‘ʻʼ`´.]/g;

/**
 * The text in ASCII letters and digits with single blanks and hyphens between, or undefined where it has a letter without a
 * certain reading (Han, Hangul, Arabic, Thai …) or nothing to read at all: half a name would be another name.
 *
 * ä, ö and ü become ae, oe and ue only where they are German: the text has an ß, or there is no letter with another mark in it
 * or beside it and the country is a German-speaking one or unknown. So Jörg Müßig is Joerg Muessig, while Őry Ödön, Öztürk of
 * Turkey and Mäsiar of Slovakia lose the dots.
 */
export function latinOf(text: string, context: LatinContext = {}): string | undefined {
  const read = fromCyrillic(fromGreek(fromKana(text.replace(INSIDE, '').normalize('NFKC'))));
  const spelled = isGerman(read, context) ? spellUmlauts(read) : read;
  const plain = fromSpecial(spelled.normalize('NFKD').replace(/\p{M}/gu, '')).replace(INSIDE, '');
  if (/[^\P{L}A-Za-z]|[^\P{N}0-9]/u.test(plain)) return undefined;
  const words = plain.replace(/[^A-Za-z0-9-]+/g, ' ').replace(/ ?-[ -]*/g, '-');
  return words.replace(/^[ -]+|[ -]+$/g, '') || undefined;
}

function isGerman(text: string, { region, beside = '' }: LatinContext): boolean {
  const all = `${text} ${beside}`.normalize('NFC').toLowerCase();
  if (all.includes('ß')) return true;
  if (/(?=\p{Script=Latin})[^a-zäöü]/u.test(all)) return false;
  return region === undefined || GERMAN.has(region);
}

const spellUmlauts = (text: string): string =>
  text.replace(/([äöü])(\p{L})?/giu, (_, letter: string, next = '') => {
    const small = letter.toLowerCase();
    const base = small.normalize('NFD').charAt(0);
    if (small === letter) return `${base}e${String(next)}`;
    const loud = String(next) !== '' && String(next) === String(next).toUpperCase();
    return `${base.toUpperCase()}${loud ? 'E' : 'e'}${String(next)}`;
  });
