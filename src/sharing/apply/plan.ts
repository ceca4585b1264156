/** The plan that carries decisions out. Reads definitions and samples; writes only into its run folder. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  createDeployStep,
  fingerprint,
  PLAN_FORMAT,
  stepSize,
  type AwaitAccessStep,
  type MembersStep,
  type Plan,
  type PlanStep,
  type RunFolder,
} from '../../runs/index.js';
import { edgesIn } from '../analyse/analyse.js';
import { edgeKey, type EdgeUse, type Finding } from '../finding.js';
import type { SharingSnapshot } from '../model.js';
import { planDefaults, planFolders, planListViews } from './definitions.js';
import { planMembers } from './members.js';
import { readOriginals } from './originals.js';
import { planRules, type PlannedDeploy } from './rules.js';

export const APPLY_KIND = 'sharing.apply';

/** What the plan keeps besides its steps. */
export const applyDetailsSchema = z.object({
  /** Keys of the findings that are closed, with what is done. */
  closes: z.array(z.object({ key: z.string(), fix: z.string() })),
  /** Hash of the decisions file. */
  decisions: z.string(),
  /** The org in which the decisions were made. */
  decidedIn: z.object({ id: z.string(), domain: z.string(), kind: z.string() }),
});

export type ApplyDetails = z.infer<typeof applyDetailsSchema>;

/** What is to be changed is not there, or not as the review saw it; the plan would do something else than was decided. */
export class SharingMoved extends Error {
  public constructor(public readonly missing: readonly string[]) {
    super(`Changed since the review: ${missing.join(', ')}`);
    this.name = 'SharingMoved';
  }
}

export type ApplyRequest = {
  conn: Connection;
  org: OrgIdentity;
  folder: RunFolder;
  snapshot: SharingSnapshot;
  /** Findings to close; none of them by hand. */
  convert: readonly Finding[];
  /** What hangs on the memberships that change. */
  uses: readonly EdgeUse[];
  /** Records that people from outside read today and must not afterwards. */
  samples: AwaitAccessStep['samples'];
  /** Objects whose closing no sample can show, because partners keep other access to them. */
  unsampled: readonly string[];
  details: Pick<ApplyDetails, 'decisions' | 'decidedIn'>;
};

/** Plans deploys, member changes and the wait for the recalculation. @throws SharingMoved */
export async function buildApplyPlan(request: ApplyRequest): Promise<Plan> {
  const { conn, org, folder, snapshot, convert, samples, unsampled } = request;
  const originals = await readOriginals(conn, convert);
  const planned = [
    planRules(convert, originals),
    planFolders(convert, originals),
    planListViews(convert, originals),
    planDefaults(convert, originals, snapshot.defaults),
  ];
  const members = planMembers(convert, snapshot);
  const missing = [...planned.flatMap((one) => one.missing), ...members.missing];
  if (missing.length > 0) throw new SharingMoved(missing);
  const deploys = planned.flatMap((one) => one.deploys);
  const steps: PlanStep[] = [];
  for (const deploy of deploys) steps.push(await stepOf(deploy, folder, conn.version));
  if (members.changes.length > 0) steps.push(membersStep(members.changes));
  if (samples.length > 0) steps.push(awaitStep(samples));
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: APPLY_KIND,
    title: `Close ${convert.length} ways outside`,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: applyFingerprint(convert, deploys, members.changes),
    steps,
    warnings: [
      ...deploys.flatMap(({ warnings }) => warnings),
      ...sourceWarnings(convert, request.uses),
      ...sampleWarning(unsampled),
    ],
    cost: costOf(steps),
    details: {
      closes: convert.map(({ key, fix }) => ({ key, fix: fix.text })),
      ...request.details,
    } satisfies ApplyDetails,
  };
  await folder.writePlan(plan);
  return plan;
}

/**
 * Hash of what is closed and how. The definitions are part of it: a plan holds them whole, so that one made before
 * somebody edited a rule or a folder would bring the old definition back.
 */
const applyFingerprint = (
  convert: readonly Finding[],
  deploys: readonly PlannedDeploy[],
  members: MembersStep['changes']
): string =>
  fingerprint({
    closes: convert.map(({ key, digest, fix }) => ({ key, digest, fix: fix.text })),
    deploys: deploys.map(({ deployment, backup }) => ({ deployment, backup })),
    members: members.map(({ text }) => text),
  });

const stepOf = (deploy: PlannedDeploy, folder: RunFolder, version: string): Promise<PlanStep> =>
  createDeployStep({ ...deploy, folder, version, undo: 'exact' });

const membersStep = (changes: MembersStep['changes']): MembersStep => ({
  id: 'members',
  kind: 'members',
  title: 'Members of groups and queues',
  changes,
  undo: 'exact',
});

const awaitStep = (samples: AwaitAccessStep['samples']): AwaitAccessStep => ({
  id: 'access',
  kind: 'await-access',
  title: 'Wait until the sharing is recalculated',
  samples,
  undo: 'exact',
});

/** A list that gives records to an owner-based rule gives fewer once a member is gone. */
function sourceWarnings(findings: readonly Finding[], uses: readonly EdgeUse[]): string[] {
  const changed = new Set(findings.flatMap(({ fix }) => edgesIn(fix)).map(edgeKey));
  const sources = new Set(uses.filter(({ edge }) => changed.has(edgeKey(edge))).flatMap((use) => use.sources));
  if (sources.size === 0) return [];
  return [
    `These rules take their records from a list whose members change, so that records of partners leave them: ${[...sources].sort().join(', ')}.`,
  ];
}

const sampleWarning = (objects: readonly string[]): string[] =>
  objects.length === 0
    ? []
    : [
        `No sample can show when access to ${objects.join(', ')} has ended: nobody outside reads a record there only by what is closed. The definitions are read again all the same.`,
      ];

function costOf(steps: readonly PlanStep[]): Plan['cost'] {
  const deploys = steps.filter(({ kind }) => kind === 'deploy').length;
  const members = steps
    .filter(({ kind }) => kind === 'members')
    .reduce((sum, step) => sum + Math.ceil(stepSize(step) / 200), 0);
  const users = new Set(
    steps.flatMap((step) => (step.kind === 'await-access' ? step.samples.map(({ user }) => user) : []))
  );
  return {
    apiCalls: deploys * 5 + members * 2 + (members > 0 ? 2 : 0) + users.size,
    formula: `${deploys} deploys × 5 (deploy, look, and 3 to read it again) + ${members} × 2 calls for members, read before and after + ${users.size} for sampled access; each further look is one more`,
    emails: 0,
    licences: 0,
  };
}
