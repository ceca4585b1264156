/** Deploys of folders, list views and org-wide defaults: each is changed in place. */
import type { MetadataBody } from '../../org/read/index.js';
import type { Deployment, DeployFile, PlannedComponent } from '../../runs/index.js';
import type { Finding, Fix } from '../finding.js';
import type { Default } from '../model.js';
import { fixesOf } from './choice.js';
import { manifestType, type Originals } from './originals.js';
import type { PlannedDeploy } from './rules.js';
import { sharedToAll } from './targets.js';

/** A definition before and after. */
type Change = { type: string; fullName: string; before: DeployFile; after: DeployFile };

type Planned = { deploys: PlannedDeploy[]; missing: string[] };

/** One deploy for all folders. */
export function planFolders(findings: readonly Finding[], { folders }: Originals): Planned {
  const missing: string[] = [];
  const bodies = new Map<string, MetadataBody>();
  const changes = new Map<string, Change>();
  for (const fix of fixesOf(findings, 'folder-access', 'folder-shares')) {
    const name = `${fix.content}/${fix.folder}`;
    const before = folders.get(name);
    if (!before) {
      missing.push(name);
      continue;
    }
    const body = changedFolder(bodies.get(name) ?? before.body, fix);
    bodies.set(name, body);
    const type = manifestType(fix.content);
    changes.set(name, { type, fullName: fix.folder, before, after: { ...before, body } });
  }
  return { deploys: deployOf('folders', 'Folders', [...changes.values()]), missing };
}

type FolderFix = Extract<Fix, { kind: 'folder-access' | 'folder-shares' }>;

function changedFolder(body: MetadataBody, fix: FolderFix): MetadataBody {
  if (fix.kind === 'folder-shares') {
    return {
      ...body,
      folderShares: fix.shares.map(({ access, type, name }) => ({
        accessLevel: access,
        sharedTo: name,
        sharedToType: type,
      })),
    };
  }
  const { sharedTo: _former, ...rest } = body;
  return { ...rest, accessType: fix.accessType, ...(fix.to ? { sharedTo: sharedToAll(fix.to) } : {}) };
}

/** One deploy for all list views. */
export function planListViews(findings: readonly Finding[], { listViews }: Originals): Planned {
  const missing: string[] = [];
  const changes = new Map<string, Change>();
  for (const fix of fixesOf(findings, 'list-view')) {
    const fullName = `${fix.object}.${fix.listView}`;
    const before = listViews.get(fullName);
    if (!before) {
      missing.push(fullName);
      continue;
    }
    const fileOf = (view: MetadataBody): DeployFile => objectFile(fix.object, { listViews: [view] });
    const after = { ...before, sharedTo: sharedToAll(fix.to) };
    // One list view is one component, whatever the number of its fixes: twice in a file, the last would win.
    changes.set(fullName, { type: 'ListView', fullName, before: fileOf(before), after: fileOf(after) });
  }
  return { deploys: deployOf('list-views', 'List views', [...changes.values()]), missing };
}

const objectFile = (object: string, body: MetadataBody): DeployFile => ({
  path: `objects/${object}.object`,
  root: 'CustomObject',
  body,
});

/** One deploy for all org-wide defaults. */
export function planDefaults(
  findings: readonly Finding[],
  { objects }: Originals,
  defaults: readonly Default[]
): Planned {
  const missing: string[] = [];
  const changes = fixesOf(findings, 'external-default').flatMap(({ object, external }): Change[] => {
    const before = defaults.find((one) => one.object === object);
    const body = objects.get(object);
    if (!before || !body) {
      missing.push(object);
      return [];
    }
    // The whole definition goes along: what a deploy leaves out of it falls back to the platform's default.
    const fileOf = (model: string): DeployFile =>
      objectFile(object, { ...body, externalSharingModel: model, sharingModel: before.internal });
    return [{ type: 'CustomObject', fullName: object, before: fileOf(before.external), after: fileOf(external) }];
  });
  return { deploys: deployOf('defaults', 'External org-wide defaults', changes), missing };
}

function deployOf(id: string, title: string, changes: readonly Change[]): PlannedDeploy[] {
  if (changes.length === 0) return [];
  const members: Record<string, string[]> = {};
  for (const { type, fullName } of changes) (members[type] ??= []).push(fullName);
  const withFiles = (which: 'before' | 'after'): Deployment => ({
    files: merged(changes.map((change) => change[which])),
    members,
  });
  const components = changes.map(({ type, fullName }): PlannedComponent => ({ type, fullName, action: 'change' }));
  return [{ id, title, deployment: withFiles('after'), backup: withFiles('before'), components, warnings: [] }];
}

/** Files of one path become one: list views of an object lie in the object's file. */
function merged(files: readonly DeployFile[]): DeployFile[] {
  const byPath = new Map<string, DeployFile>();
  for (const file of files) {
    const known = byPath.get(file.path);
    byPath.set(file.path, known ? { ...known, body: together(known.body, file.body) } : file);
  }
  return [...byPath.values()];
}

function together(a: MetadataBody, b: MetadataBody): MetadataBody {
  const entries = Object.entries(b).map(([element, value]) => {
    const former = a[element];
    return [element, Array.isArray(former) && Array.isArray(value) ? [...former, ...value] : value];
  });
  return { ...a, ...(Object.fromEntries(entries) as MetadataBody) };
}
