/** Public groups, queues and groups of roles, with their members (platform-facts B6). */
import { select } from '../../org/read/index.js';
import type { Group, Membership } from '../model.js';
import type { Reader } from './reader.js';

type GroupRow = {
  Id: string;
  Name: string | null;
  DeveloperName: string | null;
  Type: string;
  RelatedId: string | null;
  DoesIncludeBosses: boolean;
};

export async function readGroups(reader: Reader): Promise<Group[]> {
  const fields = ['Id', 'Name', 'DeveloperName', 'Type', 'RelatedId', 'DoesIncludeBosses'];
  const rows = await reader.rows<GroupRow>('Groups', select({ from: 'Group', fields }));
  return rows.map(({ Id, Name, DeveloperName, Type, RelatedId, DoesIncludeBosses }) => ({
    id: Id,
    type: Type,
    name: Name ?? DeveloperName ?? Id,
    developerName: DeveloperName ?? Id,
    relatedId: RelatedId ?? undefined,
    includesBosses: DoesIncludeBosses,
  }));
}

export async function readMemberships(reader: Reader): Promise<Membership[]> {
  const soql = select({ from: 'GroupMember', fields: ['GroupId', 'UserOrGroupId'] });
  const rows = await reader.rows<{ GroupId: string; UserOrGroupId: string }>('Members of groups', soql);
  return rows.map(({ GroupId, UserOrGroupId }) => ({ groupId: GroupId, memberId: UserOrGroupId }));
}

/** Queue to the objects that it serves. */
export async function readQueueObjects(reader: Reader): Promise<Record<string, string[]>> {
  const soql = select({ from: 'QueueSobject', fields: ['QueueId', 'SobjectType'], orderBy: ['SobjectType'] });
  const objects: Record<string, string[]> = {};
  for (const { QueueId, SobjectType } of await reader.rows<{ QueueId: string; SobjectType: string }>(
    'Objects of queues',
    soql
  ))
    (objects[QueueId] ??= []).push(SobjectType);
  return objects;
}
