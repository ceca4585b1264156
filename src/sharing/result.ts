/** Result of `sharing review`: of --json, and what its reports are made from. */
import { z } from 'zod';
import type { SharingReport } from '../report/sharing-types.js';
import { conversionSchema } from './analyse/conversion.js';
import { DECISIONS, findConflicts, type Merged } from './decisions/index.js';
import { dormantSchema, edgeKey, edgeSchema, edgeUseSchema, findingSchema } from './finding.js';
import type { Review } from './review.js';

const count = z.number().int().nonnegative();

const decidedSchema = findingSchema.extend({
  decision: z.enum(DECISIONS),
  /** `new`: not in the decisions file. `reopened`: decided before about something that has changed since. */
  state: z.enum(['new', 'decided', 'reopened']),
  reason: z.string().optional(),
  by: z.string().optional(),
  before: z
    .object({
      decision: z.enum(DECISIONS),
      reason: z.string().optional(),
      differences: z.array(z.object({ field: z.string(), was: z.string(), is: z.string() })),
    })
    .optional(),
});

export const sharingReviewResultSchema = z.object({
  org: z.object({ id: z.string(), name: z.string(), domain: z.string(), kind: z.string(), createdDate: z.string() }),
  readAt: z.string(),
  conversion: conversionSchema,
  /** Roles below which partners to be are projected. */
  managers: z.array(z.string()),
  people: z.object({ partners: count, customers: count, guests: count, projected: count }),
  counted: z.boolean(),
  /** False where the running user could not read these, so that nothing found means nothing. */
  known: z.object({ definitions: z.boolean(), permissions: z.boolean() }),
  summary: z.object({
    findings: count,
    high: count,
    latent: count,
    undecided: count,
    deferred: count,
    reopened: count,
    keep: count,
    convert: count,
    needsConversion: count,
  }),
  findings: z.array(decidedSchema),
  dormant: z.array(dormantSchema),
  uses: z.array(edgeUseSchema),
  conflicts: z.array(z.object({ edge: edgeSchema, converted: z.array(z.string()), kept: z.array(z.string()) })),
  /** Decisions about findings that are not there any more. */
  gone: z.array(z.object({ key: z.string(), decision: z.enum(DECISIONS), finding: z.string() })),
  warnings: z.array(z.string()),
  /** What could not be read or counted, and why. */
  notes: z.array(z.object({ source: z.string(), reason: z.string() })),
  files: z.object({ decisions: z.string().optional(), report: z.string().optional(), csv: z.string().optional() }),
});

export type SharingReviewResult = z.infer<typeof sharingReviewResultSchema>;

type ResultInput = { review: Review; merged: Merged; counted: boolean; files: SharingReviewResult['files'] };

export function sharingReviewResult({ review, merged, counted, files }: ResultInput): SharingReviewResult {
  const { snapshot, conversion, managers, people, dormant, uses, notes } = review;
  const { org, readAt } = snapshot;
  const findings = merged.decided.map(({ finding, ...decision }) => ({ ...finding, ...decision }));
  const number = (wanted: (one: (typeof findings)[number]) => boolean): number => findings.filter(wanted).length;
  return {
    org,
    readAt,
    conversion,
    managers: managers.names,
    people,
    counted,
    known: { definitions: snapshot.definitionsKnown, permissions: snapshot.permissionsKnown },
    summary: {
      findings: findings.length,
      high: number(({ severity }) => severity === 'high'),
      latent: number(({ latent }) => latent),
      undecided: number(({ decision }) => decision === 'open'),
      deferred: number(({ decision }) => decision === 'defer'),
      reopened: number(({ state }) => state === 'reopened'),
      keep: number(({ decision }) => decision === 'keep'),
      convert: number(({ decision }) => decision === 'convert'),
      needsConversion: number(({ needsConversion }) => needsConversion),
    },
    findings,
    dormant,
    uses,
    conflicts: findConflicts(merged.decided),
    gone: merged.gone.map(({ key, decision, finding }) => ({ key, decision, finding })),
    warnings: managers.warnings,
    notes,
    files,
  };
}

/** What the HTML report shows of a result. */
export function sharingReport(result: SharingReviewResult): SharingReport {
  const { org, readAt, conversion, people, managers, findings, dormant, notes, conflicts, known } = result;
  const named = conflicts.map(({ edge, ...rest }) => ({ edge: edgeKey(edge), ...rest }));
  return { org, at: readAt, conversion, people, managers, findings, dormant, notes, conflicts: named, known };
}
