/** Bytes of a file as text, however it was saved. */
import { PartnerCsvError } from './errors.js';

/** What Excel in Central Europe writes for "CSV"; also the guess for everything that is not UTF-8. */
const FALLBACK = 'windows-1250';

const MARKS: ReadonlyArray<readonly [encoding: string, mark: readonly number[]]> = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Beginnings of workbooks: a zip (xlsx, ods) and a compound file (xls). */
const WORKBOOKS: ReadonlyArray<readonly number[]> = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/**
 * The text, without its byte order mark, and the encoding that was taken: the mark's, else the one wanted, else UTF-8 where
 * all bytes are valid, else Windows-1250. A mark wins over what was asked for; no other encoding begins that way.
 * @throws PartnerCsvError
 */
export function decode(file: string, bytes: Uint8Array, wanted?: string): { text: string; encoding: string } {
  if (bytes.length === 0) throw new PartnerCsvError('csvEmpty', file);
  if (WORKBOOKS.some((start) => beginsWith(bytes, start))) throw new PartnerCsvError('csvSpreadsheet', file);
  const encoding = encodingOf(file, bytes, wanted);
  const text = encoding === FALLBACK ? new TextDecoder(FALLBACK).decode(bytes) : strictly(file, bytes, encoding);
  if (text.includes('\0')) throw new PartnerCsvError('csvBinary', file);
  return { text, encoding };
}

function encodingOf(file: string, bytes: Uint8Array, wanted: string | undefined): string {
  const marked = MARKS.find(([, mark]) => beginsWith(bytes, mark));
  if (marked) return marked[0];
  if (wanted !== undefined) return nameOf(file, wanted);
  if (isValid(bytes, 'utf-8')) return 'utf-8';
  // Letters of UTF-8 do not come about in other text by chance: this is UTF-8 with damage, and a guess would garble it.
  return mostlyUtf8(bytes) ? 'utf-8' : FALLBACK;
}

/** The encoding's own name for one of its labels, such as `cp1250`. */
function nameOf(file: string, label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new PartnerCsvError('csvUnknownEncoding', file, [label]);
  }
}

function strictly(file: string, bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const upTo = new TextDecoder(encoding).decode(bytes).split('\uFFFD', 1)[0]!;
    throw new PartnerCsvError('csvBadEncoding', file, [encoding], upTo.split(/\r\n|\r|\n/).length);
  }
}

function isValid(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  // eslint-disable-next-line no-control-regex -- everything beyond ASCII, control characters or not
  const letters = text.match(/[^\u0000-\u007F\uFFFD]/g)?.length ?? 0;
  return letters > broken;
}

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);
