/** `ui-api/related-list-records/{id}/{list}`: records below a record, page by page. */
import type { FieldDef, ObjectDef } from '../catalog/types.js';
import { PlatformError } from '../errors.js';
import { NotSupported, notFound, ok, type Call, type Reply } from '../http/call.js';
import { queryOptions } from '../rest/objects.js';
import { quote } from '../soql/literals.js';
import { to18 } from '../store/ids.js';
import { noRecordAccess } from './errors.js';
import { isShown } from './objects.js';
import { addPath, columnsOf, emptyTree, pathOf, treeOf } from './paths.js';
import { bodiesFor } from './record.js';
import { listOf, objectOfId } from './records.js';

const PAGE = { usual: 50, most: 1999 };

type List = { child: ObjectDef; field: FieldDef };

/** The list behind the name of a relationship. @throws PlatformError NOT_FOUND */
const listFor = (call: Call, parent: ObjectDef, name: string): List => {
  for (const def of call.org.catalog.objects()) {
    if (!isShown(def, call.session)) continue;
    const child = call.session.view(def);
    for (const field of child.fields.values()) {
      const matches = field.childRelationshipName?.toLowerCase() === name.toLowerCase();
      if (matches && field.referenceTo.includes(parent.name)) return { child, field };
    }
  }
  throw notFound(`${parent.name} has no related list ${name}`);
};

const numberOf = (call: Call, name: string, usual: number, most: number): number => {
  const raw = call.query.get(name);
  if (raw === null) return usual;
  const value = Number(raw);
  if (!/^\d+$/.test(raw) || value > most) throw new PlatformError('INVALID_PARAMETER', `Bad ${name}: ${raw}`);
  return value;
};

/** `Contact.Name` or `-Contact.Name`; the id comes last, so that pages neither repeat nor lose a record. */
const orderOf = (call: Call, child: ObjectDef): { sortBy: string[]; text: string } => {
  const sortBy = listOf(call, 'sortBy');
  const terms = sortBy.map((spec) => {
    const path = pathOf(child, spec.replace(/^-/, ''));
    addPath(call.org, call.session, emptyTree(child), path);
    return `${path.join('.')}${spec.startsWith('-') ? ' DESC' : ''}`;
  });
  return { sortBy, text: [...terms, 'Id'].join(', ') };
};

const requireParent = (call: Call, parent: ObjectDef, id: string): void => {
  const text = `SELECT Id FROM ${parent.name} WHERE Id = ${quote(id)}`;
  if (call.org.queries.whole(text, queryOptions(call)).records.length > 0) return;
  if (call.org.store.find(call.org.catalog.require(parent.name), to18(id))) throw noRecordAccess();
  throw notFound();
};

/** Pages are numbered by the records before them. */
const pagesOf = (from: number, size: number, isMore: boolean, url: (token: number) => string): object => {
  const before = Math.max(0, from - size);
  return {
    currentPageToken: String(from),
    currentPageUrl: url(from),
    nextPageToken: isMore ? String(from + size) : null,
    nextPageUrl: isMore ? url(from + size) : null,
    previousPageToken: from > 0 ? String(before) : null,
    previousPageUrl: from > 0 ? url(before) : null,
  };
};

const referenceOf = (parent: ObjectDef, id: string, name: string): object => ({
  id: null,
  inContextOfRecordId: id,
  parentApiName: parent.name,
  parentObjectApiName: parent.name,
  recordTypeId: null,
  relatedListId: name,
  type: 'relatedList',
});

const get = (call: Call): Reply => {
  if (call.query.has('where')) throw new NotSupported('The parameter where of related lists');
  const [id, name] = [call.param('id'), call.param('list')];
  const parent = objectOfId(call, id);
  const { child, field } = listFor(call, parent, name);
  requireParent(call, parent, id);
  const [fields, optional] = [listOf(call, 'fields'), listOf(call, 'optionalFields')];
  const tree = treeOf(call.org, call.session, child, { fields, optional });
  const { sortBy, text } = orderOf(call, child);
  const size = numberOf(call, 'pageSize', PAGE.usual, PAGE.most);
  const from = numberOf(call, 'pageToken', 0, Number.MAX_SAFE_INTEGER);
  const soql = `SELECT ${columnsOf(tree).join(', ')} FROM ${child.name} WHERE ${field.name} = ${quote(id)} ORDER BY ${text}`;
  const slice = { offset: from, limit: size + 1 };
  const { records } = call.org.queries.whole(soql, queryOptions(call, { slice }));
  const shown = records.slice(0, size);
  const url = (token: number): string =>
    `${call.base}/ui-api/related-list-records/${id}/${name}?fields=${fields.join(',')}` +
    `&optionalFields=${optional.join(',')}&pageSize=${size}&pageToken=${token}&sortBy=${sortBy.join(',')}`;
  return ok({
    count: shown.length,
    ...pagesOf(from, size, records.length > size, url),
    fields,
    listInfoETag: '',
    listReference: referenceOf(parent, id, name),
    optionalFields: optional,
    pageSize: size,
    records: shown.map(bodiesFor(call.org, call.session, tree)),
    sortBy,
  });
};

export const relatedListHandlers = { get };
