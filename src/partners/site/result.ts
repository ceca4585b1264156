import { z } from 'zod';
import { stepResultSchema, verificationSchema, type Receipt, type RunFolder } from '../../runs/index.js';
import { mailsSchema, plannedMemberSchema, siteDetailsSchema } from './model.js';
import type { PreparedSite } from './prepare.js';

/** What `sf channel site prepare --json` answers. States are as planned, and after a run as the org has them. */
export const sitePrepareResultSchema = z.object({
  /** Id of the run; null for a dry run, or where nothing had to be done. */
  run: z.string().nullable(),
  state: z.enum(['nothing-to-do', 'planned', 'done', 'partly-done', 'stopped']),
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), username: z.string() }),
  site: z.object({ id: z.string(), name: z.string(), before: z.string(), after: z.string() }),
  members: z.array(plannedMemberSchema),
  /** Whether publishing is part of the plan. */
  publish: z.boolean(),
  mails: mailsSchema,
  /** Errors and counts of each step. */
  steps: z.array(stepResultSchema),
  verification: verificationSchema.nullable(),
  warnings: z.array(z.string()),
  files: z.object({ plan: z.string().nullable() }),
  next: z.array(z.string()),
});

export type SitePrepareResult = z.infer<typeof sitePrepareResultSchema>;

type Outcome = {
  prepared: PreparedSite;
  planFile?: string;
  receipt?: Receipt;
  folder?: RunFolder;
  /** States in the org after the run. */
  states?: { site: string; members: Map<string, string> };
};

/** The `--json` result of a plan, and of its run where there is one. */
export function sitePrepareResult({ prepared, planFile, receipt, folder, states }: Outcome): SitePrepareResult {
  const { plan, mails } = prepared;
  const { site, members, publish } = siteDetailsSchema.parse(plan.details);
  const state = receipt?.state ?? (plan.steps.length > 0 ? 'planned' : 'nothing-to-do');
  return {
    run: receipt?.run ?? null,
    state,
    org: plan.org,
    site: { ...site, after: states?.site ?? site.after },
    members: members.map((one) => ({ ...one, after: states ? (states.members.get(one.id) ?? 'none') : one.after })),
    publish,
    mails,
    steps: receipt?.steps ?? [],
    verification: receipt?.verification ?? null,
    warnings: plan.warnings,
    files: { plan: planFile ?? folder?.plan ?? null },
    next: nextCommands(state, plan.org.username, site.name, receipt?.run),
  };
}

function nextCommands(
  state: SitePrepareResult['state'],
  username: string,
  site: string,
  run: string | undefined
): string[] {
  const resume =
    state === 'stopped' && run !== undefined ? [`sf channel run resume ${run} --target-org ${username}`] : [];
  return [...resume, `sf channel partner check --site "${site}" --target-org ${username}`];
}
