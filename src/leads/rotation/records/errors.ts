/** What can be wrong with rotations that an org holds. */

/** The objects of the package are not in the org, or the running user does not see them or their fields. */
export class PackageMissing extends Error {
  public constructor(public readonly reason: string) {
    super(`The objects of Channel Desk are not there for you: ${reason}`);
    this.name = 'PackageMissing';
  }
}

const CODES = /INVALID_TYPE|INVALID_FIELD/;

/** The error that a query of our objects failed with, as `PackageMissing` where it is that. */
export function asPackageMissing(error: unknown): unknown {
  const { errorCode, message } = error as { errorCode?: string; message: string };
  return CODES.test(errorCode ?? '') ? new PackageMissing(message) : error;
}
