/** From a request to a plan: reads the org, checks, plans. Knows no flags and no prompts. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../org/read/index.js';
import type { Plan, RunFolder } from '../runs/index.js';
import { buildPrmPlan, wantedSwitches } from './plan.js';
import { preflight, type Check } from './preflight.js';
import { rehearsalCheck, type Rehearsal } from './rehearsal.js';
import { readSandboxes } from './sandboxes.js';
import { changesFor, type SettingChange } from './settings.js';
import { readSnapshot, type PrmSnapshot } from './snapshot.js';
import type { Exposures } from '../sharing/exposures.js';

export type PrmRequest = {
  /** Turns Digital Experiences on as well, where they are off. */
  digitalExperiences: boolean;
  /** Partner roles per account, as Setup shows them. */
  partnerRoles?: number;
  /** Receipt of a rehearsal, for production. */
  rehearsal?: Rehearsal;
  /** Why production goes without one. */
  withoutRehearsal?: string;
  /** Hash of the decisions file in force. */
  decisions: string | null;
  /** Counts the ways by which partners reach records, or would. */
  exposures: () => Promise<Exposures>;
};

export type Prepared = { snapshot: PrmSnapshot; checks: Check[]; changes: SettingChange[]; plan: Plan };

/** @throws SettingsUnreadable where the org does not show its settings */
export async function preparePrm(
  conn: Connection,
  org: OrgIdentity,
  folder: RunFolder,
  request: PrmRequest
): Promise<Prepared> {
  const switches = wantedSwitches(request.digitalExperiences);
  const snapshot = await readSnapshot({ conn, org, switches, exposures: request.exposures });
  const changes = changesFor(snapshot.settings, switches);
  const rehearsal = await rehearse(conn, org, request, changes);
  const { partnerRoles, decisions, withoutRehearsal } = request;
  const turnsNetworksOn = changes.some(({ setting }) => setting === 'enableNetworksEnabled');
  const checks = preflight({ snapshot, partnerRoles, turnsNetworksOn, rehearsal });
  const { settings } = snapshot;
  const version = conn.version;
  const plan = await buildPrmPlan({
    org,
    folder,
    version,
    settings,
    changes: snapshot.enabled ? [] : changes,
    checks,
    partnerRoles,
    decisions,
    withoutRehearsal,
  });
  return { snapshot, checks, changes: snapshot.enabled ? [] : changes, plan };
}

async function rehearse(
  conn: Connection,
  org: OrgIdentity,
  { rehearsal, withoutRehearsal: without, decisions }: PrmRequest,
  changes: readonly SettingChange[]
): Promise<Check> {
  const asks = org.kind === 'production' && rehearsal !== undefined && without === undefined;
  const sandboxes = asks ? await readSandboxes(conn) : undefined;
  return rehearsalCheck({ org, changes, decisions, rehearsal, without, sandboxes, now: new Date() });
}
