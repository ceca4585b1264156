/** The sharing room: rules, org-wide defaults, folder shares, and what follows for every user and record. */
import type { SaveTools } from '../save/context.js';
import { OrgDefaults } from './defaults.js';
import { FolderShares } from './folders.js';
import { openRecalculations } from './recalculation.js';
import { SharingRules } from './rules.js';
import type { RecordAccess, Sharing } from './types.js';

const ALL: RecordAccess = { read: true, edit: true, delete: true, transfer: true, all: true };

/** Opens the sharing of an org. */
export const openSharing = (tools: SaveTools): Sharing => {
  const { store, catalog, preferences } = tools;
  const recalculations = openRecalculations(preferences, () => tools.background);
  const rules = new SharingRules(store, recalculations);
  const defaults = new OrgDefaults(store, catalog, recalculations);
  const folders = new FolderShares(store);
  const finish = (object: string): void => {
    rules.settle(object);
    defaults.settle(object);
  };
  return {
    rules,
    defaults,
    folders,
    access: () => ALL,
    accessTo: (_userId, _def, ids) => new Map(ids.map((id) => [id, ALL])),
    filter: () => undefined,
    finish,
    finishAll: () => {
      for (const object of recalculations.underWay()) {
        finish(object);
        recalculations.done(object);
      }
    },
    forgetGroup: (author, groupId) => {
      rules.forgetGroup(author, groupId);
      folders.forgetGroup(groupId);
    },
  };
};
