/** Sites: status, members and options of those that exist (platform-facts E). */
import { textFrom } from '../../rules/records.js';
import type { Row } from '../../contracts.js';
import type { SaveTools } from '../../save/context.js';
import { listRecords } from '../listing.js';
import { save, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { notFound, Problem } from '../problem.js';
import type { Body } from '../types.js';
import { bodyAt, flagAt, textAt, textsAt } from '../xml/read.js';
import { present, recordOf, stored } from './groups.js';
import { profileId, profileName } from './profile.js';

/** Elements to fields. */
const OPTIONS: Readonly<Record<string, string>> = {
  allowInternalUserLogin: 'OptionsAllowInternalUserLogin',
  allowMembersToFlag: 'OptionsAllowMembersToFlag',
  disableReputationRecordConversations: 'OptionsReputationRecordConversationsDisabled',
  embeddedLoginEnabled: 'OptionsEmbeddedLoginEnabled',
  enableApexCDNCaching: 'OptionsApexCDNCachingEnabled',
  enableDirectMessages: 'OptionsDirectMessagesEnabled',
  enableExpFriendlyUrlsAsDefault: 'OptionsExpFriendlyUrlsAsDefault',
  enableGuestChatter: 'OptionsGuestChatterEnabled',
  enableGuestFileAccess: 'OptionsGuestFileAccessEnabled',
  enableGuestMemberVisibility: 'OptionsGuestMemberVisibility',
  enableInvitation: 'OptionsInvitationsEnabled',
  enableKnowledgeable: 'OptionsKnowledgeableEnabled',
  enableMemberVisibility: 'OptionsMemberVisibility',
  enableNicknameDisplay: 'OptionsNicknameDisplayEnabled',
  enablePrivateMessages: 'OptionsPrivateMessagesEnabled',
  enableReputation: 'OptionsReputationEnabled',
  enableSiteAsContainer: 'OptionsSiteAsContainerEnabled',
  enableShowAllNetworkSettings: 'OptionsShowAllNetworkSettings',
  enableTalkingAboutStats: 'OptionsEnableTalkingAboutStats',
  enableTopicAssignmentRules: 'OptionsEnableTopicAssignmentRules',
  enableTopicSuggestions: 'OptionsTopicSuggestionsEnabled',
  enableUpDownVote: 'OptionsUpDownVoteEnabled',
  gatherCustomerSentimentData: 'OptionsGatherCustomerSentimentData',
  selfRegistration: 'OptionsSelfRegistrationEnabled',
  sendWelcomeEmail: 'OptionsSendWelcomeEmail',
};

const TEMPLATES: Readonly<Record<string, string>> = {
  changePasswordTemplate: 'ChangePasswordEmailTemplateId',
  forgotPasswordTemplate: 'ForgotPasswordEmailTemplateId',
  welcomeTemplate: 'WelcomeEmailTemplateId',
};

/** Elements that have a meaning of their own, and those that are kept for the file alone. */
const OWN = new Set([
  'description',
  'emailSenderAddress',
  'emailSenderName',
  'networkMemberGroups',
  'status',
  'urlPathPrefix',
]);
const KEPT = ['site', 'tabs', 'picassoSite', 'navigationLinkSet', 'feedChannel'];

/** Templates of no folder go by this name. */
const UNFILED = 'unfiled$public/';

const idOf = (tools: SaveTools, fullName: string): string | undefined =>
  textFrom(tools, 'SELECT "Id" FROM "Network" WHERE "Name" = ?', decode(fullName));

/** Names come with escapes, as those of profiles do. */
const decode = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

const optionsIn = (tools: SaveTools): Array<[string, string]> => {
  const { fields } = tools.catalog.require('Network');
  return Object.entries(OPTIONS).filter(([, field]) => fields.has(field.toLowerCase()));
};

const templateName = (tools: SaveTools, id: string | undefined): string | undefined => {
  const name = id && textFrom(tools, 'SELECT "DeveloperName" FROM "EmailTemplate" WHERE "Id" = ?', id);
  return name ? UNFILED + name : undefined;
};

const templateId = (tools: SaveTools, element: string, name: string): string => {
  const id = textFrom(
    tools,
    'SELECT "Id" FROM "EmailTemplate" WHERE "DeveloperName" = ?',
    name.slice(name.lastIndexOf('/') + 1)
  );
  if (!id) throw notFound(element, 'EmailTemplate', name);
  return id;
};

const MEMBERS = `SELECT m."Id" AS id, m."ParentId" AS parent, p."Name" AS profile, s."Name" AS permissions FROM "NetworkMemberGroup" m
  LEFT JOIN "Profile" p ON p."Id" = m."ParentId" LEFT JOIN "PermissionSet" s ON s."Id" = m."ParentId"
  WHERE m."NetworkId" = ? AND m."AssignmentStatus" <> 'WaitingForRemove' ORDER BY p."Name", s."Name"`;

const one = (values: string[]): Body[string] => (values.length === 1 ? values[0] : values);

const membersBody = (tools: SaveTools, id: string): Body => {
  const rows = tools.store.sql(MEMBERS).all(id);
  const permissionSets = rows.filter((row) => row.permissions !== null).map((row) => String(row.permissions));
  const profiles = rows.filter((row) => row.profile !== null).map((row) => profileName(String(row.profile)));
  return {
    ...(permissionSets.length > 0 ? { permissionSet: one(permissionSets) } : {}),
    ...(profiles.length > 0 ? { profile: one(profiles) } : {}),
  };
};

/** What a site has that nobody described. */
const usual = (row: Row): Body => ({
  site: String(row.Name).replaceAll(/[^0-9A-Za-z]+/g, '_'),
  tabs: { defaultTab: 'home', standardTab: 'Chatter' },
});

const read = (tools: SaveTools, fullName: string): Body | undefined => {
  const id = idOf(tools, fullName);
  const row = recordOf(tools, 'Network', id);
  if (!id || !row) return undefined;
  const templates = Object.entries(TEMPLATES).map(([element, field]) => [
    element,
    templateName(tools, stored(row, field)),
  ]);
  const members = membersBody(tools, id);
  return {
    ...usual(row),
    ...tools.components.find('Network', String(row.Name))?.body,
    ...Object.fromEntries(optionsIn(tools).map(([element, field]) => [element, String(row[field] === true)])),
    ...present({
      ...(Object.fromEntries(templates) as Record<string, string | undefined>),
      description: stored(row, 'Description'),
      emailSenderAddress: stored(row, 'EmailSenderAddress'),
      emailSenderName: stored(row, 'EmailSenderName'),
      status: stored(row, 'Status'),
      urlPathPrefix: stored(row, 'UrlPathPrefix'),
    }),
    ...(Object.keys(members).length > 0 ? { networkMemberGroups: members } : {}),
  };
};

/** Ids of profiles and permission sets that a file names as members. @throws Problem */
const memberIds = (tools: SaveTools, members: Body): string[] => [
  ...textsAt(members, 'profile').map((name) => {
    const id = profileId(tools, name);
    if (!id) throw notFound('profile', 'Profile', name);
    return id;
  }),
  ...textsAt(members, 'permissionSet').map((name) => {
    const id = textFrom(tools, 'SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?', name);
    if (!id) throw notFound('permissionSet', 'PermissionSet', name);
    return id;
  }),
];

const setMembers = (work: Work, id: string, wanted: string[]): void => {
  const known = new Map(
    work.tools.store
      .sql(MEMBERS)
      .all(id)
      .map((row) => [String(row.parent), String(row.id)])
  );
  for (const ParentId of wanted) {
    if (known.has(ParentId)) continue;
    save(work, 'create', 'NetworkMemberGroup', { NetworkId: id, ParentId, AssignmentStatus: 'WaitingForAdd' });
  }
  for (const [parent, row] of known) {
    if (!wanted.includes(parent))
      save(work, 'update', 'NetworkMemberGroup', { Id: row, AssignmentStatus: 'WaitingForRemove' });
  }
};

const valuesOf = (tools: SaveTools, body: Body): Row => {
  const values: Row = {};
  for (const [element, field] of optionsIn(tools)) {
    const flag = flagAt(body, element);
    if (flag !== undefined) values[field] = flag;
  }
  for (const [element, field] of Object.entries(TEMPLATES)) {
    const name = textAt(body, element);
    if (name) values[field] = templateId(tools, element, name);
  }
  const texts: Array<[string, string]> = [
    ['description', 'Description'],
    ['emailSenderName', 'EmailSenderName'],
    ['status', 'Status'],
  ];
  // E: the sender's address is set on first deploy only; later changes are ignored silently, as is the prefix here.
  for (const [element, field] of texts) if (textAt(body, element) !== undefined) values[field] = textAt(body, element)!;
  return values;
};

const checkElements = (tools: SaveTools, body: Body): void => {
  const options = new Set(optionsIn(tools).map(([element]) => element));
  const element = Object.keys(body).find(
    (name) => !OWN.has(name) && !KEPT.includes(name) && !options.has(name) && !Object.hasOwn(TEMPLATES, name)
  );
  if (element) throw new Problem(`${element} of sites is not supported by the practice org`);
};

const write = (work: Work, { fullName, body }: Incoming): Written => {
  const { tools, author } = work;
  const id = idOf(tools, fullName);
  if (!id) throw new Problem(`Sites cannot be created by a deploy to the practice org: ${fullName}`);
  checkElements(tools, body);
  const members = bodyAt(body, 'networkMemberGroups');
  const wanted = members && memberIds(tools, members);
  const before = JSON.stringify(read(tools, fullName));
  const row = recordOf(tools, 'Network', id)!;
  const values = Object.entries(valuesOf(tools, body)).filter(([field, value]) => row[field] !== value);
  if (values.length > 0) save(work, 'update', 'Network', { Id: id, ...Object.fromEntries(values) });
  if (wanted) setMembers(work, id, wanted);
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => KEPT.includes(name)));
  tools.components.put(author, { type: 'Network', fullName: String(row.Name), body: kept, id });
  return { id, created: false, changed: JSON.stringify(read(tools, fullName)) !== before };
};

export const network: Kind = {
  name: 'Network',
  place: { directory: 'networks', suffix: 'network' },
  order: 95,
  needs: ['ManageNetworks', 'ModifyAllData'],
  needsNetworks: true,
  list: (tools) => listRecords(tools, 'Network', '"Name"', '1'),
  read,
  write,
};
