import type { Native, NativeType } from '../../runtime/native.js';
import type { ApexType } from '../../runtime/type.js';
import { ApexNative } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';
import { jsonOf, TypedReader, untyped } from './read.js';
import { writeJson } from './write.js';

const serialize = (pretty: boolean): Native =>
  native(
    [1, 2],
    (call) => writeJson(call.ctx, call.value(0), { pretty, withoutNulls: call.count > 1 && call.boolean(1) }),
    'String'
  );

const typed = (strict: boolean): Native =>
  native(2, (call) => {
    const type = call.given(1);
    if (!(type instanceof ApexNative)) return call.wrong(type, 'Type');
    return new TypedReader(call.ctx, strict).read(jsonOf(call.ctx, call.text(0)), type.data as ApexType);
  });

const loose = (call: Call): ReturnType<typeof untyped> => untyped(call.ctx, jsonOf(call.ctx, call.text(0)));

/** JSON of Apex. */
export const JSON_TYPE: NativeType = {
  name: 'JSON',
  statics: byLowerName({
    serialize: serialize(false),
    serializePretty: serialize(true),
    deserialize: typed(false),
    deserializeStrict: typed(true),
    deserializeUntyped: native(1, loose),
  }),
};
