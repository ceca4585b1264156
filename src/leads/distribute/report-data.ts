import type { DistributionReport } from '../../report/distribution-report.js';
import type { Plan, Receipt } from '../../runs/index.js';
import { nextCommands } from './result.js';
import { detailsSchema } from './details.js';

/** Figures of a distribution and of its run, as the report shows them. `after` counts what was really written. */
export function reportData(plan: Plan, receipt: Receipt): DistributionReport {
  const details = detailsSchema.parse(plan.details);
  const [step] = receipt.steps;
  const moved = step?.moved ?? {};
  return {
    run: receipt.run,
    org: `${plan.org.domain} (${plan.org.kind})`,
    at: receipt.endedAt,
    state: receipt.state,
    selection: details.selection,
    selected: details.selected,
    written: step?.done ?? 0,
    failed: step?.failed ?? 0,
    left: step?.changed ?? 0,
    skipped: {
      ...details.skipped,
      ...(details.unchanged > 0 ? { 'already with the right owner': details.unchanged } : {}),
    },
    verified: receipt.verification?.agrees ?? null,
    verification: receipt.verification?.method ?? 'not made, because the run stopped',
    ...(details.fallback && details.fallback.leads > 0 ? { fallback: details.fallback } : {}),
    from: details.from,
    members: details.members.map((member) => {
      const { received = 0, gave = 0 } = moved[member.id] ?? {};
      return { ...member, after: member.before + received - gave };
    }),
    worstDeviation: details.worstDeviation,
    samples: details.samples,
    commands: nextCommands(plan, receipt),
  };
}
