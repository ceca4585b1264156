/** Mail alerts: to whom they go, and sending them (platform-facts D1). */
import type { ObjectDef } from '../catalog/types.js';
import type { Row, Session } from '../contracts.js';
import type { Body } from '../metadata/types.js';
import { bodiesAt, textAt, textOf, textsAt } from '../metadata/xml/read.js';
import type { SaveTools } from '../save/context.js';
import { queueAddresses, userAddress } from './recipients.js';
import { render, templateByName } from './templates.js';

/** Sender where an alert names the default workflow user and the org has none. */
const DEFAULT_SENDER = 'noreply@practice.invalid';

/** Counter of `/limits` for mails of alerts. */
export const ALERT_LIMIT = 'DailyWorkflowEmails';

/** Definition of an alert by its full name, such as `Lead.Tell_Owner`. */
export const alertOf = (tools: SaveTools, fullName: string): Body | undefined =>
  tools.components.find('WorkflowAlert', fullName)?.body;

/** Addresses of an owner, as he is now; an inactive one gets nothing. */
const addressesOfOwner = (tools: SaveTools, id: string): string[] => {
  if (!id.startsWith('00G')) return userAddress(tools, 'Id', id);
  const row = tools.store.sql('SELECT "Email" FROM "Group" WHERE "Id" = ?').get(id);
  return row ? queueAddresses(tools, { id, email: row.Email === null ? null : String(row.Email) }) : [];
};

const addressesOf = (tools: SaveTools, row: Row, recipient: Body): string[] => {
  switch (textOf(recipient, 'type')) {
    case 'owner':
      return addressesOfOwner(tools, String(row.OwnerId));
    case 'creator':
      return userAddress(tools, 'Id', String(row.CreatedById));
    case 'user':
      return userAddress(tools, 'Username', textOf(recipient, 'recipient'));
    default: {
      const value = row[textOf(recipient, 'field')];
      return typeof value === 'string' ? [value] : [];
    }
  }
};

const senderOf = (alert: Body, session: Session): string => {
  const type = textAt(alert, 'senderType') ?? 'CurrentUser';
  if (type === 'CurrentUser') return session.user.Username;
  return type === 'OrgWideEmailAddress' ? textOf(alert, 'senderAddress') : DEFAULT_SENDER;
};

/** What sending an alert needs. */
export type AlertCall = {
  tools: SaveTools;
  session: Session;
  def: ObjectDef;
  alert: Body;
  /** Mails that the day still allows; sending takes from it. */
  left: number;
};

/** Sends the mail of an alert about one record. Nobody to send it to is no error. */
export const sendAlert = (call: AlertCall, row: Row): void => {
  const { tools, session, def, alert } = call;
  const template = templateByName(tools, textOf(alert, 'template'));
  const found = bodiesAt(alert, 'recipients').flatMap((recipient) => addressesOf(tools, row, recipient));
  const to = [...new Set([...found, ...textsAt(alert, 'ccEmails')])];
  if (!template || to.length === 0) return;
  // Beyond the daily limit mails are thrown away, and nobody is told by the call (help, email alert limits). [S2]
  const spent = call.left < to.length ? 'The daily limit of workflow emails has been reached' : undefined;
  const mail = render(tools, template, { def, id: String(row.Id), senderId: session.user.Id });
  const [from, relatedId] = [senderOf(alert, session), String(row.Id)];
  tools.outbox.send({ kind: 'email-alert', template: template.developerName, to, from, ...mail, relatedId }, spent);
  call.left = spent ? 0 : call.left - to.length;
};
