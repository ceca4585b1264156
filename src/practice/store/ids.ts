/**
 * Record ids as the platform writes them: 15 characters of base 62 in which case matters, plus three characters that
 * encode the case, so that the 18-character form survives programs which fold case.
 */

/** Base-62 digits in ASCII order, so that ids compare as text in the order in which they were made. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SHAPE = /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/;

/** Characters after the key prefix that name the instance, and one reserved character. */
const INSTANCE = 'gL0';
const NUMBER_LENGTH = 9;

/** The three characters that follow a 15-character id. */
const suffixOf = (id: string): string => {
  let suffix = '';
  for (let chunk = 0; chunk < 15; chunk += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const code = id.charCodeAt(chunk + i);
      if (code >= 65 && code <= 90) bits |= 1 << i;
    }
    suffix += SUFFIX[bits];
  }
  return suffix;
};

/**
 * Gives the letters of a folded id their case back, as its suffix tells. Undefined where the suffix is impossible, or
 * the id has letters of both cases: then it was not folded but mistyped, and would turn into another record's id.
 */
const restoreCase = (id: string): string | undefined => {
  if (id !== id.toLowerCase() && id !== id.toUpperCase()) return undefined;
  let restored = '';
  for (let i = 0; i < 15; i++) {
    const bits = SUFFIX.indexOf(id[15 + Math.floor(i / 5)]!.toUpperCase());
    if (bits < 0) return undefined;
    const upper = (bits & (1 << (i % 5))) !== 0;
    restored += upper ? id[i]!.toUpperCase() : id[i]!.toLowerCase();
  }
  const suffix = suffixOf(restored);
  return suffix === id.slice(15).toUpperCase() ? restored + suffix : undefined;
};

/**
 * The canonical 18-character form of an id. Takes 15 characters, or 18 in any case.
 * @returns the text unchanged where it is no id, so that callers can refuse it with their own error.
 */
export const to18 = (id: string): string => {
  if (id.length === 15) return SHAPE.test(id) ? id + suffixOf(id) : id;
  if (id.length !== 18 || !SHAPE.test(id)) return id;
  return suffixOf(id) === id.slice(15) ? id : (restoreCase(id) ?? id);
};

/** Whether a text is an id: 15 base-62 characters, or 18 whose last three fit the rest. */
export const isId = (text: unknown): text is string => {
  if (typeof text !== 'string' || !SHAPE.test(text)) return false;
  return text.length === 15 || suffixOf(text) === text.slice(15) || restoreCase(text) !== undefined;
};

/** Whether two ids of either length name the same record. */
export const sameId = (a: string | null | undefined, b: string | null | undefined): boolean =>
  Boolean(a) && Boolean(b) && to18(String(a)) === to18(String(b));

/** Key prefix of an id, the part that tells the object. */
export const prefixOf = (id: string): string => id.slice(0, 3);

/** Id number `sequence` of an object, 18 characters. @throws RangeError for a prefix that has not three characters. */
export const makeId = (prefix: string, sequence: number): string => {
  if (prefix.length !== 3) throw new RangeError(`A key prefix has three characters: ${prefix}`);
  let rest = sequence;
  let number = '';
  for (let i = 0; i < NUMBER_LENGTH; i++) {
    number = DIGITS[rest % 62]! + number;
    rest = Math.floor(rest / 62);
  }
  const id = prefix + INSTANCE + number;
  return id + suffixOf(id);
};
