/** Permission sets for tests, made and assigned over REST as an administrator does it. */
import { expect } from 'chai';
import { request, type Fixture } from '../http/fixture.js';

export type Grants = {
  /** System permissions. */
  system?: string[];
  /** Objects with letters: Read Create Edit Delete ViewAll(V) ModifyAll(M). */
  objects?: Record<string, string>;
  /** `Lead.Phone` to whether it may be edited too. */
  fields?: Record<string, boolean>;
};

const LETTERS: Readonly<Record<string, string>> = {
  R: 'PermissionsRead',
  C: 'PermissionsCreate',
  E: 'PermissionsEdit',
  D: 'PermissionsDelete',
  V: 'PermissionsViewAllRecords',
  M: 'PermissionsModifyAllRecords',
};

/** Makes a record and gives its id. */
export const made = async (fixture: Fixture, type: string, record: Record<string, unknown>): Promise<string> => {
  const answer = await fixture.call('POST', `/sobjects/${type}`, record);
  expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
  return (answer.body as { id: string }).id;
};

const userId = async (fixture: Fixture, username: string): Promise<string> => {
  const { records } = await fixture.conn.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${username}'`);
  return records[0]!.Id;
};

/** Makes a permission set and assigns it. @returns its id */
export const grant = async (fixture: Fixture, name: string, username: string, grants: Grants): Promise<string> => {
  const system = Object.fromEntries((grants.system ?? []).map((one) => [`Permissions${one}`, true]));
  const set = await made(fixture, 'PermissionSet', { Name: name, Label: name, ...system });
  for (const [SobjectType, letters] of Object.entries(grants.objects ?? {})) {
    const rights = Object.fromEntries([...letters].map((letter) => [LETTERS[letter]!, true]));
    await made(fixture, 'ObjectPermissions', { ParentId: set, SobjectType, ...rights });
  }
  for (const [Field, PermissionsEdit] of Object.entries(grants.fields ?? {})) {
    const SobjectType = Field.split('.')[0];
    await made(fixture, 'FieldPermissions', {
      ParentId: set,
      SobjectType,
      Field,
      PermissionsRead: true,
      PermissionsEdit,
    });
  }
  await made(fixture, 'PermissionSetAssignment', {
    PermissionSetId: set,
    AssigneeId: await userId(fixture, username),
  });
  return set;
};

/** Puts a user on the profile that opens nothing, as an administrator does it. @returns the user's id */
export const toMinimumAccess = async (fixture: Fixture, username: string): Promise<string> => {
  const id = await userId(fixture, username);
  const profiles = "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'";
  const { records } = await fixture.conn.query<{ Id: string }>(profiles);
  const answer = await fixture.call('PATCH', `/sobjects/User/${id}`, { ProfileId: records[0]!.Id });
  expect(answer.status, JSON.stringify(answer.body)).to.equal(204);
  return id;
};

/** Takes all permission sets from a user but that of the profile. */
export const withoutSets = async (fixture: Fixture, id: string): Promise<void> => {
  const text = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${id}' AND PermissionSet.IsOwnedByProfile = false`;
  const { records } = await fixture.conn.query<{ Id: string }>(text);
  for (const { Id } of records) await fixture.call('DELETE', `/sobjects/PermissionSetAssignment/${Id}`);
};

/** Requests of one user. */
export type As = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

/** Somebody's requests, with the token of a login or of a browser. */
export const as = async (fixture: Fixture, username: string, browser = false): Promise<As> => {
  const { control, server } = fixture;
  const { token } = await (browser ? control.browserSession(username) : control.session(username));
  // A text is a CSV file.
  const headers = (body: unknown): Record<string, string> =>
    typeof body === 'string' ? { 'content-type': 'text/csv' } : {};
  const address = (path: string): string => (path.startsWith('/services') ? path : `/services/data/v66.0${path}`);
  return (method, path, body) => request(server.url, token, method, address(path), body, headers(body));
};

/** An address for a query. */
export const soql = (text: string): string => `/query?q=${encodeURIComponent(text)}`;
