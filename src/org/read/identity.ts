import type { Connection } from '@salesforce/core';
import { queryAll } from './query.js';
import { select } from './soql/select.js';

/** Production, or which kind of other org. A trial and a Developer Edition org are not production (design: prm). */
export type OrgKind = 'production' | 'sandbox' | 'scratch' | 'developer' | 'trial';

export type OrgIdentity = {
  /** 18-character id. */
  id: string;
  name: string;
  kind: OrgKind;
  /** My Domain name, the first label of the org's host. */
  domain: string;
  edition: string;
  instance: string;
  instanceUrl: string;
  username: string;
  /** When the org was created, ISO text; decides whether external-access conversion matters (platform-facts B1). */
  createdDate: string;
};

type OrganizationRow = {
  Id: string;
  Name: string;
  IsSandbox: boolean;
  TrialExpirationDate: string | null;
  OrganizationType: string;
  InstanceName: string;
  CreatedDate: string;
};

/** Which org this is, by one query on Organization (platform-facts A5). */
export async function readIdentity(conn: Connection): Promise<OrgIdentity> {
  const [row] = await queryAll<OrganizationRow>(
    conn,
    select({
      from: 'Organization',
      fields: ['Id', 'Name', 'IsSandbox', 'TrialExpirationDate', 'OrganizationType', 'InstanceName', 'CreatedDate'],
    })
  );
  if (!row) throw new Error('The org did not answer the query on Organization.');
  return {
    id: row.Id,
    name: row.Name,
    kind: kindOf(row),
    domain: domainOf(conn.instanceUrl),
    edition: row.OrganizationType,
    instance: row.InstanceName,
    instanceUrl: conn.instanceUrl,
    username: await usernameOf(conn),
    createdDate: row.CreatedDate,
  };
}

const ACCESS_TOKEN = /^00D\w{12,15}!/;

/** Name of the login for messages. Where sf was given a bare access token, that token is its name, and a secret. */
export function loginName(conn: Connection): string {
  const name = conn.getUsername() ?? '';
  return ACCESS_TOKEN.test(name) ? 'the user of the access token' : name;
}

/** Username of the running user, also where sf was given a bare access token. */
export async function usernameOf(conn: Connection): Promise<string> {
  const name = conn.getUsername() ?? '';
  if (!ACCESS_TOKEN.test(name)) return name;
  const { preferred_username: username } = await conn.request<{ preferred_username: string }>(
    `${conn.instanceUrl.replace(/\/$/, '')}/services/oauth2/userinfo`
  );
  return username;
}

function kindOf({ IsSandbox, TrialExpirationDate, OrganizationType }: OrganizationRow): OrgKind {
  if (IsSandbox) return TrialExpirationDate === null ? 'sandbox' : 'scratch';
  if (OrganizationType === 'Developer Edition') return 'developer';
  return TrialExpirationDate === null ? 'production' : 'trial';
}

/** `acme` of `https://acme--dev.sandbox.my.salesforce.com` is `acme--dev`: the label that names this org alone. */
export function domainOf(instanceUrl: string): string {
  const { hostname, port } = new URL(instanceUrl);
  return /^[\d.]+$/.test(hostname) || hostname === 'localhost' ? `${hostname}:${port}` : hostname.split('.')[0]!;
}
