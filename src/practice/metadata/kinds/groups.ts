/** Public groups, whose members are no part of metadata (fact 10), and roles. */
import type { Row } from '../../contracts.js';
import type { SaveTools } from '../../save/context.js';
import { listRecords } from '../listing.js';
import { checkApiName, save, type Incoming, type Kind, type Work, type Written } from '../kind.js';
import { notFound } from '../problem.js';
import { textFrom } from '../../rules/records.js';
import type { Body } from '../types.js';
import { flagAt, textAt, textOf } from '../xml/read.js';

/** Id of a group of a type. */
export const groupId = (tools: SaveTools, type: string, name: string): string | undefined =>
  textFrom(tools, 'SELECT "Id" FROM "Group" WHERE "Type" = ? AND "DeveloperName" = ?', type, name);

/** Record behind a name, all fields. */
export const recordOf = (tools: SaveTools, object: string, id: string | undefined): Row | undefined =>
  id === undefined ? undefined : tools.store.find(tools.catalog.require(object), id);

/** Elements that have a value. */
export const present = (body: Record<string, string | null | undefined>): Body =>
  Object.fromEntries(
    Object.entries(body).filter(
      (entry): entry is [string, string] => entry[1] !== null && entry[1] !== undefined && entry[1] !== ''
    )
  );

/** Text of a stored value. */
export const stored = (row: Row, field: string): string | undefined => {
  const value = row[field];
  return value === null || value === undefined ? undefined : String(value);
};

/** Creates or updates the record of a component, and tells whether its definition has changed. */
export const writeRecord = (
  work: Work,
  object: string,
  id: string | undefined,
  values: Record<string, unknown>,
  read: () => Body | undefined
): Written => {
  const before = JSON.stringify(read());
  if (id) save(work, 'update', object, { Id: id, ...values });
  const made = id ?? save(work, 'create', object, values);
  return { id: made, created: !id, changed: !id || JSON.stringify(read()) !== before };
};

const renameRecord = (work: Work, object: string, id: string | undefined, to: string): boolean => {
  checkApiName(to);
  if (id) save(work, 'update', object, { Id: id, DeveloperName: to });
  return id !== undefined;
};

/** Renames a group of a type. */
export const renameGroup = (work: Work, type: string, from: string, to: string): boolean =>
  renameRecord(work, 'Group', groupId(work.tools, type, from), to);

/** Deletes a group of a type. */
export const removeGroup = (work: Work, type: string, name: string): boolean => {
  const id = groupId(work.tools, type, name);
  if (id) save(work, 'delete', 'Group', { Id: id });
  return id !== undefined;
};

const readGroup = (tools: SaveTools, fullName: string): Body | undefined => {
  const row = recordOf(tools, 'Group', groupId(tools, 'Regular', fullName));
  return (
    row &&
    present({
      description: stored(row, 'Description'),
      doesIncludeBosses: stored(row, 'DoesIncludeBosses'),
      name: stored(row, 'Name'),
    })
  );
};

const NEEDS = ['ManageUsers', 'ManageInternalUsers', 'CustomizeApplication', 'ModifyAllData'];

export const group: Kind = {
  name: 'Group',
  place: { directory: 'groups', suffix: 'group' },
  order: 15,
  needs: NEEDS,
  list: (tools) => listRecords(tools, 'Group', '"DeveloperName"', `"Type" = 'Regular'`),
  read: readGroup,
  write: (work, { fullName, body }) => {
    checkApiName(fullName);
    const id = groupId(work.tools, 'Regular', fullName);
    const values = {
      Name: textOf(body, 'name'),
      Description: textAt(body, 'description') ?? null,
      DoesIncludeBosses: flagAt(body, 'doesIncludeBosses') ?? true,
      ...(id ? {} : { Type: 'Regular', DeveloperName: fullName }),
    };
    return writeRecord(work, 'Group', id, values, () => readGroup(work.tools, fullName));
  },
  remove: (work, fullName) => removeGroup(work, 'Regular', fullName),
  rename: (work, from, to) => renameGroup(work, 'Regular', from, to),
};

const INTERNAL = `coalesce("PortalType", 'None') = 'None'`;

/** Id of a role of the company itself. */
const roleId = (tools: SaveTools, name: string): string | undefined =>
  textFrom(tools, `SELECT "Id" FROM "UserRole" WHERE "DeveloperName" = ? AND ${INTERNAL}`, name);

const readRole = (tools: SaveTools, fullName: string): Body | undefined => {
  const row = recordOf(tools, 'UserRole', roleId(tools, fullName));
  const parent = row && recordOf(tools, 'UserRole', stored(row, 'ParentRoleId'));
  return (
    row &&
    present({
      caseAccessLevel: stored(row, 'CaseAccessForAccountOwner'),
      contactAccessLevel: stored(row, 'ContactAccessForAccountOwner'),
      description: stored(row, 'RollupDescription'),
      mayForecastManagerShare: stored(row, 'MayForecastManagerShare'),
      name: stored(row, 'Name'),
      opportunityAccessLevel: stored(row, 'OpportunityAccessForAccountOwner'),
      parentRole: parent && stored(parent, 'DeveloperName'),
    })
  );
};

const roleValues = (tools: SaveTools, fullName: string, body: Body): Record<string, unknown> => {
  const parentName = textAt(body, 'parentRole');
  const parent = parentName === undefined ? null : roleId(tools, parentName);
  if (parent === undefined) throw notFound('parentRole', 'Role', parentName!);
  const optional: Array<[string, string]> = [
    ['caseAccessLevel', 'CaseAccessForAccountOwner'],
    ['contactAccessLevel', 'ContactAccessForAccountOwner'],
    ['opportunityAccessLevel', 'OpportunityAccessForAccountOwner'],
    ['mayForecastManagerShare', 'MayForecastManagerShare'],
  ];
  return {
    Name: textOf(body, 'name'),
    DeveloperName: fullName,
    ParentRoleId: parent,
    RollupDescription: textAt(body, 'description') ?? null,
    ...Object.fromEntries(
      optional.flatMap(([element, field]) => (textAt(body, element) ? [[field, textAt(body, element)]] : []))
    ),
  };
};

const writeRole = (work: Work, { fullName, body }: Incoming): Written => {
  checkApiName(fullName);
  const values = roleValues(work.tools, fullName, body);
  return writeRecord(work, 'UserRole', roleId(work.tools, fullName), values, () => readRole(work.tools, fullName));
};

export const role: Kind = {
  name: 'Role',
  place: { directory: 'roles', suffix: 'role' },
  order: 14,
  needs: ['ManageRoles', 'ManageUsers', 'ManageInternalUsers', 'ModifyAllData'],
  list: (tools) => listRecords(tools, 'UserRole', '"DeveloperName"', INTERNAL),
  read: readRole,
  write: writeRole,
  remove: (work, fullName) => {
    const id = roleId(work.tools, fullName);
    if (id) save(work, 'delete', 'UserRole', { Id: id });
    return id !== undefined;
  },
  rename: (work, from, to) => renameRecord(work, 'UserRole', roleId(work.tools, from), to),
};
