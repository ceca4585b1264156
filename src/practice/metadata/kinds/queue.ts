/** Queues with what they hold and who is in them (platform-facts F). */
import type { SaveTools } from '../../save/context.js';
import { textFrom } from '../../rules/records.js';
import { listRecords } from '../listing.js';
import { checkApiName, hasNetworks, save, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { notFound, Problem, required } from '../problem.js';
import type { Body } from '../types.js';
import { bodiesAt, bodyAt, flagAt, textAt, textOf, textsAt } from '../xml/read.js';
import { groupId, present, recordOf, removeGroup, renameGroup, stored, writeRecord } from './groups.js';

/** Version from which `doesIncludeBosses` is required (fact 11). */
const BOSSES_VERSION = 67;

/** Elements of members: [element, inner element, type of the group of a role]. */
const ROLE_MEMBERS = [
  ['roles', 'role', 'Role'],
  ['roleAndSubordinates', 'roleAndSubordinate', 'RoleAndSubordinates'],
  ['roleAndSubordinatesInternal', 'roleAndSubordinateInternal', 'RoleAndSubordinatesInternal'],
] as const;

const ROLE_GROUP = `SELECT g."Id" FROM "Group" g JOIN "UserRole" r ON r."Id" = g."RelatedId"
  WHERE g."Type" = ? AND r."DeveloperName" = ?`;

const roleMember = (tools: SaveTools, element: string, type: string, name: string): string => {
  // B1: internal subordinates are told apart only where Digital Experiences is on.
  if (type === 'RoleAndSubordinatesInternal' && !hasNetworks(tools)) {
    throw new Problem(`queueMembers not allowed:${element} - ${name}`);
  }
  const id = textFrom(tools, ROLE_GROUP, type, name);
  if (!id) throw notFound(element, 'Role', name);
  return id;
};

const userMember = (tools: SaveTools, username: string): string => {
  const id = textFrom(tools, 'SELECT "Id" FROM "User" WHERE "Username" = ?', username);
  if (!id) throw notFound('user', 'User', username);
  return id;
};

const groupMember = (tools: SaveTools, name: string): string => {
  const id = groupId(tools, 'Regular', name);
  if (!id) throw notFound('publicGroup', 'Group', name);
  return id;
};

/** Ids of the members that a file names. @throws Problem for one that does not exist */
const membersOf = (tools: SaveTools, body: Body): string[] => {
  const members = bodyAt(body, 'queueMembers') ?? {};
  const within = (element: string, inner: string): string[] => textsAt(bodyAt(members, element) ?? {}, inner);
  return [
    ...within('publicGroups', 'publicGroup').map((name) => groupMember(tools, name)),
    ...ROLE_MEMBERS.flatMap(([element, inner, type]) =>
      within(element, inner).map((name) => roleMember(tools, inner, type, name))
    ),
    ...within('users', 'user').map((name) => userMember(tools, name)),
  ];
};

const MEMBERS = `SELECT m."Id" AS id, m."UserOrGroupId" AS member, g."Type" AS type, g."DeveloperName" AS name,
  r."DeveloperName" AS role, u."Username" AS user FROM "GroupMember" m
  LEFT JOIN "Group" g ON g."Id" = m."UserOrGroupId" LEFT JOIN "UserRole" r ON r."Id" = g."RelatedId"
  LEFT JOIN "User" u ON u."Id" = m."UserOrGroupId" WHERE m."GroupId" = ? ORDER BY coalesce(u."Username", r."DeveloperName", g."DeveloperName")`;

const one = (values: string[]): Body[string] => (values.length === 1 ? values[0] : values);

const membersBody = (tools: SaveTools, id: string): Body => {
  const rows = tools.store.sql(MEMBERS).all(id);
  const names = (type: string, column: string): string[] =>
    rows.filter((row) => (row.user ? 'User' : row.type) === type).map((row) => String(row[column]));
  const parts: Array<[string, string, string[]]> = [
    ['publicGroups', 'publicGroup', names('Regular', 'name')],
    ...ROLE_MEMBERS.map(([element, inner, type]): [string, string, string[]] => [element, inner, names(type, 'role')]),
    ['users', 'user', names('User', 'user')],
  ];
  const told = parts.filter(([, , values]) => values.length > 0);
  if (told.length === 0) return {};
  return {
    queueMembers: Object.fromEntries(told.map(([element, inner, values]) => [element, { [inner]: one(values) }])),
  };
};

const served = (tools: SaveTools, id: string): Map<string, string> =>
  new Map(
    tools.store
      .sql('SELECT "Id" AS id, "SobjectType" AS type FROM "QueueSobject" WHERE "QueueId" = ? ORDER BY "SobjectType"')
      .all(id)
      .map((row) => [String(row.type), String(row.id)])
  );

const read = (tools: SaveTools, fullName: string): Body | undefined => {
  const id = groupId(tools, 'Queue', fullName);
  const row = recordOf(tools, 'Group', id);
  if (!id || !row) return undefined;
  const objects = [...served(tools, id).keys()].map((sobjectType): Body => ({ sobjectType }));
  return {
    ...present({
      description: stored(row, 'Description'),
      doesIncludeBosses: stored(row, 'DoesIncludeBosses'),
      doesSendEmailToMembers: stored(row, 'DoesSendEmailToMembers'),
      email: stored(row, 'Email'),
      name: stored(row, 'Name'),
    }),
    ...membersBody(tools, id),
    ...(objects.length > 0 ? { queueSobject: objects.length === 1 ? objects[0] : objects } : {}),
  };
};

const setMembers = (work: Work, id: string, wanted: string[]): void => {
  const { tools } = work;
  const known = new Map(
    tools.store
      .sql(MEMBERS)
      .all(id)
      .map((row) => [String(row.member), String(row.id)])
  );
  for (const member of wanted) {
    if (!known.has(member)) save(work, 'create', 'GroupMember', { GroupId: id, UserOrGroupId: member });
  }
  if (tools.variants.queueDeploy !== 'replaces') return;
  for (const [member, row] of known) if (!wanted.includes(member)) save(work, 'delete', 'GroupMember', { Id: row });
};

const setObjects = (work: Work, id: string, body: Body): void => {
  const known = served(work.tools, id);
  const wanted = bodiesAt(body, 'queueSobject').map((item) => {
    const type = textOf(item, 'sobjectType');
    return work.tools.catalog.object(type)?.name ?? type;
  });
  for (const SobjectType of new Set(wanted)) {
    if (!known.has(SobjectType)) save(work, 'create', 'QueueSobject', { QueueId: id, SobjectType });
  }
  if (work.tools.variants.queueDeploy !== 'replaces') return;
  for (const [type, row] of known) if (!wanted.includes(type)) save(work, 'delete', 'QueueSobject', { Id: row });
};

const write = (work: Work, { fullName, body }: Incoming): Written => {
  checkApiName(fullName);
  const { tools } = work;
  const bosses = flagAt(body, 'doesIncludeBosses');
  if (bosses === undefined && work.version >= BOSSES_VERSION) throw required('doesIncludeBosses');
  if (textAt(body, 'queueRoutingConfig')) throw new Problem('queueRoutingConfig is not supported by the practice org');
  const members = membersOf(tools, body);
  const before = JSON.stringify(read(tools, fullName));
  const id = groupId(tools, 'Queue', fullName);
  const values = {
    Name: textOf(body, 'name'),
    Description: textAt(body, 'description') ?? null,
    Email: textAt(body, 'email') ?? null,
    DoesSendEmailToMembers: flagAt(body, 'doesSendEmailToMembers') ?? false,
    ...(bosses === undefined ? {} : { DoesIncludeBosses: bosses }),
    ...(id ? {} : { Type: 'Queue', DeveloperName: fullName }),
  };
  const written = writeRecord(work, 'Group', id, values, () => read(tools, fullName));
  setObjects(work, written.id, body);
  setMembers(work, written.id, members);
  return { ...written, changed: JSON.stringify(read(tools, fullName)) !== before };
};

/** F: a queue that an assignment rule names cannot be deleted. */
const checkUnused = (tools: SaveTools, name: string): void => {
  const rule = tools.components
    .list('AssignmentRule')
    .find(({ body }) =>
      bodiesAt(body, 'ruleEntry').some(
        (entry) => textAt(entry, 'assignedToType') === 'Queue' && textAt(entry, 'assignedTo') === name
      )
    );
  if (rule) throw new Problem(`This queue is used by assignment rule ${rule.fullName}`, undefined, 'DEPENDENCY_EXISTS');
};

export const queue: Kind = {
  name: 'Queue',
  place: { directory: 'queues', suffix: 'queue' },
  order: 16,
  needs: ['ManageUsers', 'ManageInternalUsers', 'CustomizeApplication', 'ModifyAllData'],
  list: (tools) => listRecords(tools, 'Group', '"DeveloperName"', `"Type" = 'Queue'`),
  read,
  write,
  remove: (work, fullName) => {
    checkUnused(work.tools, fullName);
    return removeGroup(work, 'Queue', fullName);
  },
  rename: (work, from, to) => {
    checkUnused(work.tools, from);
    return renameGroup(work, 'Queue', from, to);
  },
};
