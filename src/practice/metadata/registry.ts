/** The metadata types that the practice org supports. */
import { assignmentRule, assignmentRules } from './kinds/assignment-rules.js';
import { customFieldKind } from './kinds/custom-field.js';
import { customObjectKind } from './kinds/custom-object.js';
import { folderKinds } from './kinds/folders.js';
import { group, role } from './kinds/groups.js';
import { keptKinds } from './kinds/kept.js';
import { customLabel, customLabels } from './kinds/labels.js';
import { listView } from './kinds/list-view.js';
import { network } from './kinds/network.js';
import { permissionSet } from './kinds/permission-set.js';
import { profile } from './kinds/profile.js';
import { queue } from './kinds/queue.js';
import { settings } from './kinds/settings.js';
import { sharingRuleKinds, sharingRules } from './kinds/sharing-rules.js';
import { workflow, workflowAlert } from './kinds/workflow.js';
import type { Kind } from './kind.js';

const ALL: Kind[] = [
  settings,
  customLabels,
  customLabel,
  customObjectKind,
  customFieldKind,
  listView,
  role,
  group,
  queue,
  ...folderKinds,
  ...keptKinds,
  permissionSet,
  profile,
  workflow,
  workflowAlert,
  assignmentRules,
  assignmentRule,
  sharingRules,
  ...sharingRuleKinds,
  network,
];

const BY_NAME: ReadonlyMap<string, Kind> = new Map(ALL.map((kind) => [kind.name, kind]));

/** All types, parts of files too. */
export const kinds = (): Kind[] => ALL;

/** A type by its name. */
export const kindOf = (name: string): Kind | undefined => BY_NAME.get(name);

/** Types of the files in a directory of a zip. */
export const kindsIn = (directory: string): Kind[] => ALL.filter(({ place }) => place?.directory === directory);

/** Name of a part from its file's and its own, such as `Lead.My_Rule`; labels stand by themselves. */
export const partName = (parent: Kind, parentName: string, name: string): string =>
  parent.name === 'CustomLabels' ? name : `${parentName}.${name}`;

/** Name of the file in which a part lies. */
export const fileOfPart = (part: Kind, fullName: string): string =>
  part.parent === 'CustomLabels' ? 'CustomLabels' : fullName.slice(0, fullName.indexOf('.'));
