/** Id of Apex. Ids are texts of 18 characters; what an id is of, the org knows. */
import type { NativeType } from '../../runtime/native.js';
import type { Value } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** An id with the three characters that tell its capitals; nothing for what is no id of 15 or 18 characters. */
export const withSuffix = (id: string): string | undefined => {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id)) return undefined;
  const short = id.slice(0, 15);
  const suffix = [0, 5, 10].map((start) => {
    const bits = [...short.slice(start, start + 5)].map((char, at) => (/[A-Z]/.test(char) ? 1 << at : 0));
    return LETTERS[bits.reduce((sum, bit) => sum + bit, 0)]!;
  });
  const full = short + suffix.join('');
  return id.length === 15 || id === full ? full : undefined;
};

/** The capitals an id of 18 characters had, told by its last three. */
const withCase = (id: string): string => {
  if (!/^[A-Za-z0-9]{15}[A-Za-z0-5]{3}$/.test(id)) return id;
  const suffix = id.slice(15).toUpperCase();
  const chars = [...id.slice(0, 15)].map((char, at) =>
    LETTERS.indexOf(suffix[Math.floor(at / 5)]!) & (1 << (at % 5)) ? char.toUpperCase() : char.toLowerCase()
  );
  return chars.join('') + suffix;
};

const valueOf = (call: Call): Value => {
  const text = call.text(0);
  return call.ctx.type('Id').coerce(call.count > 1 && call.boolean(1) ? withCase(text) : text);
};

/** Id of Apex. */
export const ID: NativeType = {
  name: 'Id',
  statics: byLowerName({ valueOf: native([1, 2], valueOf, 'Id') }),
  methods: byLowerName({ to15: native(0, (call) => (call.self as string).slice(0, 15), 'String') }),
};
