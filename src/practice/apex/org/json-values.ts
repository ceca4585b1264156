/** JSON of requests and answers, read and written as JSON of Apex does it. */
import { jsonOf, TypedReader } from '../library/json/read.js';
import { writeJson } from '../library/json/write.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Value } from '../runtime/values.js';

/** A value as JSON.serialize writes it. */
export const jsonText = (runtime: Runtime, value: Value): string => {
  const written = writeJson(runtime, value, { pretty: false, withoutNulls: false });
  return String(written);
};

/** A value as components of pages get it. */
export const pageText = (runtime: Runtime, value: Value): string =>
  String(writeJson(runtime, value, { pretty: false, withoutNulls: false, forPages: true }));

/** A value of JSON as a parameter of an Apex type. @throws ApexFailure System.JSONException */
export function fromJson(runtime: Runtime, value: unknown, type: string): Value {
  if (value === undefined || value === null) return null;
  return new TypedReader(runtime, false).read(jsonOf(runtime, JSON.stringify(value)), runtime.type(type));
}
