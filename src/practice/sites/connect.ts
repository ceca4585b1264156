/** Sites in the Connect API: `connect/communities` (platform-facts E). */
import type { Row } from '../contracts.js';
import { PlatformError } from '../errors.js';
import { notFound, ok, type Call, type Reply } from '../http/call.js';
import { commit } from '../http/save.js';
import type { Router } from '../rest/router.js';
import type { Author } from '../rules/records.js';
import { to18 } from '../store/ids.js';
import { isFree, TEMPLATES, type NewSite } from './create.js';
import { sitesUnderWay, startJob } from './jobs.js';
import { RESERVED } from './pages.js';

const MAY_SEE_ALL = ['ManageNetworks', 'ViewAllData', 'ModifyAllData'];
const MAY_MANAGE = ['ManageNetworks', 'ModifyAllData'];

/** Lengths of Network.Name and of a path. */
const MAX = { name: 40, urlPathPrefix: 40, description: 255 };

const invalid = (message: string): PlatformError => new PlatformError('INVALID_INPUT', message, 400);

/** @throws PlatformError where the org has no Digital Experiences. */
const requireNetworks = (call: Call): void => {
  if (call.org.catalog.object('Network')) return;
  const message = 'Digital Experiences is not enabled for this organization';
  throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', message, 403);
};

const requireManager = (call: Call): void => {
  requireNetworks(call);
  if (MAY_MANAGE.some((permission) => call.session.has(permission))) return;
  throw new PlatformError('INSUFFICIENT_ACCESS', 'You need the permission to create and set up experiences', 403);
};

const siteUrl = (call: Call, prefix: unknown): string =>
  `${call.rooms.url()}${typeof prefix === 'string' && prefix !== '' ? `/${prefix}` : ''}`;

const show = (call: Call, row: Row): object => ({
  id: row.Id,
  name: row.Name,
  description: row.Description,
  status: row.Status,
  urlPathPrefix: row.UrlPathPrefix,
  siteUrl: siteUrl(call, row.UrlPathPrefix),
  url: `${call.base}/connect/communities/${String(row.Id)}`,
  siteAsContainerEnabled: row.OptionsSiteAsContainerEnabled === 1,
  invitationsEnabled: row.OptionsInvitationsEnabled === 1,
  sendWelcomeEmail: row.OptionsSendWelcomeEmail === 1,
  allowMembersToFlag: row.OptionsAllowMembersToFlag === 1,
});

/** The sites that the caller may see: all, or those of which he is a member. */
const visible = (call: Call): Row[] => {
  requireNetworks(call);
  const all = MAY_SEE_ALL.some((permission) => call.session.has(permission));
  const member = 'SELECT "NetworkId" FROM "NetworkMember" WHERE "MemberId" = ?2';
  return call.org.store
    .sql(`SELECT * FROM "Network" WHERE ?1 = 1 OR "Id" IN (${member}) ORDER BY "Id"`)
    .all(all ? 1 : 0, call.session.user.Id) as Row[];
};

const find = (call: Call): Row => {
  const row = visible(call).find(({ Id }) => Id === to18(call.param('id')));
  if (!row) throw notFound();
  return row;
};

const list = (call: Call): Reply => {
  const communities = visible(call).map((row) => show(call, row));
  return ok({ communities, total: communities.length });
};

const templates = (call: Call): Reply => {
  requireManager(call);
  const found = TEMPLATES.map((templateName) => ({ publisher: 'Salesforce', templateName }));
  return ok({ templates: found, total: found.length });
};

const textField = (body: Record<string, unknown>, name: keyof typeof MAX): string => {
  const value = body[name] ?? '';
  if (typeof value !== 'string') throw invalid(`${name} must be a text`);
  if (value.length > MAX[name]) throw invalid(`${name} is longer than ${MAX[name]} characters`);
  return value.trim();
};

const AUTHENTICATION = ['AUTHENTICATED', 'AUTHENTICATED_WITH_PUBLIC_ACCESS_ENABLED', 'UNAUTHENTICATED'];

/** The template for sites built from scratch asks how visitors log in. */
const checkTemplateParams = (templateName: string, params: unknown): void => {
  if (templateName !== 'Build Your Own (LWR)') return;
  const type = (params as { AuthenticationType?: unknown } | null | undefined)?.AuthenticationType;
  if (typeof type === 'string' && AUTHENTICATION.includes(type)) return;
  throw invalid(`templateParams.AuthenticationType must be one of ${AUTHENTICATION.join(', ')}`);
};

/** @throws PlatformError INVALID_INPUT for what no site can be made of. */
const newSite = (call: Call): NewSite => {
  const body = call.json();
  const name = textField(body, 'name');
  if (name === '') throw invalid('The name of the site is missing');
  const { templateName } = body;
  if (typeof templateName !== 'string' || !TEMPLATES.includes(templateName)) {
    throw invalid(`There is no template ${String(templateName)}`);
  }
  const urlPathPrefix = textField(body, 'urlPathPrefix');
  checkTemplateParams(templateName, body.templateParams);
  if (RESERVED.has(urlPathPrefix.toLowerCase())) throw invalid(`${urlPathPrefix} is a path of the platform`);
  if (!/^\w*$/.test(urlPathPrefix)) throw invalid(`${urlPathPrefix} is no path: letters, digits and underscores only`);
  return { name, urlPathPrefix, templateName, description: textField(body, 'description') || null };
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const requireFree = (call: Call, site: NewSite): void => {
  const clash = sitesUnderWay(call.org.tools).some(
    (other) => same(other.name, site.name) || same(other.urlPathPrefix, site.urlPathPrefix)
  );
  if (!clash && isFree(call.org.tools, site)) return;
  throw invalid('A site with this name or URL exists already');
};

const authorOf = (call: Call): Author => ({
  tools: call.org.tools,
  userId: call.session.user.Id,
  now: call.org.clock.stamp(),
});

const create = (call: Call): Reply => {
  requireManager(call);
  const site = newSite(call);
  requireFree(call, site);
  const jobId = commit(call.rooms, call.occasion, () => startJob(authorOf(call), site.name, { create: site }));
  return { status: 202, body: { jobId, message: 'Your Site is being created.', name: site.name } };
};

const publish = (call: Call): Reply => {
  requireManager(call);
  const { Id, Name, UrlPathPrefix } = find(call);
  const job = { publish: String(Id) };
  const jobId = commit(call.rooms, call.occasion, () => startJob(authorOf(call), String(Name), job));
  const message = 'We are publishing your changes now. You will receive an email confirmation when they are live.';
  return ok({ id: Id, jobId, message, name: Name, url: siteUrl(call, UrlPathPrefix) });
};

/** Registers them. A site cannot be changed here: PATCH is 405 (platform-facts E). */
export const connectRoutes = (router: Router): Router =>
  router
    .add('connect/communities', { GET: list, POST: create })
    .add('connect/communities/templates', { GET: templates })
    .add('connect/communities/:id', { GET: (call) => ok(show(call, find(call))) })
    .add('connect/communities/:id/publish', { POST: publish });
