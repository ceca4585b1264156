/** Natives that ask the host. */
import type { Native } from '../../runtime/native.js';
import { Call } from '../../library/args.js';

/**
 * A native that asks for `name` with what `payload` makes of its arguments. The transaction answers it by the same name.
 */
export const asking = (
  arity: readonly number[] | number,
  name: string,
  payload: (call: Call) => unknown,
  returns?: string
): Native => ({
  arity: typeof arity === 'number' ? [arity] : arity,
  effect: true,
  *call(ctx, self, args, typeArgs) {
    return yield { kind: 'native', name, payload: payload(new Call(ctx, self, args, typeArgs)) };
  },
  ...(returns === undefined ? {} : { returns }),
});
