/** Letters that stand for others in ASCII, script by script. */

/** Latin letters that Unicode does not take apart into a letter and a mark. */
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'e',
};

/** Cyrillic of Russian, Ukrainian, Bulgarian and Serbian; BGN/PCGN without its apostrophes. */
const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  `а a б b в v г g ґ g д d е e ё e є ye ж zh з z и i і i ї yi й y к k л l м m н n о o п p р r с s т t у u ў u ф f х kh
  ц ts ч ch ш sh щ shch ъ  ы y ь  э e ю yu я ya ђ dj ј j љ lj њ nj ћ c џ dz ѓ g ќ k ѕ dz`
    .split(/\n/)
    .flatMap((line) => [...line.trim().matchAll(/(\S) (\S*)(?: |$)/g)].map(([, from, to]) => [from!, to!]))
);

/** Greek letters by ELOT 743 (ISO 843 type 2), as in Greek passports. */
const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o'
    .match(/\S \S+/g)!
    .map((pair) => pair.split(' ') as [string, string])
);

/** ELOT 743: pairs are written by their sound; a diaeresis parts them. */
const GREEK_PAIRS: ReadonlyArray<readonly [RegExp, string]> = [
  [/ου(?!\u0308)/g, 'ou'],
  [/([αεη])υ(?!\u0308)(?=[θκξπσςτφχψ]|$)/g, '$1f'],
  [/([αεη])υ(?!\u0308)/g, '$1v'],
  [/γγ/g, 'ng'],
  [/γξ/g, 'nx'],
  [/γχ/g, 'nch'],
  [/^μπ/g, 'b'],
];

/** Letters of one script in another; a capital gives a capital. */
const exchange = (text: string, table: Readonly<Record<string, string>>): string =>
  text.replace(/\p{L}/gu, (letter) => {
    const small = letter.toLowerCase();
    const latin = table[small];
    if (latin === undefined) return letter;
    return small === letter ? latin : capital(latin);
  });

/** First letter as a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Greek words in Latin letters. */
export const fromGreek = (text: string): string => text.replace(/[\p{Script=Greek}\u0301\u0308]+/gu, greekWord);

function greekWord(word: string): string {
  const bare = word.toLowerCase().normalize('NFD').replaceAll('\u0301', '');
  const paired = GREEK_PAIRS.reduce((result, [pair, sound]) => result.replace(pair, sound), bare);
  const latin = exchange(paired, GREEK);
  return word === word.toLowerCase() ? latin : capital(latin);
}

/** Cyrillic letters in Latin ones. */
export const fromCyrillic = (text: string): string => exchange(text, CYRILLIC);

/** Latin letters with strokes and the like in plain ones. */
export const fromSpecial = (text: string): string => exchange(text, LATIN);
