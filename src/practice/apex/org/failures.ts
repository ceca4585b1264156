/** How what ends a transaction is told. */
import { ApexCompileError } from '../parse/errors.js';
import { ApexThrown } from '../runtime/exceptions.js';
import { ApexFailure, ApexUnsupported } from '../runtime/failures.js';
import type { Failure, Spot } from './outcomes.js';

/** Whether Apex ended by itself, at a limit, or at something that is missing here: all else is a fault of the practice org. */
export const isOfApex = (error: unknown): boolean =>
  error instanceof ApexThrown || error instanceof ApexCompileError || error instanceof ApexUnsupported;

/** What nothing caught, with its place. */
export function failureOf(error: unknown): Failure & Spot {
  if (error instanceof ApexThrown) {
    const { typeName: type, message } = error.exception;
    const { line = -1, column = -1 } = error.frames[0] ?? {};
    const text = typeof message === 'string' ? message : 'Script-thrown exception';
    return { type, message: text, stack: error.apexStack, line, column };
  }
  if (error instanceof ApexUnsupported) {
    const { source = '', line = -1, column = -1 } = error.place ?? {};
    const stack = source === '' ? '' : `Class.${source}: line ${line}, column ${column}`;
    return {
      type: 'NotSupported',
      message: `The practice org does not run this: ${error.message}`,
      stack,
      line,
      column,
    };
  }
  if (error instanceof ApexCompileError) {
    const { line, column } = error.at;
    const stack = `Class.${error.source ?? ''}: line ${line}, column ${column}`;
    return { type: 'CompileError', message: error.message, stack, line, column };
  }
  if (error instanceof ApexFailure)
    return { type: error.typeName, message: error.message, stack: '', line: -1, column: -1 };
  // A fault of the practice org itself ends the Apex, and not the server.
  return { type: 'System.UnexpectedException', message: String(error), stack: '', line: -1, column: -1 };
}
