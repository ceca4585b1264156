/** Mails about users: to new members of sites, to new users of the org, and with the link of a reset password (C7). */
import type { SaveTools } from '../save/context.js';

/** Templates of the platform itself, for those who belong to no site. */
const SYSTEM_TEMPLATES = { newUser: 'SystemNewUserEmail', reset: 'SystemResetPasswordEmail' };

const SYSTEM_SENDER = 'noreply@practice.invalid';

type Recipient = { id: string; username: string; email: string; portal: boolean };

/** A site as a mail speaks of it. */
type Site = { id: string; name: string; prefix: string; sender: string };

const recipientOf = (tools: SaveTools, userId: string): Recipient | undefined => {
  const row = tools.store
    .sql('SELECT "Username", "Email", "ContactId" FROM "User" WHERE "Id" = ? AND "IsActive" = 1')
    .get(userId);
  if (!row?.Email) return undefined;
  return { id: userId, username: String(row.Username), email: String(row.Email), portal: row.ContactId !== null };
};

const toSite = (row: Record<string, unknown>): Site => ({
  id: String(row.Id),
  name: String(row.Name),
  prefix: typeof row.UrlPathPrefix === 'string' ? row.UrlPathPrefix : '',
  sender: typeof row.EmailSenderAddress === 'string' ? row.EmailSenderAddress : SYSTEM_SENDER,
});

const SITE_FIELDS = 'n."Id", n."Name", n."UrlPathPrefix", n."EmailSenderAddress"';

/** The site whose pages a portal user can open: the oldest Live one of which he is a member. */
const siteOf = (tools: SaveTools, user: Recipient): Site | undefined => {
  if (!user.portal) return undefined;
  const row = tools.store
    .sql(
      `SELECT ${SITE_FIELDS} FROM "Network" n JOIN "NetworkMember" m ON m."NetworkId" = n."Id"
       WHERE m."MemberId" = ? AND n."Status" = 'Live' ORDER BY n."Id" LIMIT 1`
    )
    .get(user.id);
  return row && toSite(row);
};

/** Developer name of a template that a site uses. */
const templateOf = (tools: SaveTools, site: Site, field: string): string => {
  const row = tools.store
    .sql(
      `SELECT t."DeveloperName" AS name FROM "Network" n JOIN "EmailTemplate" t ON t."Id" = n."${field}" WHERE n."Id" = ?`
    )
    .get(site.id);
  return row ? String(row.name) : field.replace(/Id$/, '');
};

/** Path of the login page of a site, with or without a prefix. */
export const loginPath = (prefix: string): string => (prefix === '' ? '/login' : `/${prefix}/login`);

/** Login page for those who belong to the company. */
export const INTERNAL_LOGIN = '/secur/login';

const linkFor = (tools: SaveTools, kind: string, user: Recipient, site: Site | undefined): string => {
  const code = tools.links.issue(kind, { userId: user.id, networkId: site?.id ?? null });
  return `${site ? loginPath(site.prefix) : INTERNAL_LOGIN}?c=${code}`;
};

/** Welcomes a new member, where the site is Live and says so. */
export const mailWelcome = (tools: SaveTools, networkId: string, userId: string): void => {
  const row = tools.store
    .sql(
      `SELECT ${SITE_FIELDS} FROM "Network" n WHERE n."Id" = ? AND n."Status" = 'Live' AND n."OptionsSendWelcomeEmail" = 1`
    )
    .get(networkId);
  const user = recipientOf(tools, userId);
  if (!row || !user) return;
  const site = toSite(row);
  tools.outbox.send({
    kind: 'welcome',
    template: templateOf(tools, site, 'WelcomeEmailTemplateId'),
    to: [user.email],
    from: site.sender,
    subject: `Welcome to ${site.name}`,
    body: `You are now a member of ${site.name}. Your username is ${user.username}.\nLog in within 24 hours:`,
    link: linkFor(tools, 'welcome', user, site),
    relatedId: userId,
  });
};

/** Sends the link by which a user whose password was reset comes in. */
export const mailReset = (tools: SaveTools, userId: string): void => {
  const user = recipientOf(tools, userId);
  if (!user) return;
  const site = siteOf(tools, user);
  tools.outbox.send({
    kind: 'password-reset',
    template: site ? templateOf(tools, site, 'ForgotPasswordEmailTemplateId') : SYSTEM_TEMPLATES.reset,
    to: [user.email],
    from: site?.sender ?? SYSTEM_SENDER,
    subject: 'Your password was reset',
    body: `Your username is ${user.username}.\nLog in within 24 hours and choose a new password:`,
    link: linkFor(tools, 'password-reset', user, site),
    relatedId: userId,
  });
};

/** Tells a new user of his account. */
export const mailNewUser = (tools: SaveTools, userId: string, from: string): void => {
  const user = recipientOf(tools, userId);
  if (!user) return;
  tools.outbox.send({
    kind: 'new-user',
    template: SYSTEM_TEMPLATES.newUser,
    to: [user.email],
    from,
    subject: 'Your new account',
    body: `An account was made for you. Your username is ${user.username}.\nLog in within 24 hours:`,
    link: linkFor(tools, 'new-user', user, siteOf(tools, user)),
    relatedId: userId,
  });
};
