/** Everything `prm enable` wants to know before it plans; read only. */
import type { Connection } from '@salesforce/core';
import { all, compare, isIn, queryAll, select, type OrgIdentity } from '../org/read/index.js';
import type { Exposures } from '../sharing/exposures.js';
import { validateDeployment } from '../runs/index.js';
import { PARTNER_LICENCES } from '../status/licences.js';
import { section } from '../status/section.js';
import type { Section } from '../status/result.js';
import {
  changesFor,
  deploymentFor,
  isOn,
  readCommunities,
  type CommunitiesSettings,
  type PrmSwitch,
} from './settings.js';

export type PrmSnapshot = {
  org: OrgIdentity;
  settings: CommunitiesSettings;
  digitalExperiences: boolean;
  enabled: boolean;
  /** Partner fields on accounts are described: supporting evidence only (platform-facts A1). */
  partnerFields: Section<boolean>;
  /** Seats of partner licences, in use and in all. */
  licences: Section<{ used: number; total: number }>;
  /** Objects whose external org-wide default is more open than Private. */
  openDefaults: Section<string[]>;
  exposures: Section<Exposures>;
  /** What the org says to the deploy without making it; absent where there is nothing to deploy. */
  validation?: Section<{ accepted: boolean; problem?: string }>;
};

export type SnapshotRequest = {
  conn: Connection;
  org: OrgIdentity;
  switches: readonly PrmSwitch[];
  exposures: () => Promise<Exposures>;
};

/**
 * Reads the snapshot. What the running user may not see is unknown, with the reason; the settings must be readable.
 * @throws SettingsUnreadable
 */
export async function readSnapshot({ conn, org, switches, exposures }: SnapshotRequest): Promise<PrmSnapshot> {
  const settings = await readCommunities(conn);
  const [partnerFields, licences, openDefaults, open] = await Promise.all([
    section(hasPartnerFields(conn)),
    section(readSeats(conn)),
    section(readOpenDefaults(conn)),
    section(exposures()),
  ]);
  const changes = changesFor(settings, switches);
  const validation = changes.length > 0 ? await section(validate(conn, settings, switches)) : undefined;
  return {
    org,
    settings,
    digitalExperiences: isOn(settings, 'enableNetworksEnabled'),
    enabled: isOn(settings, 'enableEnablePRM'),
    partnerFields,
    licences,
    openDefaults,
    exposures: open,
    ...(validation ? { validation } : {}),
  };
}

/** Whether Account has IsPartner. */
export async function hasPartnerFields(conn: Connection): Promise<boolean> {
  const { fields } = await conn.describe('Account');
  return fields.some(({ name }) => name === 'IsPartner');
}

async function readSeats(conn: Connection): Promise<{ used: number; total: number }> {
  const rows = await queryAll<{ TotalLicenses: number; UsedLicenses: number }>(
    conn,
    select({
      from: 'UserLicense',
      fields: ['TotalLicenses', 'UsedLicenses'],
      where: all(isIn('LicenseDefinitionKey', PARTNER_LICENCES), compare('Status', '=', 'Active')),
    })
  );
  const sum = (key: 'TotalLicenses' | 'UsedLicenses'): number => rows.reduce((total, row) => total + row[key], 0);
  return { used: sum('UsedLicenses'), total: sum('TotalLicenses') };
}

/** Values of the external default that give nothing by themselves. */
const CLOSED = new Set(['Private', 'ControlledByParent', 'ControlledByLeadOrContact', 'ControlledByCampaign']);

/** Objects that the org lets partners have; setup objects have defaults of their own, which nobody can change. */
async function readOpenDefaults(conn: Connection): Promise<string[]> {
  const soql = select({
    from: 'EntityDefinition',
    fields: ['QualifiedApiName', 'ExternalSharingModel'],
    where: all(compare('IsCustomizable', '=', true), compare('IsQueryable', '=', true)),
  });
  const { records } = await conn.tooling.query<{ QualifiedApiName: string; ExternalSharingModel: string | null }>(soql);
  return records
    .filter(({ ExternalSharingModel: model }) => model !== null && !CLOSED.has(model))
    .map(({ QualifiedApiName: name, ExternalSharingModel: model }) => `${name} (${model})`)
    .sort();
}

async function validate(
  conn: Connection,
  settings: CommunitiesSettings,
  switches: readonly PrmSwitch[]
): Promise<{ accepted: boolean; problem?: string }> {
  const deployment = deploymentFor(settings, changesFor(settings, switches));
  const { accepted, problems, errorMessage } = await validateDeployment(conn, deployment);
  return accepted ? { accepted } : { accepted, problem: problems[0]?.problem ?? errorMessage ?? '' };
}
