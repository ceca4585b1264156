/** Settings: org preferences in files such as `settings/Communities.settings` (platform-facts A1, A3). */
import type { SaveTools } from '../../save/context.js';
import { fromTheStart } from '../listing.js';
import { hasNetworks, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { Problem } from '../problem.js';
import type { Body } from '../types.js';
import { textAt } from '../xml/read.js';
import { shapeOf } from '../xml/schema.js';

/** Members that the practice org knows. */
const MEMBERS = ['Account', 'Communities', 'ExperienceBundle', 'LeadConfig', 'Org', 'Sharing'];

/** A1: members of features that come with Digital Experiences. */
const NEED_NETWORKS = new Set(['ExperienceBundle']);

/** Preferences that are on in an org where nobody changed them; the others are off. */
const ON = new Set([
  'LeadConfig.doesPreserveLeadStatus',
  'LeadConfig.enableConversionsOnMobile',
  'LeadConfig.shouldLeadConvertRequireValidation',
  'Sharing.enableSecureGuestAccess',
]);

/** A1: once on, these stay on. */
const ONE_WAY = ['enableNetworksEnabled', 'enablePRMAccRelPref', 'enableExternalAccHierPref'];

/** A3: Salesforce Support must switch these on. */
const BY_SUPPORT = ['enablePortalUserVisibility', 'deferSharingRules', 'deferGroupMembership'];

export type Flags = Record<string, string>;

/** The member's settings type, such as `CommunitiesSettings`. */
export const settingsType = (member: string): string => `${member}Settings`;

const fieldsOf = (member: string): string[] =>
  [...shapeOf(settingsType(member)).keys()].filter((name) => name !== 'fullName');

const usual = (tools: SaveTools, name: string): string =>
  // A3: external org-wide defaults come with Digital Experiences.
  String(ON.has(name) || (name === 'Sharing.enableExternalSharingModel' && hasNetworks(tools)));

/** All preferences of a member as they are. */
const current = (tools: SaveTools, member: string): Flags =>
  Object.fromEntries(
    fieldsOf(member).map((field) => {
      const name = `${member}.${field}`;
      return [field, tools.preferences.get(name) ?? usual(tools, name)];
    })
  );

/** Whether a setting is on, by its own value or by the usual one. */
export const isOn = (tools: SaveTools, member: string, field: string): boolean =>
  (tools.preferences.get(`${member}.${field}`) ?? usual(tools, `${member}.${field}`)) === 'true';

const goesOff = (before: Flags, after: Flags, field: string): boolean =>
  before[field] === 'true' && after[field] === 'false';
const goesOn = (before: Flags, after: Flags, field: string): boolean =>
  before[field] === 'false' && after[field] === 'true';

/** Nobody has seen the platform's words for these refusals. [?] */
const checkCommunities = ({ variants }: SaveTools, before: Flags, after: Flags): void => {
  const field = ONE_WAY.find((name) => goesOff(before, after, name));
  if (field) throw new Problem(`${field}: This setting can't be turned off after it was turned on`);
  if (goesOff(before, after, 'enableEnablePRM')) {
    if (variants.prmSwitchBack === 'refused') {
      throw new Problem("enableEnablePRM: Partner relationship management can't be turned off after it was turned on");
    }
    if (variants.prmSwitchBack === 'ignored') after.enableEnablePRM = 'true';
  }
  const prm = goesOn(before, after, 'enableEnablePRM');
  if (prm && after.enableNetworksEnabled !== 'true' && variants.prmWithoutNetworks === 'refused') {
    throw new Problem('enableEnablePRM: Digital Experiences must be enabled before partner relationship management');
  }
};

const checkSharing = (before: Flags, after: Flags): void => {
  const field = BY_SUPPORT.find((name) => goesOn(before, after, name));
  if (field) throw new Problem(`${field}: Contact Salesforce Customer Support to enable this setting`);
};

const merge = (tools: SaveTools, before: Flags, body: Body): Flags => {
  const reset = tools.variants.partialSettings === 'reset';
  return Object.fromEntries(
    Object.entries(before).map(([field, value]) => [field, textAt(body, field) ?? (reset ? 'false' : value)])
  );
};

const memberOf = (tools: SaveTools, fullName: string): string => {
  const member = MEMBERS.find((name) => name.toLowerCase() === fullName.toLowerCase());
  if (!member) throw new Problem(`Unknown settings: ${fullName}`);
  if (NEED_NETWORKS.has(member) && !hasNetworks(tools)) {
    throw new Problem('Not available for deploy for this organization');
  }
  return member;
};

const write = ({ tools }: Work, { fullName, body }: Incoming): Written => {
  const member = memberOf(tools, fullName);
  const before = current(tools, member);
  const after = merge(tools, before, body);
  if (member === 'Communities') checkCommunities(tools, before, after);
  if (member === 'Sharing') checkSharing(before, after);
  const changed = Object.keys(after).filter((field) => after[field] !== before[field]);
  for (const field of changed) tools.preferences.set(`${member}.${field}`, after[field]!);
  return { id: '', created: false, changed: changed.length > 0 };
};

export const settings: Kind = {
  name: 'Settings',
  place: { directory: 'settings', suffix: 'settings' },
  order: 0,
  root: settingsType,
  needs: ['CustomizeApplication', 'ModifyAllData'],
  list: (tools) =>
    MEMBERS.filter((member) => hasNetworks(tools) || !NEED_NETWORKS.has(member)).map((member) =>
      fromTheStart(tools, member)
    ),
  read: (tools, fullName) => {
    const member = MEMBERS.find((name) => name.toLowerCase() === fullName.toLowerCase());
    if (!member || (NEED_NETWORKS.has(member) && !hasNetworks(tools))) return undefined;
    return current(tools, member);
  },
  write,
};
