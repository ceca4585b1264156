/** One operator of Apex, compiled, as a function. */
import { hostOf, program } from '../language/programs.js';
import { ApexThrown } from '../../../../src/practice/apex/runtime/exceptions.js';
import type { Value } from '../../../../src/practice/apex/runtime/values.js';

type Evaluate = (left: Value, right: Value) => Value;

const compiled = (parameters: string, returns: string, op: string): Evaluate => {
  const runtime = program(
    `public class T { public static ${returns} run(${parameters}) { return left ${op} right; } }`
  ).begin(hostOf());
  return (left, right) => {
    try {
      return runtime.callStatic('T', 'run', [left, right]).next(null).value as Value;
    } catch (error) {
      if (error instanceof ApexThrown) return error.message;
      throw error;
    }
  };
};

/** `left op right` of two variables of one type; an exception is given as its text. */
export const evaluator = (type: string, op: string, returns = type): Evaluate =>
  compiled(`${type} left, ${type} right`, returns, op);

/** Integer + Long. */
export const add: Evaluate = compiled('Integer left, Long right', 'Long', '+');
