/** Workflow files: the mail alerts in them; rules, tasks and the like are refused (platform-facts D1). */
import { alertOf } from '../../mail/alerts.js';
import { templateByName } from '../../mail/templates.js';
import { textFrom } from '../../rules/records.js';
import type { ObjectDef } from '../../catalog/types.js';
import type { SaveTools } from '../../save/context.js';
import { isEmailShaped } from '../../save/values.js';
import { checkApiName, splitName, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { fromTheStart, listComponents } from '../listing.js';
import { notFound, Problem, required } from '../problem.js';
import type { Body } from '../types.js';
import { bodiesAt, textAt, textOf, textsAt } from '../xml/read.js';

const DESCRIPTION_LENGTH = 255;
const MOST_CC = 5;

/** Recipients that the org knows how to find. */
const RECIPIENTS = new Set(['owner', 'creator', 'user', 'email']);

const objectOf = (tools: SaveTools, name: string): ObjectDef => {
  const def = tools.catalog.object(name);
  // Workflow is about records that somebody owns.
  if (def?.fields.has('ownerid') && !def.setup) return def;
  throw new Problem(`Entity name: ${name} not found`);
};

const checkRecipient = (tools: SaveTools, def: ObjectDef, recipient: Body): void => {
  const type = textOf(recipient, 'type');
  if (!RECIPIENTS.has(type)) throw new Problem(`Recipients of type ${type} are not supported by the practice org`);
  if (type === 'user') {
    const name = textAt(recipient, 'recipient');
    if (!name) throw required('recipient');
    const sql = 'SELECT "Id" FROM "User" WHERE "Username" = ? AND "IsActive" = 1';
    if (!textFrom(tools, sql, name)) throw notFound('recipient', 'User', name);
  }
  if (type === 'email') {
    const field = textAt(recipient, 'field') ?? '';
    if (def.fields.get(field.toLowerCase())?.type !== 'email') throw notFound('field', 'email field', field);
  }
};

const checkSender = (tools: SaveTools, body: Body): void => {
  const address = textAt(body, 'senderAddress');
  if (textAt(body, 'senderType') !== 'OrgWideEmailAddress') {
    if (address) throw new Problem('senderAddress is only allowed with the senderType OrgWideEmailAddress');
    return;
  }
  if (!address) throw required('senderAddress');
  const known = textFrom(tools, 'SELECT "Id" FROM "OrgWideEmailAddress" WHERE "Address" = ?', address);
  if (!known) throw notFound('senderAddress', 'OrgWideEmailAddress', address);
};

const checkCopies = (addresses: string[]): void => {
  if (addresses.length > MOST_CC) throw new Problem(`At most ${MOST_CC} ccEmails are allowed`);
  const bad = addresses.find((address) => !isEmailShaped(address));
  if (bad !== undefined) throw new Problem(`Invalid email address: ${bad}`);
};

const check = (tools: SaveTools, def: ObjectDef, body: Body): void => {
  if (textAt(body, 'promptTemplateVersion')) {
    throw new Problem('promptTemplateVersion is not supported by the practice org');
  }
  if (textOf(body, 'description').length > DESCRIPTION_LENGTH) {
    throw new Problem(`Description: data value too large (max length=${DESCRIPTION_LENGTH})`);
  }
  const template = textOf(body, 'template');
  if (!templateByName(tools, template)) throw notFound('template', 'EmailTemplate', template);
  const recipients = bodiesAt(body, 'recipients');
  for (const recipient of recipients) checkRecipient(tools, def, recipient);
  checkSender(tools, body);
  const copies = textsAt(body, 'ccEmails');
  checkCopies(copies);
  if (recipients.length + copies.length === 0) throw new Problem('An email alert needs at least one recipient');
};

const write = ({ tools, author }: Work, { fullName, body }: Incoming): Written => {
  const { object, name } = splitName(fullName);
  const def = objectOf(tools, object);
  checkApiName(name);
  check(tools, def, body);
  return tools.components.put(author, { type: 'WorkflowAlert', fullName: `${def.name}.${name}`, body });
};

const NEEDS = ['CustomizeApplication', 'ModifyAllData'];

export const workflowAlert: Kind = {
  name: 'WorkflowAlert',
  parent: 'Workflow',
  order: 61,
  needs: NEEDS,
  list: (tools) => listComponents(tools, 'WorkflowAlert'),
  read: (tools, fullName) => alertOf(tools, fullName),
  write,
  remove: ({ tools }, fullName) => tools.components.remove('WorkflowAlert', fullName),
};

/** Objects that have alerts: a file for each. */
const objects = (tools: SaveTools): string[] => [
  ...new Set(tools.components.list('WorkflowAlert').map(({ fullName }) => splitName(fullName).object)),
];

export const workflow: Kind = {
  name: 'Workflow',
  place: { directory: 'workflows', suffix: 'workflow' },
  parts: { alerts: 'WorkflowAlert' },
  order: 60,
  needs: NEEDS,
  list: (tools) => objects(tools).map((name) => fromTheStart(tools, name)),
  read: (tools, fullName) => (objects(tools).includes(fullName) ? {} : undefined),
  write: ({ tools }, { fullName, body }) => {
    objectOf(tools, fullName);
    const [element] = Object.keys(body).filter((name) => name !== 'fullName');
    if (element) throw new Problem(`${element} of workflows are not supported by the practice org`);
    return { id: '', created: false, changed: false };
  },
};
