/** List views: kept as they are, with a row that queries see. */
import { eraseRecords, insertRecord, textFrom, updateRecord } from '../../rules/records.js';
import { listComponents } from '../listing.js';
import { checkApiName, splitName, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { notFound, Problem } from '../problem.js';
import { namesIn, sharedToId } from '../shared-to.js';
import { bodyAt, textAt, textOf } from '../xml/read.js';

const LABEL_LENGTH = 40;

const check = (work: Work, { body }: Incoming): void => {
  const label = textOf(body, 'label');
  if (label.length > LABEL_LENGTH)
    throw new Problem(`View Name: data value too large: ${label} (max length=${LABEL_LENGTH})`);
  for (const name of namesIn(bodyAt(body, 'sharedTo') ?? {})) sharedToId(work.author, name);
  const queue = textAt(body, 'queue');
  const sql = `SELECT "Id" FROM "Group" WHERE "Type" = 'Queue' AND "DeveloperName" = ?`;
  if (queue && !textFrom(work.tools, sql, queue)) throw notFound('queue', 'Queue', queue);
};

const write = (work: Work, incoming: Incoming): Written => {
  const { tools, author } = work;
  const { object, name } = splitName(incoming.fullName);
  const def = tools.catalog.object(object);
  if (!def) throw new Problem(`Entity name: ${object} not found`);
  checkApiName(name);
  check(work, incoming);
  const row = { Name: textOf(incoming.body, 'label'), DeveloperName: name, SobjectType: def.name };
  const before = tools.components.find('ListView', incoming.fullName);
  const id = before?.id ?? insertRecord(author, 'ListView', { ...row, IsSoqlCompatible: true });
  const written = tools.components.put(author, { type: 'ListView', ...incoming, id });
  if (before && written.changed) updateRecord(author, 'ListView', id, row);
  return written;
};

export const listView: Kind = {
  name: 'ListView',
  parent: 'CustomObject',
  order: 80,
  needs: ['CustomizeApplication', 'ModifyAllData'],
  list: (tools) => listComponents(tools, 'ListView'),
  read: (tools, fullName) => tools.components.find('ListView', fullName)?.body,
  write,
  remove: ({ tools }, fullName) => {
    const before = tools.components.find('ListView', fullName);
    if (before) eraseRecords(tools, 'ListView', 'Id', before.id);
    return tools.components.remove('ListView', fullName);
  },
};
