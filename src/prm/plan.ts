/** The plan of the switch: one deploy, small, from settings read a moment ago. */
import { z } from 'zod';
import type { OrgIdentity } from '../org/read/index.js';
import { createDeployStep, fingerprint, PLAN_FORMAT, type Plan, type RunFolder } from '../runs/index.js';
import { checkSchema, type Check } from './preflight.js';
import { deploymentFor, type CommunitiesSettings, type PrmSwitch, type SettingChange } from './settings.js';

const PRM_KIND = 'prm.enable';
const STEP = 'settings';

export const settingChangeSchema = z.object({
  setting: z.enum(['enableNetworksEnabled', 'enableEnablePRM']),
  from: z.string(),
  to: z.string(),
});

/** What the plan keeps besides its step. */
export const prmDetailsSchema = z.object({
  changes: z.array(settingChangeSchema),
  partnerRoles: z.number().int().nullable(),
  /** Hash of the decisions file that was in force. */
  decisions: z.string().nullable(),
  /** Why production went without a rehearsal. */
  withoutRehearsal: z.string().nullable(),
  checks: z.array(checkSchema),
});

export type PrmDetails = z.infer<typeof prmDetailsSchema>;

export type PrmPlanRequest = {
  org: OrgIdentity;
  folder: RunFolder;
  /** API version of the deploy. */
  version: string;
  settings: CommunitiesSettings;
  changes: readonly SettingChange[];
  checks: Check[];
  partnerRoles?: number;
  decisions: string | null;
  withoutRehearsal?: string;
};

/** Hash of the settings file as it was read and of the switches wanted: another of either makes the plan stale. */
const settingsFingerprint = (settings: CommunitiesSettings, changes: readonly SettingChange[]): string =>
  fingerprint({ body: settings.body, changes });

/** Writes the plan into its run folder. Without changes it has no step: everything is on already. */
export async function buildPrmPlan(request: PrmPlanRequest): Promise<Plan> {
  const { org, folder, version, settings, changes, checks } = request;
  const details: PrmDetails = {
    changes: [...changes],
    partnerRoles: request.partnerRoles ?? null,
    decisions: request.decisions,
    withoutRehearsal: request.withoutRehearsal ?? null,
    checks,
  };
  const step =
    changes.length > 0 &&
    (await createDeployStep({
      folder,
      id: STEP,
      title: 'Switch partner relationship management on',
      version,
      deployment: deploymentFor(settings, changes),
      components: [{ type: 'Settings', fullName: 'Communities', action: 'change' }],
      // The guide calls the switch final; nobody has verified what a way back would do (platform-facts A1).
      undo: 'none',
    }));
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: PRM_KIND,
    title: 'Switch partner relationship management on',
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: settingsFingerprint(settings, changes),
    steps: step ? [step] : [],
    warnings: [],
    cost: step
      ? {
          apiCalls: 5,
          formula: '1 deploy + 1 look + 3 to read it again; each further look is one more',
          emails: 0,
          licences: 0,
        }
      : { apiCalls: 0, formula: 'nothing to write', emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

/** Which switches a request wants on. */
export const wantedSwitches = (withDigitalExperiences: boolean): PrmSwitch[] =>
  withDigitalExperiences ? ['enableNetworksEnabled', 'enableEnablePRM'] : ['enableEnablePRM'];
