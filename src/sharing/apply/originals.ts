/** The definitions that will be changed, as the org holds them now: what twins are made of, and the backup. */
import type { Connection } from '@salesforce/core';
import { listOf, retrieveMetadata, textOf, type MetadataBody, type RetrievedFile } from '../../org/read/index.js';
import type { DeployFile } from '../../runs/index.js';
import type { Finding } from '../finding.js';
import { fixesOf } from './choice.js';

export type RuleKind = 'owner' | 'criteria' | 'guest' | 'territory';

/** Element of a SharingRules file, and the type that manifests name, by kind of rule (platform-facts B4). */
export const RULE_TYPES: Readonly<Record<RuleKind, { element: string; type: string }>> = {
  owner: { element: 'sharingOwnerRules', type: 'SharingOwnerRule' },
  criteria: { element: 'sharingCriteriaRules', type: 'SharingCriteriaRule' },
  guest: { element: 'sharingGuestRules', type: 'SharingGuestRule' },
  territory: { element: 'sharingTerritoryRules', type: 'SharingTerritoryRule' },
};

export type Originals = {
  /** By `Object.Rule`. */
  rules: Map<string, MetadataBody>;
  /** Rules of each object by kind, for the limits. */
  ruleCounts: Map<string, Record<RuleKind, number>>;
  /** By `Content/Folder`. */
  folders: Map<string, DeployFile>;
  /** By `Object.ListView`. */
  listViews: Map<string, MetadataBody>;
  /** Objects whose defaults change, without what is a component of its own. */
  objects: Map<string, MetadataBody>;
};

/** Type under which manifests list folders of a content (platform-facts B5). */
const MANIFEST_TYPE: Readonly<Record<string, string>> = { Email: 'EmailTemplate' };

export const manifestType = (content: string): string => MANIFEST_TYPE[content] ?? content;

/** Reads them by one retrieve. What is not there any more is missing in the maps. */
export async function readOriginals(conn: Connection, findings: readonly Finding[]): Promise<Originals> {
  const rules = fixesOf(findings, 'convert-rule', 'delete-rule');
  const folders = fixesOf(findings, 'folder-access', 'folder-shares');
  const views = fixesOf(findings, 'list-view');
  const members: Record<string, string[]> = {
    SharingRules: unique(rules.map(({ object }) => object)),
    ListView: unique(views.map(({ object, listView }) => `${object}.${listView}`)),
    CustomObject: unique(fixesOf(findings, 'external-default').map(({ object }) => object)),
  };
  for (const { content, folder } of folders) (members[manifestType(content)] ??= []).push(folder);
  const isEmpty = Object.values(members).every((names) => names.length === 0);
  return sortFiles(isEmpty ? [] : await retrieveMetadata(conn, members));
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

function sortFiles(files: readonly RetrievedFile[]): Originals {
  const originals: Originals = {
    rules: new Map(),
    ruleCounts: new Map(),
    folders: new Map(),
    listViews: new Map(),
    objects: new Map(),
  };
  for (const file of files) {
    if (file.type === 'SharingRules') addRules(originals, file);
    else if (file.type === 'CustomObject') addObject(originals, file);
    else if (file.type.endsWith('Folder')) {
      const { path, type: root, body } = file;
      originals.folders.set(`${root.slice(0, -'Folder'.length)}/${file.fullName}`, { path, root, body });
    }
  }
  return originals;
}

function addRules({ rules, ruleCounts }: Originals, { fullName: object, body }: RetrievedFile): void {
  const counts: Record<RuleKind, number> = { owner: 0, criteria: 0, guest: 0, territory: 0 };
  for (const [kind, { element }] of Object.entries(RULE_TYPES) as Array<[RuleKind, { element: string }]>) {
    const found = listOf(body, element);
    counts[kind] = found.length;
    for (const rule of found) rules.set(`${object}.${textOf(rule, 'fullName') ?? ''}`, rule);
  }
  ruleCounts.set(object, counts);
}

function addObject({ listViews, objects }: Originals, { fullName: object, body }: RetrievedFile): void {
  objects.set(object, withoutChildren(body));
  for (const view of listOf(body, 'listViews')) listViews.set(`${object}.${textOf(view, 'fullName') ?? ''}`, view);
}

/** The definition of an object alone: fields, list views and the like are components of their own. */
function withoutChildren(body: MetadataBody): MetadataBody {
  const isChild = (element: string): boolean => listOf(body, element).some(({ fullName }) => fullName !== undefined);
  return Object.fromEntries(Object.entries(body).filter(([element]) => !isChild(element)));
}
