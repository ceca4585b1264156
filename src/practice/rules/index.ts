/** The rules by object. */
import type { ObjectDef } from '../catalog/types.js';
import { accountRules } from './account.js';
import { contactRules } from './contact.js';
import { groupRules } from './group.js';
import { groupMemberRules } from './group-member.js';
import { leadRules } from './lead.js';
import { navigationMenuItemRules } from './navigation.js';
import { networkRules } from './network.js';
import { networkMemberGroupRules } from './network-member-group.js';
import { caseRules, opportunityRules } from './ordinary.js';
import { permissionSetRules } from './permission-set.js';
import { permissionSetAssignmentRules } from './permission-set-assignment.js';
import { queueSobjectRules } from './queue-sobject.js';
import { shareObjectRules } from './share.js';
import { taskRules } from './task.js';
import type { ObjectRules } from './types.js';
import { userRoleRules } from './user-role.js';
import { userRules } from './user.js';

const RULES: ReadonlyMap<string, ObjectRules> = new Map(
  [
    accountRules,
    caseRules,
    contactRules,
    groupRules,
    groupMemberRules,
    leadRules,
    navigationMenuItemRules,
    networkRules,
    networkMemberGroupRules,
    opportunityRules,
    permissionSetAssignmentRules,
    permissionSetRules,
    queueSobjectRules,
    ...shareObjectRules,
    taskRules,
    userRoleRules,
    userRules,
  ].map((rules) => [rules.object, rules])
);

const NONE: ObjectRules = { object: '', reads: [] };

/** Rules of an object; objects without any have empty ones. */
export const rulesOf = (def: ObjectDef): ObjectRules => RULES.get(def.name) ?? NONE;

/** Whether the rules of an object look up its owner themselves. */
export const isOwnerChecked = (def: ObjectDef): boolean => rulesOf(def).checksOwner === true;
