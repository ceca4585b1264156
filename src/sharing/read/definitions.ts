/** Metadata files as rules, folders, list views and settings (platform-facts B3 to B5). */
import { isOn, listOf, textOf, textsOf, type MetadataBody, type RetrievedFile } from '../../org/read/index.js';
import type {
  AccountRelationshipRule,
  Criterion,
  Folder,
  FolderContent,
  ListView,
  Rule,
  SharingSet,
  Target,
} from '../model.js';

/** All targets of SharedTo elements. Their members are texts, or empty where they name nobody. */
export function targetsIn(bodies: readonly MetadataBody[]): Target[] {
  return bodies.flatMap((body) =>
    Object.keys(body)
      .filter((name) => !name.startsWith('?'))
      .map((element) => ({ element, names: textsOf(body, element).filter((name) => name !== '') }))
  );
}

/** The target of a rule, which has one (platform-facts B3). Several become one that nobody knows, so that it is seen. */
function targetIn(bodies: readonly MetadataBody[]): Target | undefined {
  const targets = targetsIn(bodies);
  const [only] = targets;
  if (!only || (targets.length === 1 && only.names.length < 2)) return only;
  const elements = targets.flatMap(({ element, names }) => Array<string>(Math.max(1, names.length)).fill(element));
  return { element: elements.join(' + '), names: targets.flatMap(({ names }) => names) };
}

const RULES = [
  ['sharingOwnerRules', 'owner'],
  ['sharingCriteriaRules', 'criteria'],
  ['sharingGuestRules', 'guest'],
  ['sharingTerritoryRules', 'territory'],
] as const;

/** All rules of a SharingRules file. */
export function rulesIn({ fullName: object, body }: RetrievedFile): Rule[] {
  return RULES.flatMap(([element, kind]) => listOf(body, element).map((rule) => ruleOf(object, kind, rule)));
}

function ruleOf(object: string, kind: Rule['kind'], rule: MetadataBody): Rule {
  const [children] = listOf(rule, 'accountSettings');
  const level = (name: string): string => textOf(children, `${name}AccessLevel`) ?? 'None';
  return {
    object,
    name: textOf(rule, 'fullName') ?? '',
    label: textOf(rule, 'label') ?? '',
    kind,
    access: textOf(rule, 'accessLevel') ?? 'Read',
    // A rule without a target cannot be; if one comes, it is shown as unknown.
    to: targetIn(listOf(rule, 'sharedTo')) ?? { element: 'sharedTo', names: [] },
    from: targetIn(listOf(rule, 'sharedFrom')),
    criteria: listOf(rule, 'criteriaItems').map(criterionOf),
    booleanFilter: textOf(rule, 'booleanFilter'),
    allOwners: kind === 'owner' || isOn(rule, 'includeRecordsOwnedByAll') || isOn(rule, 'includeHVUOwnedRecords'),
    ...(children
      ? { children: { contact: level('contact'), opportunity: level('opportunity'), case: level('case') } }
      : {}),
  };
}

const criterionOf = (item: MetadataBody): Criterion => ({
  field: textOf(item, 'field') ?? '',
  operation: textOf(item, 'operation') ?? '',
  value: textOf(item, 'value') ?? '',
});

/** Root elements of folder files. */
const FOLDERS: Readonly<Record<string, FolderContent>> = {
  ReportFolder: 'Report',
  DashboardFolder: 'Dashboard',
  DocumentFolder: 'Document',
  EmailFolder: 'Email',
  EmailTemplateFolder: 'EmailTemplate',
};

/** The folder in a file; undefined for another file. */
export function folderIn({ type, fullName, body }: RetrievedFile): Folder | undefined {
  const content = FOLDERS[type];
  if (!content) return undefined;
  return {
    content,
    name: fullName,
    label: textOf(body, 'name') ?? fullName,
    accessType: textOf(body, 'accessType') ?? '',
    publicAccess: textOf(body, 'publicFolderAccess'),
    to: targetsIn(listOf(body, 'sharedTo')),
    shares: listOf(body, 'folderShares').map((share) => ({
      access: textOf(share, 'accessLevel') ?? 'View',
      type: textOf(share, 'sharedToType') ?? '',
      name: textOf(share, 'sharedTo') ?? '',
    })),
  };
}

/** List views: a file of their own, or elements of their object's file. */
export function listViewsIn({ type, fullName, body }: RetrievedFile): ListView[] {
  if (type === 'ListView') {
    const [object = '', ...name] = fullName.split('.');
    return [listViewOf(object, name.join('.'), body)];
  }
  if (type !== 'CustomObject') return [];
  return listOf(body, 'listViews').map((view) => listViewOf(fullName, textOf(view, 'fullName') ?? '', view));
}

function listViewOf(object: string, name: string, view: MetadataBody): ListView {
  return {
    object,
    name,
    label: textOf(view, 'label') ?? name,
    scope: textOf(view, 'filterScope') ?? 'Everything',
    to: targetsIn(listOf(view, 'sharedTo')),
  };
}

export const sharingSetIn = ({ fullName, body }: RetrievedFile): SharingSet => ({
  name: fullName,
  label: textOf(body, 'name') ?? fullName,
  profiles: textsOf(body, 'profiles'),
  mappings: listOf(body, 'accessMappings').map((mapping) => ({
    object: textOf(mapping, 'object') ?? '',
    access: textOf(mapping, 'accessLevel') ?? 'Read',
    field: textOf(mapping, 'objectField') ?? '',
  })),
});

export const relationshipRuleIn = ({ fullName, body }: RetrievedFile): AccountRelationshipRule => ({
  name: fullName,
  label: textOf(body, 'masterLabel') ?? fullName,
  object: textOf(body, 'entityType') ?? 'Account',
  access: textOf(body, 'accessLevel') ?? 'Read',
  type: textOf(body, 'accountToCriteriaField') ?? textOf(body, 'staticFormulaCriteria') ?? fullName,
});
