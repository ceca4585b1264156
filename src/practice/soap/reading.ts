/** Operations that read records and describes. */
import type { QueryOptions, QueryPage } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { describeGlobal, describeSObject } from '../describe/describe.js';
import { isId, to18 } from '../store/ids.js';
import { batchSize, type SoapCall } from './call.js';
import { all, text, textOf } from './envelope.js';
import { pageXml, recordXml } from './records.js';
import { RawXml } from './xml.js';

const MAX_RETRIEVE = 2000;
const MAX_DESCRIBE = 100;

const options = (call: SoapCall, more: Partial<QueryOptions> = {}): QueryOptions => ({
  session: call.session,
  version: call.version,
  batchSize: batchSize(call.headers),
  ...more,
});

const page = (result: QueryPage): RawXml[] => [new RawXml(pageXml(result))];

export const query =
  (withDeleted: boolean) =>
  (call: SoapCall): RawXml[] =>
    page(call.rooms.org.queries.query(text(call.args, 'queryString') ?? '', options(call, { all: withDeleted })));

export const queryMore = (call: SoapCall): RawXml[] =>
  page(call.rooms.org.queries.more(text(call.args, 'queryLocator') ?? '', options(call)));

/** Records in the order of the ids; null where there is none that the caller may see. */
export const retrieve = (call: SoapCall): Array<RawXml | null> => {
  const def = call.rooms.org.catalog.require(text(call.args, 'sObjectType')?.trim() ?? '');
  const fields = (text(call.args, 'fieldList') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const ids = all(call.args, 'ids').map((id) => textOf(id)?.trim() ?? '');
  if (ids.length > MAX_RETRIEVE) {
    throw new PlatformError('EXCEEDED_ID_LIMIT', `cannot retrieve more than ${MAX_RETRIEVE} records`, 500);
  }
  return ids.map((id) => {
    if (!isId(id)) throw new PlatformError('MALFORMED_ID', `malformed id ${String(id)}`, 500);
    const record = call.rooms.org.queries.record(def, to18(id), fields, options(call));
    return record ? new RawXml(recordXml(record)) : null;
  });
};

const describe = (call: SoapCall, name: string): object => {
  const { catalog } = call.rooms.org;
  return describeSObject(catalog.require(name.trim()), catalog, call.session, call.version);
};

export const describeAll = (call: SoapCall): object[] => [
  describeGlobal(call.rooms.org.catalog, call.session, call.version),
];

export const describeOne = (call: SoapCall): object[] => [describe(call, text(call.args, 'sObjectType') ?? '')];

export const describeMany = (call: SoapCall): object[] => {
  const names = all(call.args, 'sObjectType').map((name) => textOf(name) ?? '');
  if (names.length > MAX_DESCRIBE) {
    throw new PlatformError('LIMIT_EXCEEDED', `cannot describe more than ${MAX_DESCRIBE} objects`, 500);
  }
  return names.map((name) => describe(call, name));
};
