/** Assignment rules of leads and cases (platform-facts G). They are kept; the assigner evaluates them. */
import { checkEntry } from '../../assignment/entries.js';
import { templateByName } from '../../mail/templates.js';
import { eraseRecords, insertRecord, textFrom, updateRecord } from '../../rules/records.js';
import type { ObjectDef } from '../../catalog/types.js';
import type { SaveTools } from '../../save/context.js';
import { fromTheStart, listRecords } from '../listing.js';
import { splitName, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { notFound, Problem } from '../problem.js';
import type { Body } from '../types.js';
import { bodiesAt, flagAt, textAt } from '../xml/read.js';

const OBJECTS = ['Case', 'Lead'];
const NAME_LENGTH = 120;

/** Entries of all rules of an object; the figure is a secondary one (platform-facts G). */
const MOST_ENTRIES = 3000;

const ROW = 'SELECT "Id" FROM "AssignmentRule" WHERE "SobjectType" = ? AND "Name" = ?';

/** Elements of entries that belong to other kinds of rules, or to teams that the org does not have. */
const REFUSED = [
  'businessHours',
  'businessHoursSource',
  'disableEscalationWhenModified',
  'escalationAction',
  'escalationStartTime',
  'overrideExistingTeams',
  'replyToEmail',
  'senderEmail',
  'senderName',
  'team',
];

const objectOf = (tools: SaveTools, name: string): ObjectDef => {
  if (!OBJECTS.includes(name)) throw new Problem(`Assignment rules are not available for ${name}`);
  return tools.catalog.require(name);
};

const checkTarget = (tools: SaveTools, def: ObjectDef, entry: Body): void => {
  const name = textAt(entry, 'assignedTo');
  // An entry without a target ends the rule: nobody is assigned.
  if (!name) return;
  if (textAt(entry, 'assignedToType') === 'User') {
    if (!textFrom(tools, 'SELECT "Id" FROM "User" WHERE "Username" = ? AND "IsActive" = 1', name))
      throw notFound('assignedTo', 'User', name);
    return;
  }
  const id = textFrom(tools, `SELECT "Id" FROM "Group" WHERE "Type" = 'Queue' AND "DeveloperName" = ?`, name);
  if (!id) throw notFound('assignedTo', 'Queue', name);
  if (textFrom(tools, 'SELECT "Id" FROM "QueueSobject" WHERE "QueueId" = ? AND "SobjectType" = ?', id, def.name))
    return;
  throw new Problem(`In field: assignedTo - queue ${name} does not support ${def.name}`);
};

const checkTemplate = (tools: SaveTools, name: string | undefined): void => {
  if (name && !templateByName(tools, name)) throw notFound('template', 'EmailTemplate', name);
};

const check = (tools: SaveTools, def: ObjectDef, { fullName, body }: Incoming): void => {
  if (splitName(fullName).name.length > NAME_LENGTH)
    throw new Problem(`Rule Name: data value too large (max length=${NAME_LENGTH})`);
  const entries = bodiesAt(body, 'ruleEntry');
  if (entries.length > MOST_ENTRIES)
    throw new Problem(
      `Maximum number of rule entries exceeded: ${MOST_ENTRIES}`,
      undefined,
      'MAX_RULE_ENTRIES_EXCEEDED'
    );
  for (const entry of entries) {
    const element = REFUSED.find((name) => entry[name] !== undefined && textAt(entry, name) !== 'false');
    if (element) throw new Problem(`${element} is not allowed in assignment rules of ${def.name}`);
    checkTarget(tools, def, entry);
    checkTemplate(tools, textAt(entry, 'template'));
    checkEntry(def, entry, (sql) => tools.store.db.prepare(sql));
  }
};

/** One active rule an object: a rule that is switched on switches the others off. */
const deactivateOthers = ({ tools, author }: Work, object: string, name: string): void => {
  for (const row of tools.store
    .sql('SELECT "Id", "Name" FROM "AssignmentRule" WHERE "SobjectType" = ? AND "Active" = 1')
    .all(object)) {
    if (String(row.Name) === name) continue;
    updateRecord(author, 'AssignmentRule', String(row.Id), { Active: false });
    const other = tools.components.find('AssignmentRule', `${object}.${String(row.Name)}`);
    if (other) tools.components.put(author, { ...other, body: { ...other.body, active: 'false' } });
  }
};

const write = (work: Work, incoming: Incoming): Written => {
  const { tools, author } = work;
  const { object, name } = splitName(incoming.fullName);
  const def = objectOf(tools, object);
  check(tools, def, incoming);
  const Active = flagAt(incoming.body, 'active') ?? false;
  const known = textFrom(tools, ROW, object, name);
  const id = known ?? insertRecord(author, 'AssignmentRule', { Name: name, SobjectType: object, Active });
  const written = tools.components.put(author, { type: 'AssignmentRule', ...incoming, id });
  if (known && written.changed) updateRecord(author, 'AssignmentRule', id, { Active });
  if (Active) deactivateOthers(work, object, name);
  return { ...written, created: !known };
};

/** A rule that came with the org has no entries stored. */
const read = (tools: SaveTools, fullName: string): Body | undefined => {
  const { object, name } = splitName(fullName);
  const id = textFrom(tools, ROW, object, name);
  if (!id) return undefined;
  const active = textFrom(tools, 'SELECT "Active" FROM "AssignmentRule" WHERE "Id" = ?', id) === '1';
  return tools.components.find('AssignmentRule', fullName)?.body ?? { active: String(active) };
};

const remove = ({ tools }: Work, fullName: string): boolean => {
  const { object, name } = splitName(fullName);
  const id = textFrom(tools, ROW, object, name);
  if (!id) return false;
  eraseRecords(tools, 'AssignmentRule', 'Id', id);
  tools.components.remove('AssignmentRule', fullName);
  return true;
};

const NEEDS = ['CustomizeApplication', 'ModifyAllData'];

export const assignmentRule: Kind = {
  name: 'AssignmentRule',
  parent: 'AssignmentRules',
  order: 71,
  needs: NEEDS,
  list: (tools) => listRecords(tools, 'AssignmentRule', `"SobjectType" || '.' || "Name"`, '1'),
  read,
  write,
  remove,
};

export const assignmentRules: Kind = {
  name: 'AssignmentRules',
  place: { directory: 'assignmentRules', suffix: 'assignmentRules' },
  parts: { assignmentRule: 'AssignmentRule' },
  order: 70,
  needs: NEEDS,
  list: (tools) => OBJECTS.map((name) => fromTheStart(tools, name)),
  read: (_tools, fullName) => (OBJECTS.includes(fullName) ? {} : undefined),
  write: ({ tools }, { fullName }) => {
    objectOf(tools, fullName);
    return { id: '', created: false, changed: false };
  },
};
