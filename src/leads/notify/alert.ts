/** The e-mail alert that mails owners, and its template: those of the org, or ours where the org lacks them. */
import type { Connection } from '@salesforce/core';
import {
  all,
  any,
  compare,
  listOf,
  queryAll,
  retrieveMetadata,
  select,
  textOf,
  textsOf,
  type MetadataBody,
} from '../../org/read/index.js';
import { NotifyError } from './errors.js';

/** API name of the alert and of the template that we bring. Once they are there they are the customer's: nothing is written over. */
export const OUR_NAME = 'Channel_Desk_Lead_Assigned';

const UNFILED = 'unfiled$public';

export type Template = {
  /** Absent where the plan brings it. */
  id?: string;
  /** With its folder before it. */
  fullName: string;
  subject: string;
  body: string;
};

export type ChosenAlert = {
  name: string;
  /** Whether the org has it already. */
  exists: boolean;
  template: Template;
  /** Who else gets each mail, in words; each is one more mail. */
  others: string[];
  /** Recipients whose number nobody can tell before. */
  uncounted: string[];
};

/**
 * @param wanted API name of an alert for leads, or API name or name of a template; ours where absent
 * @param partnerUrl where partners find their site, for the text of our template
 * @throws NotifyError; the org's error where metadata may not be read
 */
export async function chooseAlert(
  conn: Connection,
  wanted: string | undefined,
  partnerUrl: string | undefined
): Promise<ChosenAlert> {
  const known = await readAlert(conn, wanted ?? OUR_NAME);
  if (known) return known;
  const template = await findTemplate(conn, wanted ?? OUR_NAME);
  if (!template && wanted !== undefined) throw new NotifyError('unknownTemplate', [wanted]);
  const { fullName } = template ?? { fullName: '' };
  const name = template ? alertNameFor(fullName) : OUR_NAME;
  const own = wanted === undefined ? undefined : await readAlert(conn, name);
  return own ?? { name, exists: false, template: template ?? ourTemplate(partnerUrl), others: [], uncounted: [] };
}

/** An alert for a template of the customer has our prefix. */
function alertNameFor(fullName: string): string {
  const name = fullName.slice(fullName.lastIndexOf('/') + 1);
  return name === OUR_NAME ? OUR_NAME : `Channel_Desk_${name}`.slice(0, 80).replace(/_+$/, '');
}

const ourTemplate = (partnerUrl: string | undefined): Template => ({
  fullName: `${UNFILED}/${OUR_NAME}`,
  subject: 'A lead for you: {!Lead.Name}',
  body: [
    'This lead has been given to you.',
    '',
    'Name: {!Lead.Name}',
    'Company: {!Lead.Company}',
    'Status: {!Lead.Status}',
    '',
    'Open it: {!Lead.Link}',
    ...(partnerUrl === undefined ? [] : [`As a partner, open it here: ${partnerUrl}/s/detail/{!Lead.Id}`]),
  ].join('\n'),
});

async function readAlert(conn: Connection, name: string): Promise<ChosenAlert | undefined> {
  if (!/^\w+$/.test(name)) return undefined;
  const files = await retrieveMetadata(conn, { WorkflowAlert: [`Lead.${name}`] });
  const alerts = files.flatMap(({ body }) => listOf(body, 'alerts'));
  const alert = alerts.find((one) => textOf(one, 'fullName')?.toLowerCase() === name.toLowerCase());
  if (!alert) return undefined;
  const fullName = textOf(alert, 'template') ?? '';
  const template = await findTemplate(conn, fullName.slice(fullName.lastIndexOf('/') + 1));
  if (!template) throw new NotifyError('unreadable', [name, fullName]);
  return { name: textOf(alert, 'fullName') ?? name, exists: true, template, ...recipientsOf(alert, name) };
}

/** Recipients beside the owner. */
function recipientsOf(alert: MetadataBody, name: string): Pick<ChosenAlert, 'others' | 'uncounted'> {
  const recipients = listOf(alert, 'recipients').map((one) => ({
    type: textOf(one, 'type') ?? '',
    who: textOf(one, 'recipient') ?? textOf(one, 'field') ?? '',
  }));
  if (!recipients.some(({ type }) => type === 'owner')) throw new NotifyError('notToOwner', [name]);
  const rest = recipients.filter(({ type }) => type !== 'owner');
  const single = new Set(['user', 'creator', 'email']);
  const words = (one: (typeof rest)[number]): string => `${one.type} ${one.who}`.trim();
  return {
    others: [...rest.filter(({ type }) => single.has(type)).map(words), ...textsOf(alert, 'ccEmails')],
    uncounted: rest.filter(({ type }) => !single.has(type)).map(words),
  };
}

type Row = {
  Id: string;
  DeveloperName: string;
  FolderId: string;
  Subject: string | null;
  Body: string | null;
  HtmlValue: string | null;
};

async function findTemplate(conn: Connection, name: string): Promise<Template | undefined> {
  const where = all(
    compare('IsActive', '=', true),
    any(compare('DeveloperName', '=', name), compare('Name', '=', name))
  );
  const fields = ['Id', 'DeveloperName', 'FolderId', 'Subject', 'Body', 'HtmlValue'];
  const [row] = await queryAll<Row>(conn, select({ from: 'EmailTemplate', fields, where, orderBy: ['Id'] }));
  if (!row) return undefined;
  const folder = await folderOf(conn, row.FolderId);
  return {
    id: row.Id,
    fullName: `${folder}/${row.DeveloperName}`,
    subject: row.Subject ?? '',
    body: row.HtmlValue ?? row.Body ?? '',
  };
}

/** Templates without a folder name the org as theirs. */
async function folderOf(conn: Connection, id: string): Promise<string> {
  if (!id.startsWith('00l')) return UNFILED;
  const soql = select({ from: 'Folder', fields: ['DeveloperName'], where: compare('Id', '=', id) });
  const [folder] = await queryAll<{ DeveloperName: string }>(conn, soql);
  return folder?.DeveloperName ?? UNFILED;
}
