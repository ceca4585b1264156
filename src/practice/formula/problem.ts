/** What is wrong with a formula, and where. */

/** A formula that the org cannot compute. */
export class FormulaProblem extends Error {
  public constructor(
    message: string,
    /** Place in the formula, counted from 1; absent where the parser names none. */
    public readonly place?: { line: number; column: number }
  ) {
    super(place ? `${message} (formula line ${place.line}, column ${place.column})` : message);
    this.name = 'FormulaProblem';
  }
}

/** The formula with its texts blanked, so that a word in quotation marks is not taken for a name. */
const withoutTexts = (text: string): string =>
  text.replace(/"[^"]*"|'[^']*'/g, (found) => found.replace(/[^\n]/g, ' '));

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Where a name first stands in a formula; the syntax tree carries no places. */
export const placeOf = (text: string, name: string): FormulaProblem['place'] => {
  const at = new RegExp(`(?<![\\w.$])${escaped(name)}(?![\\w.])`, 'i').exec(withoutTexts(text))?.index;
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
};
