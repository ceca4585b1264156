/** Result of `sf channel lead report --json`. */
import { z } from 'zod';

const count = z.number().int();

/** Leads by the class of how long the owner has them. */
const byAge = z.array(z.object({ age: z.string(), open: count, untouched: count }));

const ownerSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['Queue', 'User']),
  got: count,
  lost: count,
  accepted: count,
  declined: count,
  pulledBack: count,
  /** Leads that the owner took out of a queue himself; only the history of leads tells. */
  claimed: count,
  openNow: count,
  /** Converted leads that have this owner. */
  convertedNow: count,
  /** Null where the open leads were not looked at: of owners that got nothing and are no partners. */
  untouchedNow: count.nullable(),
  /** Open leads of which nobody can know whether they were touched; null as before. */
  unclearNow: count.nullable(),
  /** Untouched leads by age, in the order of `ages`; null as before. */
  untouchedByAge: z.array(count).nullable(),
  /** Leads got in each day or week, from `series.from` on. */
  series: z.array(count),
});

const rotationSchema = z.object({
  key: z.string(),
  name: z.string(),
  /** `given`: since the rotation was made. `owed`: leads that it is owed (+) or ahead (-) now. */
  members: z.array(z.object({ name: z.string(), weight: count, given: count, owed: z.number() })),
});

const distributionSchema = z.object({
  run: z.string(),
  /** When it ended, ISO text. */
  at: z.string(),
  /** Key; null for targets that were named. */
  rotation: z.string().nullable(),
  /** Leads of the plan, and those that were written. */
  given: count,
  written: count,
  /** Furthest that a member was from its exact share at any moment, in leads. */
  worst: z.number(),
  members: z.array(
    z.object({ name: z.string(), weight: count, given: count, share: z.number(), deviation: z.number() })
  ),
});

export const leadReportResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string() }),
  days: count,
  /** ISO texts. */
  from: z.string(),
  to: z.string(),
  /** Changes of owners, each once, by who told of them. */
  events: z.object({ total: count, assignment: count, run: count, history: count }),
  ages: z.array(z.string()),
  /** Those who got most first. */
  owners: z.array(ownerSchema),
  series: z.object({ unit: z.enum(['day', 'week']), from: z.string() }),
  /** Open leads of the owners that were looked at. */
  untouched: byAge,
  fairness: z.object({ rotations: z.array(rotationSchema), distributions: z.array(distributionSchema) }),
  /** What could not be known. */
  notes: z.array(z.string()),
  files: z.object({ report: z.string().nullable(), csv: z.string().nullable() }),
});

export type LeadReportResult = z.infer<typeof leadReportResultSchema>;
export type ReportedOwner = LeadReportResult['owners'][number];
