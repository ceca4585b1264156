/** What is wrong in a decisions file, and where. */
export type DecisionProblem = {
  line: number;
  column: number;
  key:
    | 'syntax'
    | 'notOurs'
    | 'otherFormat'
    | 'doubled'
    | 'unknownField'
    | 'missingField'
    | 'wrongType'
    | 'unknownKey'
    | 'unknownDecision'
    | 'missingReason'
    | 'edited';
  /** What it is about: a field, a key, the value found. */
  detail: string;
  /** What is wanted instead, where that helps. */
  wanted?: string;
};

/** A decisions file that is refused as a whole. */
export class DecisionsFileError extends Error {
  public constructor(
    public readonly file: string,
    public readonly problems: readonly DecisionProblem[]
  ) {
    super(problems.map((problem) => `${file}:${sentence(problem)}`).join('\n'));
    this.name = 'DecisionsFileError';
  }
}

const WORDS: Readonly<Record<DecisionProblem['key'], (detail: string, wanted: string) => string>> = {
  syntax: (detail) => `this is not YAML: ${detail}`,
  notOurs: () => 'this is not a decisions file: it has no "format"',
  otherFormat: (detail, wanted) => `the format "${detail}" is not known; this version reads "${wanted}"`,
  doubled: (detail) => `"${detail}" is there twice`,
  unknownField: (detail, wanted) => `"${detail}" is not a field of this place; there are ${wanted}`,
  missingField: (detail) => `"${detail}" is missing`,
  wrongType: (detail, wanted) => `"${detail}" must be ${wanted}`,
  unknownKey: (detail) => `"${detail}" is not the key of a finding`,
  unknownDecision: (detail, wanted) => `the decision "${detail}" is not one of ${wanted}`,
  missingReason: (detail) => `"${detail}" is kept without a reason`,
  edited: (detail) => `the description of "${detail}" was edited and no longer fits its digest`,
};

/** `4:7: the decision "maybe" is not one of keep, convert, defer`. */
export const sentence = ({ line, column, key, detail, wanted = '' }: DecisionProblem): string =>
  `${line}:${column}: ${WORDS[key](detail, wanted)}`;
