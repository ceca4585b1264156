/** Objects of the package that are not there. */
import { lastLine } from './last-line.js';

/** The objects of the package are not in the org, or the running user does not see them or their fields. */
export class PackageMissing extends Error {
  /** What the org says, without the query that it shows before. */
  public readonly reason: string;

  public constructor(answer: string) {
    const reason = lastLine(answer);
    super(`The objects of Channel Desk are not there for you: ${reason}`);
    this.reason = reason;
    this.name = 'PackageMissing';
  }
}

const CODES = /INVALID_TYPE|INVALID_FIELD/;

/** The error that a query of our objects failed with, as `PackageMissing` where it is that. */
export function asPackageMissing(error: unknown): unknown {
  const { errorCode, message } = error as { errorCode?: string; message: string };
  return CODES.test(errorCode ?? '') ? new PackageMissing(message) : error;
}
