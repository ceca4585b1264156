/** What keeps a component from being deployed, or is worth a warning. */
export type ProblemType = 'Error' | 'Warning';

/** A place in a file, counted from 1. */
export type Place = { line: number; column: number };

/** A component that the platform refuses, in its words. */
export class Problem extends Error {
  public constructor(
    message: string,
    public readonly place?: Place,
    /** Status code that CRUD calls answer with. */
    public readonly code = 'FIELD_INTEGRITY_EXCEPTION'
  ) {
    super(message);
    this.name = 'Problem';
  }
}

/** @throws Problem for a value that is not there. */
export const required = (field: string, place?: Place): Problem =>
  new Problem(`Required field is missing: ${field}`, place, 'REQUIRED_FIELD_MISSING');

/** A name that leads nowhere, such as `no Role named X found`. */
export const notFound = (field: string, type: string, name: string): Problem =>
  new Problem(`In field: ${field} - no ${type} named ${name} found`, undefined, 'INVALID_CROSS_REFERENCE_KEY');
