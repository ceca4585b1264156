/** Japanese kana in Latin letters: Hepburn as in Japanese passports (no long vowels, m before b, m and p). */
import { capital } from './letters.js';

const ROWS: ReadonlyArray<readonly [kana: string, latin: string]> = [
  ['あいうえお', 'a i u e o'],
  ['かきくけこ', 'ka ki ku ke ko'],
  ['がぎぐげご', 'ga gi gu ge go'],
  ['さしすせそ', 'sa shi su se so'],
  ['ざじずぜぞ', 'za ji zu ze zo'],
  ['たちつてと', 'ta chi tsu te to'],
  ['だぢづでど', 'da ji zu de do'],
  ['なにぬねの', 'na ni nu ne no'],
  ['はひふへほ', 'ha hi fu he ho'],
  ['ばびぶべぼ', 'ba bi bu be bo'],
  ['ぱぴぷぺぽ', 'pa pi pu pe po'],
  ['まみむめも', 'ma mi mu me mo'],
  ['やゆよ', 'ya yu yo'],
  ['らりるれろ', 'ra ri ru re ro'],
  ['わゐゑをんゔ', 'wa i e o n vu'],
];
const MORAS = new Map(
  ROWS.flatMap(([kana, latin]) => [...kana].map((one, at) => [one, latin.split(' ')[at]!] as const))
);
const SMALL_Y = new Map([...'ゃゅょ'].map((one, at) => [one, 'auo'[at]!] as const));
const SMALL_VOWELS = new Map([...'ぁぃぅぇぉ'].map((one, at) => [one, 'aiueo'[at]!] as const));
const SOKUON = 'っ';
const LONG = 'ー';

/** Kana words in Latin letters, each with a capital; everything else stays. */
export const fromKana = (text: string): string =>
  text.replace(/[\u3041-\u3094\u30A1-\u30F4ー]+/g, (word) => capital(wordOf(word)));

function wordOf(word: string): string {
  const moras: string[] = [];
  let doubled = false;
  for (const kana of [...word].map(hiragana)) {
    if (kana === SOKUON) doubled = true;
    else if (!joined(moras, kana)) {
      const mora = MORAS.get(kana);
      // The long vowel is not written. A small kana on its own (an old spelling) reads as nothing certain.
      if (mora === undefined) moras.push(kana === LONG ? '' : kana);
      else moras.push(doubled ? double(mora) : mora);
      doubled = false;
    }
  }
  return withoutLongVowels(moras.filter(Boolean))
    .join('')
    .replace(/n(?=[bmp])/g, 'm');
}

/** Both kinds of kana have the same order, 0x60 apart. */
const hiragana = (kana: string): string => (kana === LONG ? kana : String.fromCharCode(toHiragana(kana.charCodeAt(0))));
const toHiragana = (code: number): number => (code >= 0x30a1 ? code - 0x60 : code);

/** っ doubles the consonant that follows; before `ch` it is a `t`. At the end, and before a vowel, it is not heard. */
function double(mora: string): string {
  if (/^[aiueo]/.test(mora)) return mora;
  return (mora.startsWith('ch') ? 't' : mora.charAt(0)) + mora;
}

/** Small kana change the mora before them: ki + ya is kya, shi + yu is shu, fu + a is fa, u + i is wi. */
function joined(moras: string[], kana: string): boolean {
  const before = moras.at(-1);
  if (before === undefined) return false;
  const start = before.slice(0, -1);
  const y = SMALL_Y.get(kana);
  const vowel = SMALL_VOWELS.get(kana);
  if (y !== undefined) moras[moras.length - 1] = /(?:sh|ch|j)$/.test(start) ? start + y : `${start}y${y}`;
  else if (vowel !== undefined) moras[moras.length - 1] = glide(before, start) + vowel;
  else return false;
  return true;
}

function glide(before: string, start: string): string {
  if (before === 'u') return 'w';
  if (before === 'i') return 'y';
  return before === 'ku' || before === 'gu' ? `${start}w` : start;
}

/**
 * おう, おお and うう are one long vowel, as passports have it, except where two words meet as far as the kana tell: before え
 * (Inoue), after つ (Matsuura), and おお at the end.
 */
function withoutLongVowels(moras: readonly string[]): string[] {
  return moras.filter((mora, at) => {
    const before = moras[at - 1] ?? '';
    if (before.endsWith('o') && mora === 'u') return moras[at + 1] === 'e';
    if (before.endsWith('o') && mora === 'o') return at === moras.length - 1;
    return !(before.endsWith('u') && mora === 'u' && before !== 'tsu');
  });
}
