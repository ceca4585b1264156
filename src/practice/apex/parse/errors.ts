import type { Pos } from './ast.js';

/** A source that is no Apex, or Apex this runtime does not do: what, and where (lines and columns from 1). */
export class ApexCompileError extends Error {
  /** `source` is the name of the class or trigger where it is known. */
  public constructor(
    message: string,
    public readonly at: Pos,
    public source?: string
  ) {
    super(message);
    this.name = 'ApexCompileError';
  }
}

/** What such a refusal begins with. */
export const UNSUPPORTED = 'Not supported by the practice org';

/** The refusal of what is Apex but not supported here. */
export function unsupported(what: string, at: Pos): ApexCompileError {
  return new ApexCompileError(`${UNSUPPORTED}: ${what}`, at);
}
