/** RestContext of Apex: the request that an @RestResource class answers. */
import { byLowerName } from '../../library/args.js';
import { ApexMap } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import { ApexBlob } from '../../runtime/dates.js';
import type { NativeProperty, NativeType } from '../../runtime/native.js';
import { ApexNative, type Value } from '../../runtime/values.js';

export type RestRequest = {
  method: string;
  path: string;
  resource: string;
  headers: Record<string, string>;
  parameters: Record<string, string>;
  body: string;
};

type Slots = Record<string, Value>;

const REQUEST = 'RestRequest';
const RESPONSE = 'RestResponse';
const KEY = 'rest';

type Pair = { request: ApexNative<Slots>; response: ApexNative<Slots> };

const slot = (name: string): NativeProperty => ({
  get: (_ctx, self) => (self as ApexNative<Slots>).data[name] ?? null,
  set: (_ctx, self, value) => void ((self as ApexNative<Slots>).data[name] = value),
});

const slots = (...names: string[]): Record<string, NativeProperty> =>
  byLowerName(Object.fromEntries(names.map((name) => [name, slot(name)])));

const REQUEST_SLOTS = ['httpMethod', 'requestURI', 'resourcePath', 'headers', 'params', 'requestBody', 'remoteAddress'];
const RESPONSE_SLOTS = ['statusCode', 'responseBody', 'headers'];

const part = (of: keyof Pair): NativeProperty => ({
  get: (ctx) => (ctx.shared.get(KEY) as Pair | undefined)?.[of] ?? null,
  set: (ctx, _self, value) => {
    const pair = (ctx.shared.get(KEY) ?? {}) as Pair;
    pair[of] = value as ApexNative<Slots>;
    ctx.shared.set(KEY, pair);
  },
  returns: of === 'request' ? REQUEST : RESPONSE,
});

const texts = (ctx: Ctx, entries: Record<string, string>): ApexMap => {
  const map = new ApexMap(ctx.type('String'), ctx.type('String'));
  for (const [key, value] of Object.entries(entries)) map.put(key, value);
  return map;
};

const responseSlots = (ctx: Ctx): Slots => ({ statusCode: null, responseBody: null, headers: texts(ctx, {}) });

export const REST_TYPES: readonly NativeType[] = [
  { name: 'RestContext', staticProperties: { request: part('request'), response: part('response') } },
  { name: REQUEST, constructs: () => new ApexNative<Slots>(REQUEST, {}), properties: slots(...REQUEST_SLOTS) },
  {
    name: RESPONSE,
    constructs: (ctx) => new ApexNative<Slots>(RESPONSE, responseSlots(ctx)),
    properties: slots(...RESPONSE_SLOTS),
  },
];

/** Puts a request where the program finds it. */
export function receive(ctx: Ctx, { method, path, resource, headers, parameters, body }: RestRequest): void {
  const request = new ApexNative<Slots>(REQUEST, {
    ...{ httpMethod: method, requestURI: path, resourcePath: resource, remoteAddress: '127.0.0.1' },
    headers: texts(ctx, headers),
    params: texts(ctx, parameters),
    requestBody: new ApexBlob(Buffer.from(body)),
  });
  ctx.shared.set(KEY, { request, response: new ApexNative<Slots>(RESPONSE, responseSlots(ctx)) });
}

/** What the program has put into the response besides its value. */
export function responseOf(ctx: Ctx): { status: number | undefined; body: Buffer | undefined } {
  const { response } = ctx.shared.get(KEY) as Pair;
  const { statusCode, responseBody } = response.data;
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    body: responseBody instanceof ApexBlob ? responseBody.bytes : undefined,
  };
}
