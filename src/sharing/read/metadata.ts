/** Rules, folders, list views and settings: listed by type, then retrieved together once. */
import { isOn, listMetadata, retrieve, type RetrievedFile } from '../../org/read/index.js';
import type { Settings, SharingSnapshot } from '../model.js';
import { folderIn, listViewsIn, relationshipRuleIn, rulesIn, sharingSetIn } from './definitions.js';
import type { Reader } from './reader.js';

/** Folder types with the type under which a manifest names them (platform-facts B5). */
const FOLDER_TYPES: Readonly<Record<string, string>> = {
  ReportFolder: 'Report',
  DashboardFolder: 'Dashboard',
  DocumentFolder: 'Document',
  EmailFolder: 'EmailTemplate',
};

const LISTED = ['SharingRules', 'ListView', ...Object.keys(FOLDER_TYPES)];

/** Types that exist only where their feature is on; an org that does not know one has none. */
const OPTIONAL = ['SharingSet', 'AccountRelationshipShareRule', 'EmailTemplateFolder'];

type Definitions = Pick<
  SharingSnapshot,
  'rules' | 'folders' | 'listViews' | 'sharingSets' | 'relationshipRules' | 'settings' | 'definitionsKnown'
>;

export async function readDefinitions(reader: Reader): Promise<Definitions> {
  const source = 'Sharing rules, folders, list views and settings';
  const names = await reader.attempt(source, listed(reader));
  const retrieved = names && (await reader.attempt(source, retrieve(reader.conn, membersOf(names))));
  for (const { path, message } of retrieved?.problems ?? []) reader.note(`Metadata ${path}`, message);
  return { ...sorted(retrieved?.files ?? []), definitionsKnown: retrieved !== undefined };
}

function membersOf(names: Record<string, string[]>): Record<string, string[]> {
  const members: Record<string, string[]> = { Settings: ['Communities', 'Sharing'] };
  const add = (type: string, list: readonly string[] = []): void => {
    members[type] = [...(members[type] ?? []), ...list.filter((name) => !name.startsWith('unfiled$'))];
  };
  for (const type of ['SharingRules', 'ListView', 'SharingSet', 'AccountRelationshipShareRule']) add(type, names[type]);
  for (const [type, content] of Object.entries(FOLDER_TYPES)) add(content, names[type]);
  add('EmailTemplate', names.EmailTemplateFolder);
  return members;
}

async function listed(reader: Reader): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = await listMetadata(reader.conn, LISTED);
  // Asked for one by one: a type that the org does not know makes the whole call fail.
  for (const type of OPTIONAL) {
    const answer = await listMetadata(reader.conn, [type]).catch((error: Error) => {
      if (!UNKNOWN_TYPE.test(`${error.name} ${error.message}`)) reader.note(`Metadata ${type}`, error);
      return {};
    });
    Object.assign(names, answer);
  }
  return names;
}

const UNKNOWN_TYPE = /INVALID_TYPE|unknown|not.*(?:available|supported|enabled)|Entity type/i;

function sorted(files: readonly RetrievedFile[]): Omit<Definitions, 'definitionsKnown'> {
  const ofType = (type: string): RetrievedFile[] => files.filter((file) => file.type === type);
  return {
    rules: ofType('SharingRules').flatMap(rulesIn),
    folders: files.flatMap((file) => folderIn(file) ?? []),
    listViews: files.flatMap(listViewsIn),
    sharingSets: ofType('SharingSet').map(sharingSetIn),
    relationshipRules: ofType('AccountRelationshipShareRule').map(relationshipRuleIn),
    settings: settingsIn(ofType('CommunitiesSettings')[0], ofType('SharingSettings')[0]),
  };
}

/** The preferences that matter here; undefined where not both files came. */
function settingsIn(communities: RetrievedFile | undefined, sharing: RetrievedFile | undefined): Settings | undefined {
  if (!communities || !sharing) return undefined;
  return {
    digitalExperiences: isOn(communities.body, 'enableNetworksEnabled'),
    partnerRelationshipManagement: isOn(communities.body, 'enableEnablePRM'),
    accountRelationships: isOn(communities.body, 'enablePRMAccRelPref'),
    externalAccountHierarchy: isOn(communities.body, 'enableExternalAccHierPref'),
    // Not there means on: it comes with Digital Experiences (platform-facts A3).
    externalSharingModel:
      !('enableExternalSharingModel' in sharing.body) || isOn(sharing.body, 'enableExternalSharingModel'),
    partnerSuperUser: isOn(sharing.body, 'enablePartnerSuperUserAccess'),
    portalUserVisibility: isOn(sharing.body, 'enablePortalUserVisibility'),
    siteUserVisibility: isOn(sharing.body, 'enableCommunityUserVisibility'),
  };
}
