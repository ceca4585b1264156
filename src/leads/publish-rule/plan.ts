/** What plans of publishing and of taking out have in common: one deploy, all or nothing, with its mirror. */
import type { Connection } from '@salesforce/core';
import type { OrgIdentity } from '../../org/read/index.js';
import {
  createDeployStep,
  fingerprint,
  PLAN_FORMAT,
  refusalOf,
  validateDeployment,
  type DeployStep,
  type Plan,
  type PlannedComponent,
  type RunFolder,
} from '../../runs/index.js';
import { publishDetailsSchema, type PublishDetails } from './details.js';
import { deploymentOf, type PublishWish } from './deployment.js';
import { readState, type PublishState } from './state.js';

export const PUBLISH_KIND = 'rotation.publish-rule';

/** The org would refuse the deploy; its words. */
export class PublishRefused extends Error {
  public constructor(public readonly reason: string) {
    super(reason);
    this.name = 'PublishRefused';
  }
}

type PlanRequest = {
  conn: Connection;
  org: OrgIdentity;
  folder: RunFolder;
  state: PublishState;
  details: PublishDetails;
  title: string;
  wish: PublishWish;
  backup: PublishWish;
  components: PlannedComponent[];
  undo: DeployStep['undo'];
  warnings: string[];
};

/** What a plan relies on: rules and fields as the org holds them. */
const stateFingerprint = ({ rules, number, slot }: PublishState): string =>
  fingerprint({
    rules: rules.map(({ name, active, entries }) => ({ name, active, entries: entries.map(({ text }) => text) })),
    number: number ?? null,
    slot: slot ?? null,
  });

/** The same for a saved plan, as the org is now. */
export async function readPublishFingerprint(conn: Connection, { details }: Plan): Promise<string> {
  return stateFingerprint(await readState(conn, publishDetailsSchema.parse(details).key));
}

/** Writes the plan. The org is asked whether it would take the deploy, so that a refusal comes before anybody says yes. */
export async function planOf(request: PlanRequest): Promise<Plan> {
  const { org, folder, details, title, components, warnings, state } = request;
  const plan: Plan = {
    format: PLAN_FORMAT,
    kind: PUBLISH_KIND,
    title,
    createdAt: new Date().toISOString(),
    org: { id: org.id, domain: org.domain, kind: org.kind, username: org.username },
    fingerprint: stateFingerprint(state),
    steps: components.length > 0 ? [await stepOf(request)] : [],
    warnings: components.length > 0 ? warnings : [],
    cost:
      components.length > 0
        ? { apiCalls: 6, formula: '1 deploy + 1 look + 4 to read it again', emails: 0, licences: 0 }
        : { apiCalls: 0, formula: 'nothing to write', emails: 0, licences: 0 },
    details,
  };
  await folder.writePlan(plan);
  return plan;
}

async function stepOf({ conn, folder, title, wish, backup, components, undo }: PlanRequest): Promise<DeployStep> {
  const deployment = deploymentOf(wish);
  const answer = await validateDeployment(conn, deployment);
  if (!answer.accepted) throw new PublishRefused(refusalOf(answer));
  return createDeployStep({
    folder,
    id: 'rule',
    title,
    version: conn.version,
    deployment,
    components,
    backup: deploymentOf(backup),
    undo,
  });
}
