/** What is wrong in a rotation's file, and where. */

export type RotationProblem = {
  line: number;
  column: number;
  /** A sentence part: what is wrong and what is allowed. */
  text: string;
};

/** A file that is refused as a whole. */
export class RotationFileError extends Error {
  public constructor(
    public readonly file: string,
    public readonly problems: readonly RotationProblem[]
  ) {
    super(problems.map(({ line, column, text }) => `${file}:${line}:${column}: ${text}`).join('\n'));
    this.name = 'RotationFileError';
  }
}

/** The known word that is meant, if one is near: at most two letters off, and less than half of it. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const small = word.toLowerCase();
  const ranked = known
    .map((name) => ({ name, off: distance(small, name.toLowerCase()) }))
    .sort((a, b) => a.off - b.off);
  const [best] = ranked;
  return best && best.off <= 2 && best.off < best.name.length / 2 ? best.name : undefined;
}

/** Letters to add, drop or change between two words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
