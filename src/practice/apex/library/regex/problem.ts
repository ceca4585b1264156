/** A regular expression that cannot be used: one that Java refuses too, or one that means something else in JavaScript. */
export class RegexProblem extends Error {
  /** `unsupported`: Java would take it, this org does not. */
  public constructor(
    message: string,
    public readonly unsupported: boolean
  ) {
    super(message);
  }
}

/** @throws RegexProblem in the words of Java, which name the place and the whole expression. */
export const invalid = (what: string, text: string, at: number): never => {
  const mark = at < text.length ? `\n${' '.repeat(at)}^` : '';
  throw new RegexProblem(`${what} near index ${at}\n${text}${mark}`, false);
};

/** @throws RegexProblem for what Java takes and this org does not. */
export const unsupported = (what: string, text: string): never => {
  throw new RegexProblem(`${what} is not supported in regular expressions: ${text}`, true);
};
