/** Reads the rotations that an org holds. */
import type { Connection } from '@salesforce/core';
import {
  asPackageMissing,
  compare,
  normalStamp,
  queryTogether,
  select,
  type Condition,
  type QueryAnswer,
} from '../../../org/read/index.js';
import { rotationOfContent } from '../config/index.js';
import { memberKey, type MemberState, type Rotation } from '../model.js';
import {
  cellOf,
  MEMBER,
  MEMBER_FIELDS,
  ROTATION,
  ROTATION_FIELDS,
  STATE_FIELDS,
  type MemberRow,
  type RotationRow,
} from './objects.js';
import { readTargets, type Targets } from './targets.js';
import { rotationContent } from './values.js';

export type StoredMember = {
  /** Id of its record. */
  id: string;
  /** Id of the queue or user; undefined where the org has none of that name. */
  targetId: string | undefined;
  /** Name of the queue or user for people. */
  targetName: string;
  /** `memberKey` of the member at the same place of the rotation. */
  key: string;
  state: MemberState;
  /** Why it cannot get leads, as a sentence that says what to do. */
  problem?: string;
  /** Time of the last change of the record, and what its fields of MEMBER_FIELDS hold. */
  stamp: string;
  cells: Array<string | null>;
};

export type StoredRotation = {
  rotation: Rotation;
  id: string;
  /** In the order of `rotation.members`. */
  members: StoredMember[];
  /** What in the records cannot be used, members that cannot get leads among it. */
  problems: string[];
  /** Id of the queue in `rotation.fallback`. */
  fallbackId?: string;
  /** Time of the last change of the record, and what its fields of ROTATION_FIELDS hold. */
  stamp: string;
  cells: Array<string | null>;
};

/** All rotations by key. @throws PackageMissing where the org has no such objects */
export const readRotations = (conn: Connection): Promise<StoredRotation[]> => read(conn);

/** One rotation by key, whatever its case. @throws PackageMissing where the org has no such objects */
export async function readRotation(conn: Connection, key: string): Promise<StoredRotation | undefined> {
  const [rotation] = await read(conn, key);
  return rotation;
}

async function read(conn: Connection, key?: string): Promise<StoredRotation[]> {
  const having = (field: string): Condition | undefined => (key === undefined ? undefined : compare(field, '=', key));
  const answers = await queryTogether<RotationRow | MemberRow>(conn, [
    rotationQuery(having('Key__c')),
    memberQuery(having('Rotation__r.Key__c')),
  ]);
  const [rotations, members] = answers.map(rowsOf) as [RotationRow[], MemberRow[]];
  const ofRotation = Map.groupBy(members, ({ Rotation__c }) => Rotation__c);
  const understood = await Promise.all(
    rotations.map(async (row) => ({
      row,
      members: ofRotation.get(row.Id) ?? [],
      ...(await understand(row, ofRotation.get(row.Id) ?? [])),
    }))
  );
  const targets = await readTargets(
    conn,
    understood.map(({ rotation }) => rotation)
  );
  return understood.map((one) => stored(one, targets));
}

const rotationQuery = (where: Condition | undefined): string =>
  select({ from: ROTATION, fields: ['Id', ...ROTATION_FIELDS, 'SystemModstamp'], where, orderBy: ['Key__c'] });

/** In the order in which members were added. */
const memberQuery = (where: Condition | undefined): string =>
  select({
    from: MEMBER,
    fields: [
      'Id',
      'Rotation__c',
      ...MEMBER_FIELDS,
      ...STATE_FIELDS,
      'User__r.Name',
      'User__r.Username',
      'User__r.IsActive',
      'SystemModstamp',
    ],
    where,
    orderBy: ['Name'],
  });

function rowsOf<T>({ records, error }: QueryAnswer<T>): T[] {
  if (error) throw asPackageMissing(error);
  return records;
}

type Understood = { row: RotationRow; members: MemberRow[]; rotation: Rotation; problems: string[] };

/** People edit records too: what cannot be understood is told, and left out. */
async function understand(
  row: RotationRow,
  members: readonly MemberRow[]
): Promise<Pick<Understood, 'rotation' | 'problems'>> {
  const problems: string[] = [];
  const content = rotationContent(row, members);
  const rotation = await rotationOfContent(content, ([first, at, field], words) => {
    const member = first === 'members' ? content.members[Number(at)] : undefined;
    const whose = member ? `${String(field ?? 'member')} of ${String(member.queue ?? member.user)}` : String(first);
    problems.push(`${whose}: ${words}`);
  });
  return { rotation, problems };
}

function stored({ row, members, rotation, problems }: Understood, targets: Targets): StoredRotation {
  const ours = members.map((member, at) => storedMember(member, rotation.members[at]!, targets));
  const fallback = rotation.fallback === undefined ? undefined : targets.of({ kind: 'queue', name: rotation.fallback });
  const unknown = rotation.fallback !== undefined && !fallback ? [noQueue(rotation.fallback)] : [];
  return {
    rotation,
    id: row.Id,
    members: ours,
    problems: [
      ...problems,
      ...ours.flatMap(({ problem }) => problem ?? []),
      ...unknown,
      ...(fallback?.problem ? [fallback.problem] : []),
    ],
    ...(fallback ? { fallbackId: fallback.id } : {}),
    stamp: normalStamp(row.SystemModstamp),
    cells: ROTATION_FIELDS.map((name) => cellOf(row[name])),
  };
}

const noQueue = (name: string): string =>
  `There is no queue "${name}" in this org. Make it with "sf channel queue create", or name another one.`;

function storedMember(row: MemberRow, member: Rotation['members'][number], targets: Targets): StoredMember {
  const found = targetOf(row, member, targets);
  const { Assigned_Count__c: assigned, Period_Count__c: period, Period_Start__c: start, Deficit__c: deficit } = row;
  return {
    id: row.Id,
    targetId: found.id,
    targetName: found.name,
    key: memberKey(member),
    state: {
      assigned: assigned ?? 0,
      periodCount: period ?? 0,
      ...(start === null ? {} : { periodStart: start }),
      deficit: deficit ?? 0,
    },
    ...(found.problem === undefined ? {} : { problem: found.problem }),
    stamp: normalStamp(row.SystemModstamp),
    cells: MEMBER_FIELDS.map((name) => cellOf(row[name])),
  };
}

/** A user stays the same whatever the username becomes; a queue is known by its name. */
function targetOf(
  row: MemberRow,
  member: Rotation['members'][number],
  targets: Targets
): { id: string | undefined; name: string; problem?: string } {
  if (member.kind === 'queue')
    return targets.of(member) ?? { id: undefined, name: member.name, problem: noQueue(member.name) };
  const id = typeof row.User__c === 'string' ? row.User__c : undefined;
  if (id === undefined) {
    const problem = `The member "${member.name}" has no user. Name one, or take the member out.`;
    return { id, name: member.name, problem };
  }
  const { name = member.name, problem } = targets.of(member) ?? {};
  return { id, name, ...(problem === undefined ? {} : { problem }) };
}
