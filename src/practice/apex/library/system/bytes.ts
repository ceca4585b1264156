/** Blob, EncodingUtil, Crypto and UUID of Apex. */
import { createHash, createHmac, randomInt, randomUUID, randomBytes } from 'node:crypto';
import { ApexBlob } from '../../runtime/dates.js';
import { ApexUnsupported } from '../../runtime/failures.js';
import type { NativeType } from '../../runtime/native.js';
import { ApexNative } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';

const own = (call: Call): Buffer => (call.self as ApexBlob).bytes;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const text = (call: Call): string => {
  try {
    return utf8.decode(own(call));
  } catch {
    return call.fail('System.StringException', 'BLOB is not a valid UTF-8 string');
  }
};

/** Blob of Apex. */
export const BLOB: NativeType = {
  name: 'Blob',
  is: (value) => value instanceof ApexBlob,
  statics: byLowerName({ valueOf: native(1, (call) => new ApexBlob(Buffer.from(call.text(0), 'utf8')), 'Blob') }),
  methods: byLowerName({
    size: native(0, (call) => own(call).length, 'Integer'),
    toString: native(0, text, 'String'),
  }),
};

const base64 = (call: Call): ApexBlob => {
  const strange = /[^A-Za-z0-9+/=\s]/.exec(call.text(0))?.[0];
  if (strange !== undefined) call.fail('System.StringException', `Unrecognized base64 character: ${strange}`);
  return new ApexBlob(Buffer.from(call.text(0), 'base64'));
};

const hex = (call: Call): ApexBlob => {
  const digits = call.text(0);
  if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) {
    return call.fail('System.InvalidParameterValueException', `Invalid hexadecimal string: ${digits}`);
  }
  return new ApexBlob(Buffer.from(digits, 'hex'));
};

const onlyUtf8 = (call: Call): void => {
  if (!/^utf-?8$/i.test(call.text(1))) throw new ApexUnsupported(`The encoding ${call.text(1)} is not supported`);
};

/** Forms as java.net.URLEncoder writes them: spaces are plus signs. */
const urlEncode = (call: Call): string => {
  onlyUtf8(call);
  return encodeURIComponent(call.text(0).toWellFormed())
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
};

const urlDecode = (call: Call): string => {
  onlyUtf8(call);
  try {
    return decodeURIComponent(call.text(0).replaceAll('+', ' '));
  } catch {
    return call.fail('System.IllegalArgumentException', 'Illegal hex characters in escape (%) pattern');
  }
};

/** EncodingUtil of Apex. */
export const ENCODING_UTIL: NativeType = {
  name: 'EncodingUtil',
  statics: byLowerName({
    base64Encode: native(1, (call) => call.blob(0).bytes.toString('base64'), 'String'),
    base64Decode: native(1, base64, 'Blob'),
    convertToHex: native(1, (call) => call.blob(0).bytes.toString('hex'), 'String'),
    convertFromHex: native(1, hex, 'Blob'),
    urlEncode: native(2, urlEncode, 'String'),
    urlDecode: native(2, urlDecode, 'String'),
  }),
};

const DIGESTS: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  'sha-1': 'sha1',
  sha256: 'sha256',
  'sha-256': 'sha256',
  sha512: 'sha512',
  'sha-512': 'sha512',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
};

const algorithm = (call: Call, name: string): string =>
  DIGESTS[name.toLowerCase()] ??
  call.fail('System.InvalidParameterValueException', `Unable to find hash algorithm: ${call.text(0)}`);

const mac = (call: Call): ApexBlob => {
  const name = algorithm(call, call.text(0).replace(/^hmac-?/i, ''));
  return new ApexBlob(createHmac(name, call.blob(2).bytes).update(call.blob(1).bytes).digest());
};

/** Crypto of Apex: digests and chance. */
export const CRYPTO: NativeType = {
  name: 'Crypto',
  statics: byLowerName({
    generateDigest: native(2, (call) => {
      const name = algorithm(call, call.text(0));
      return new ApexBlob(createHash(name).update(call.blob(1).bytes).digest());
    }),
    generateMac: native(3, mac, 'Blob'),
    getRandomInteger: native(0, () => randomInt(-(2 ** 31), 2 ** 31), 'Integer'),
    getRandomLong: native(0, () => randomBytes(8).readBigInt64BE(), 'Long'),
  }),
};

/** UUID of Apex: random ones. */
export const UUID: NativeType = {
  name: 'UUID',
  statics: byLowerName({ randomUUID: native(0, () => new ApexNative('UUID', randomUUID())) }),
  methods: byLowerName({ toString: native(0, (call) => (call.self as ApexNative<string>).data, 'String') }),
};
