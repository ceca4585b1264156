/** What running Apex ends with, for the endpoints that answer with it. */

/** A place in a source; lines and columns count from 1. */
export type Spot = { line: number; column: number };

/** How a transaction ended that was not caught. */
export type Failure = {
  /** `System.DmlException`. */
  type: string;
  message: string;
  /** `Class.Foo.bar: line 12, column 1`, a line a frame. */
  stack: string;
};

/** Of a block of anonymous Apex. */
export type AnonymousOutcome = {
  problem?: { message: string } & Spot;
  failure?: Failure & Spot;
  /** Lines of the debug log: those of System.debug. */
  log: readonly string[];
};

/** A test method to run: all of a class where no method is named. */
export type TestChoice = { className: string; methods?: readonly string[] };

/** Of one test method. */
export type TestOutcome = {
  classId: string;
  className: string;
  method: string;
  /** Milliseconds. */
  time: number;
  failure?: Failure;
};
