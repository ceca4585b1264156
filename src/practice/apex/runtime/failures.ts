/**
 * An exception on its way, before a program has seen it: thrown by natives and the host, made into an Apex exception
 * where Apex catches it or the transaction ends.
 */
export class ApexFailure extends Error {
  /** `typeName` as the platform prints it, `System.MathException`; `data` goes with the exception (rows of a DmlException). */
  public constructor(
    public readonly typeName: string,
    message: string,
    public readonly data?: unknown
  ) {
    super(message);
    this.name = 'ApexFailure';
  }
}

/** A governor limit that was passed. Apex cannot catch it. */
export class LimitFailure extends ApexFailure {
  public constructor(message: string) {
    super('System.LimitException', message);
  }
}

/** A place in a source, as the platform prints it: lines and columns count from 1. */
export type Place = { readonly source: string; readonly line: number; readonly column: number };

/** What this Apex runtime does not do. Never caught by Apex: it ends the transaction and says where. */
export class ApexUnsupported extends Error {
  public constructor(
    message: string,
    public place?: Place
  ) {
    super(message);
    this.name = 'ApexUnsupported';
  }
}
