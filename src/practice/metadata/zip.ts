/** Zips in and out (platform-facts H). Paths are checked before anything is unpacked. */
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { PlatformError } from '../errors.js';

export type ZipLimits = { files: number; zipBytes: number; bytes: number };

/** Limits of a deploy (H). */
export const LIMITS: ZipLimits = { files: 10_000, zipBytes: 39 * 1024 * 1024, bytes: 600 * 1024 * 1024 };

const bad = (message: string): PlatformError => new PlatformError('INVALID_ZIP', message, 500);
const tooMuch = (message: string): PlatformError => new PlatformError('LIMIT_EXCEEDED', message, 500);

const openZip = (data: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    // yauzl refuses absolute paths, `..` and backslashes itself; `strictFileNames` keeps it from mending them.
    fromBuffer(data, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (error, zip) => {
      if (zip) resolve(zip);
      else reject(error ?? new Error('unreadable'));
    });
  });

const contentOf = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else buffer(stream).then(resolve, reject);
    });
  });

/** Entries one after the other, so that no more than one is being unpacked. */
const entriesOf = (zip: ZipFile, visit: (entry: Entry) => Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve());
    zip.on('entry', (entry: Entry) => void visit(entry).then(() => zip.readEntry(), reject));
    zip.readEntry();
  });

const checkEntry = (entry: Entry, files: Map<string, Buffer>, total: number, limits: ZipLimits): void => {
  const name = entry.fileName;
  if (/(?:^|\/)\.{1,2}(?:\/|$)|\0|^[A-Za-z]:/.test(name)) throw bad(`Invalid path in zip: ${JSON.stringify(name)}`);
  if (files.has(name)) throw bad(`Zip has two entries named ${name}`);
  if (files.size >= limits.files) throw tooMuch(`Maximum number of files exceeded: ${limits.files}`);
  if (total + entry.uncompressedSize > limits.bytes) throw tooMuch('Maximum size of the unzipped files exceeded');
};

/**
 * Files of a zip by path.
 * @throws PlatformError INVALID_ZIP, or LIMIT_EXCEEDED where it is too large.
 */
export const readZip = async (data: Buffer, limits = LIMITS): Promise<Map<string, Buffer>> => {
  if (data.length > limits.zipBytes) throw tooMuch(`Maximum size of request reached: ${limits.zipBytes} bytes`);
  const files = new Map<string, Buffer>();
  let total = 0;
  try {
    const zip = await openZip(data);
    await entriesOf(zip, async (entry) => {
      checkEntry(entry, files, total, limits);
      if (entry.fileName.endsWith('/')) return;
      total += entry.uncompressedSize;
      files.set(entry.fileName, await contentOf(zip, entry));
    });
  } catch (error) {
    throw error instanceof PlatformError ? error : bad(`Invalid zip: ${(error as Error).message}`);
  }
  return files;
};

/** A zip of files by path. The same files at the same time give the same bytes. */
export const writeZip = (files: ReadonlyMap<string, Buffer>, mtime: Date): Promise<Buffer> => {
  const zip = new ZipWriter();
  for (const [path, data] of files) zip.addBuffer(data, path, { mtime });
  zip.end();
  return buffer(zip.outputStream as Readable);
};
