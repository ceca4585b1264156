/** A new site: what it is made from and what it has at first (platform-facts E). */
import { menuName } from '../rules/navigation.js';
import { insertRecord, textFrom, type Author } from '../rules/records.js';
import type { SaveTools } from '../save/context.js';

export type NewSite = { name: string; urlPathPrefix: string; templateName: string; description: string | null };

/** Templates of Experience Builder sites, and the one of sites made of tabs and Visualforce pages. */
export const TEMPLATES = [
  'Aloha',
  'Build Your Own',
  'Build Your Own (LWR)',
  'Customer Account Portal',
  'Customer Service',
  'Help Center',
  'Microsite (LWR)',
  'Partner Central',
  'Salesforce Tabs + Visualforce',
];

/** Whether no site has the name or the path yet. */
export const isFree = (tools: SaveTools, { name, urlPathPrefix }: NewSite): boolean =>
  textFrom(
    tools,
    `SELECT "Id" FROM "Network" WHERE "Name" = ?1 COLLATE NOCASE OR ifnull("UrlPathPrefix", '') = ?2 COLLATE NOCASE`,
    name,
    urlPathPrefix
  ) === undefined;

/** Templates of mails that every org has, made when the first site needs them. */
const MAILS = {
  WelcomeEmailTemplateId: 'CommunityWelcomeEmailTemplate',
  ForgotPasswordEmailTemplateId: 'CommunityForgotPasswordEmailTemplate',
  ChangePasswordEmailTemplateId: 'CommunityChangePasswordEmailTemplate',
};

const mailTemplate = (author: Author, DeveloperName: string): string =>
  textFrom(author.tools, 'SELECT "Id" FROM "EmailTemplate" WHERE "DeveloperName" = ?', DeveloperName) ??
  insertRecord(author, 'EmailTemplate', {
    Name: DeveloperName.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '),
    DeveloperName,
    FolderId: null,
    TemplateType: 'text',
    TemplateStyle: 'none',
    IsActive: true,
    Subject: 'Your site',
  });

/** The profile of who made a site is a member from the start. [M] */
const addMaker = (author: Author, NetworkId: string): void => {
  const ParentId = textFrom(author.tools, 'SELECT "ProfileId" FROM "User" WHERE "Id" = ?', author.userId)!;
  insertRecord(author, 'NetworkMemberGroup', { NetworkId, ParentId, AssignmentStatus: 'Added' });
  const members = author.tools.store.sql('SELECT "Id" FROM "User" WHERE "ProfileId" = ? ORDER BY "Id"').all(ParentId);
  for (const { Id } of members) insertRecord(author, 'NetworkMember', { NetworkId, MemberId: String(Id) });
};

/** Templates of the Experience Builder bring a menu; it is empty. */
const addMenu = (author: Author, { templateName }: NewSite, NetworkId: string): void => {
  if (templateName === 'Salesforce Tabs + Visualforce') return;
  const menu = { DeveloperName: menuName(author), MasterLabel: 'Default Navigation', NetworkId };
  insertRecord(author, 'NavigationLinkSet', menu);
};

/** Adds the site in preview. */
export const addSite = (author: Author, site: NewSite): string => {
  const maker = author.tools.store.sql('SELECT "Name", "Email" FROM "User" WHERE "Id" = ?').get(author.userId)!;
  const mails = Object.entries(MAILS).map(([field, name]) => [field, mailTemplate(author, name)]);
  const id = insertRecord(author, 'Network', {
    Name: site.name,
    UrlPathPrefix: site.urlPathPrefix,
    Description: site.description,
    Status: 'UnderConstruction',
    EmailSenderName: String(maker.Name),
    EmailSenderAddress: String(maker.Email),
    OptionsSendWelcomeEmail: true,
    ...(Object.fromEntries(mails) as Record<string, string>),
  });
  addMaker(author, id);
  addMenu(author, site, id);
  return id;
};
