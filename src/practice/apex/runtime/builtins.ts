import type { NativeType } from './native.js';
import type { ApexType } from './type.js';
import { ApexEnum, ApexNative, type Value } from './values.js';

const tokens = new WeakMap<ApexType, ApexNative<ApexType>>();

/** The value of `X.class`: one for each type, so that they compare by identity. */
export function typeValue(type: ApexType): ApexNative<ApexType> {
  const known = tokens.get(type) ?? new ApexNative('Type', type);
  tokens.set(type, known);
  return known;
}

const enumOf = (self: Value): ApexEnum => self as ApexEnum;
const typeOf = (self: Value): ApexType => (self as ApexNative<ApexType>).data;

/** Methods of every value of an enum. */
const ENUM: NativeType = {
  name: 'Enum',
  is: (value) => value instanceof ApexEnum,
  methods: {
    name: { arity: [0], call: (_ctx, self) => enumOf(self).name },
    ordinal: { arity: [0], call: (_ctx, self) => enumOf(self).ordinal },
  },
};

/** System.Type. */
const TYPE: NativeType = {
  name: 'Type',
  statics: {
    forname: {
      arity: [1, 2],
      call: (ctx, _self, args) => {
        const name = args.at(-1);
        if (typeof name !== 'string') return ctx.fail('System.NullPointerException', 'Argument 1 cannot be null');
        const type = ctx.findType(name);
        return type === undefined ? null : typeValue(type);
      },
    },
  },
  methods: {
    getname: { arity: [0], returns: 'String', call: (_ctx, self) => typeOf(self).name },
    newinstance: { arity: [0], call: (ctx, self) => ctx.construct(typeOf(self).name, []) },
    isassignablefrom: {
      arity: [1],
      call: (ctx, self, [other = null]) => {
        const wanted = typeOf(self).key.replace(/<.*/s, '');
        const info = ctx.classInfo(typeOf(other).name);
        return wanted === typeOf(other).key || wanted === 'object' || info?.supertypes.has(wanted) === true;
      },
    },
  },
};

/** Natives the runtime itself brings. */
export const BUILTINS: readonly NativeType[] = [ENUM, TYPE];
