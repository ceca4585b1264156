const SHAPE = /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/;
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a record id of 15 or 18 characters, or undefined for text that is none. The suffix of an
 * 18-character id must fit its letters, so that an id whose case was lost in a spreadsheet is noticed.
 */
export function to18(text: string): string | undefined {
  if (!SHAPE.test(text) || !/\d/.test(text.slice(0, 5))) return undefined;
  const short = text.slice(0, 15);
  const id = short + suffixOf(short);
  return text.length === 15 || text === id ? id : undefined;
}

/** Three characters, each for the capitals among five. */
function suffixOf(short: string): string {
  return [0, 5, 10]
    .map((from) => {
      const bits = [...short.slice(from, from + 5)].reduce(
        (sum, char, at) => sum + (/[A-Z]/.test(char) ? 1 << at : 0),
        0
      );
      return SUFFIX[bits];
    })
    .join('');
}
