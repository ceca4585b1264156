/** The sharing room: rules, org-wide defaults, folder shares, and what follows for every user and record. */
import type { ObjectDef } from '../catalog/types.js';
import { eraseRecords } from '../rules/records.js';
import type { SaveTools } from '../save/context.js';
import { fragment, type RecordFilter } from '../soql/context.js';
import { AccessReader } from './access.js';
import { Conditions } from './conditions.js';
import { OrgDefaults } from './defaults.js';
import { FolderShares } from './folders.js';
import { isShare, isShared } from './objects.js';
import { Plans } from './plans.js';
import { openRecalculations } from './recalculation.js';
import { SharingRules } from './rules.js';
import type { Sharing } from './types.js';

const NOTHING = fragment('0');

/**
 * Queries: no condition at all for those who see every record, so that they stay as quick as without sharing. Who sees a record
 * follows from the whole object, also from fields that are hidden from the user.
 */
const filterOf =
  (catalog: SaveTools['catalog'], plans: Plans, conditions: Conditions): RecordFilter =>
  (def: ObjectDef, session, alias) => {
    if (!isShared(def) || session.can('viewAll', def)) return undefined;
    plans.refresh();
    const reach = plans.reach(session.user.Id);
    const condition = reach ? conditions.of(reach, catalog.require(def.name), alias, 'read') : NOTHING;
    return Conditions.isEverything(condition) ? undefined : condition;
  };

/** Opens the sharing of an org. */
export const openSharing = (tools: SaveTools): Sharing => {
  const { store, catalog, preferences, permissions } = tools;
  const recalculations = openRecalculations(preferences, () => tools.background);
  const rules = new SharingRules(store, recalculations);
  const defaults = new OrgDefaults(store, catalog, recalculations);
  const folders = new FolderShares(store);
  // Semantics 10: both the org and the user must have it.
  const hasSuperUsers = (): boolean => preferences.on('Sharing.enablePartnerSuperUserAccess');
  // A3: on once Digital Experiences is, unless it was switched off.
  const hasExternalModel = (): boolean =>
    (preferences.get('Sharing.enableExternalSharingModel') ?? preferences.get('Communities.enableNetworksEnabled')) ===
    'true';
  const plans = new Plans(store, (object) => rules.effective(object), hasSuperUsers);
  const defaultOf = (def: ObjectDef): ReturnType<OrgDefaults['effective']> => defaults.effective(def);
  const conditions = new Conditions({ catalog, permissions, plans, defaultOf, hasExternalModel });
  const reader = new AccessReader(store, permissions, plans, conditions);
  const finish = (object: string): void => {
    rules.settle(object);
    defaults.settle(object);
  };
  return {
    rules,
    defaults,
    folders,
    access: (userId, def, recordId) => reader.one(userId, def, recordId),
    accessTo: (userId, def, recordIds) => reader.many(userId, def, recordIds),
    usersIn: (groupId) => {
      plans.refresh();
      return plans.usersIn(groupId);
    },
    filter: filterOf(catalog, plans, conditions),
    finish,
    finishAll: () => {
      for (const object of recalculations.underWay()) {
        finish(object);
        recalculations.done(object);
      }
    },
    forgetGroup: (author, groupId) => {
      for (const def of catalog.objects()) if (isShare(def)) eraseRecords(tools, def.name, 'UserOrGroupId', groupId);
      rules.forgetGroup(author, groupId);
      folders.forgetGroup(groupId);
    },
  };
};
