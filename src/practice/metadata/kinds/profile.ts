/** Profiles: object, field and user permissions of those that exist; a deploy changes only what it names. */
import { textFrom, updateRecord } from '../../rules/records.js';
import type { SaveTools } from '../../save/context.js';
import { listRecords } from '../listing.js';
import type { Incoming, Kind, Listed, Work, Written } from '../kind.js';
import { Problem } from '../problem.js';
import type { Body } from '../types.js';
import { textAt } from '../xml/read.js';
import { present, recordOf } from './groups.js';
import { permissionRows, permissionsBody, userPermissionColumns, writePermissionRows } from './permissions.js';

/** Names of metadata that differ from what people see. */
const NAMES: ReadonlyArray<readonly [string, string]> = [
  ['Admin', 'System Administrator'],
  ['Standard', 'Standard User'],
];

const CARRIED = new Set([
  'custom',
  'description',
  'fieldPermissions',
  'objectPermissions',
  'userLicense',
  'userPermissions',
]);

/** Names in metadata carry letters, digits and a few marks as they are, other ASCII characters as their code. */
const escapeName = (name: string): string =>
  name.replaceAll(
    /[^0-9A-Za-z _.\u0080-\uFFFF-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );

/** Name of a profile in metadata. */
export const profileName = (name: string): string => NAMES.find(([, shown]) => shown === name)?.[0] ?? escapeName(name);

/** Id of a profile by its name in metadata, in any case. */
export const profileId = (tools: SaveTools, fullName: string): string | undefined => {
  const wanted = fullName.toLowerCase();
  const row = tools.store
    .sql('SELECT "Id", "Name" FROM "Profile"')
    .all()
    .find(({ Name }) => profileName(String(Name)).toLowerCase() === wanted || String(Name).toLowerCase() === wanted);
  return row && String(row.Id);
};

const setOf = (tools: SaveTools, id: string): string | undefined =>
  textFrom(tools, 'SELECT "Id" FROM "PermissionSet" WHERE "ProfileId" = ?', id);

const read = (tools: SaveTools, fullName: string): Body | undefined => {
  const id = profileId(tools, fullName);
  const profile = recordOf(tools, 'Profile', id);
  if (!id || !profile) return undefined;
  const set = recordOf(tools, 'PermissionSet', setOf(tools, id));
  const standard = NAMES.some(([, shown]) => shown === profile.Name);
  return {
    custom: String(!standard),
    ...present({
      userLicense: textFrom(tools, 'SELECT "Name" FROM "UserLicense" WHERE "Id" = ?', String(profile.UserLicenseId)),
    }),
    ...(set ? permissionsBody(tools, set) : {}),
  };
};

const write = (work: Work, { fullName, body }: Incoming): Written => {
  const { tools, author } = work;
  const id = profileId(tools, fullName);
  const set = id && setOf(tools, id);
  if (!id || !set) throw new Problem(`Profiles cannot be created in the practice org: ${fullName}`);
  const element = Object.keys(body).find((name) => !CARRIED.has(name));
  if (element) throw new Problem(`${element} of profiles is not supported by the practice org`);
  const before = read(tools, fullName)!;
  // The licence of a profile is fixed when it is made (platform-facts C4).
  const licence = textAt(body, 'userLicense');
  if (licence && licence !== textAt(before, 'userLicense'))
    throw new Problem('You can only change the user license when you create a profile');
  const rows = permissionRows(tools, body);
  const columns = userPermissionColumns(tools, body);
  writePermissionRows(work, set, rows, false);
  updateRecord(author, 'PermissionSet', set, columns);
  const { fields } = tools.catalog.require('Profile');
  const own = Object.entries(columns).filter(([name]) => fields.has(name.toLowerCase()));
  updateRecord(author, 'Profile', id, Object.fromEntries(own));
  return { id, created: false, changed: JSON.stringify(read(tools, fullName)) !== JSON.stringify(before) };
};

export const profile: Kind = {
  name: 'Profile',
  place: { directory: 'profiles', suffix: 'profile' },
  order: 61,
  needs: ['ManageProfilesPermissionsets', 'ModifyAllData'],
  list: (tools): Listed[] =>
    listRecords(tools, 'Profile', '"Name"', '1').map((listed) => ({
      ...listed,
      fullName: profileName(listed.fullName),
    })),
  read,
  write,
};
