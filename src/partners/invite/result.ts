/** Result of `partner invite`. */
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import { receiptSchema, type Plan, type Receipt } from '../../runs/index.js';
import { csvResult, csvSchema } from '../csv-result.js';
import { partnerState } from '../partner-state.js';
import { rejectedSchema, shownRejected, type RejectedRow } from '../rejected.js';
import { inviteDetailsSchema } from './plan.js';
import { userSchema, type ShownUser } from './people.js';
import type { InviteSnapshot } from './read.js';

const existingSchema = z.object({
  id: z.string(),
  contactId: z.string(),
  username: z.string(),
  active: z.boolean(),
  /** Whether this run sends a login. */
  login: z.boolean(),
});

export const partnerInviteResultSchema = z.object({
  org: z.object({ id: z.string(), name: z.string(), domain: z.string(), kind: z.string() }),
  state: z.enum(['planned', 'nothing-to-do', 'done', 'partly-done', 'stopped']),
  summary: inviteDetailsSchema,
  /** Users exactly as they will be made. */
  users: z.array(userSchema),
  /** The same as a table for a spreadsheet; beside the plan file, or in the folder of the run. */
  peopleFile: z.string().optional(),
  /** Contacts that have a user already. */
  existing: z.array(existingSchema).optional(),
  rejected: z.array(rejectedSchema),
  rejectedFile: z.string().optional(),
  csv: csvSchema.optional(),
  warnings: z.array(z.string()),
  cost: z.object({
    apiCalls: z.number().int(),
    formula: z.string(),
    emails: z.number().int(),
    licences: z.number().int(),
  }),
  planFile: z.string().optional(),
  run: z.string().optional(),
  receipt: receiptSchema.optional(),
});

export type PartnerInviteResult = z.infer<typeof partnerInviteResultSchema>;

type Input = {
  org: OrgIdentity;
  plan: Plan;
  users: ShownUser[];
  snapshot?: InviteSnapshot;
  rejected: readonly RejectedRow[];
  rejectedFile?: string;
  planFile?: string;
  peopleFile?: string;
  receipt?: Receipt;
};

export function partnerInviteResult({
  org,
  plan,
  users,
  snapshot,
  rejected,
  receipt,
  ...files
}: Input): PartnerInviteResult {
  const { id, name, domain, kind } = org;
  const planned = plan.steps.length > 0 ? 'planned' : 'nothing-to-do';
  const done = receipt && partnerState(receipt, rejected);
  return {
    org: { id, name, domain, kind },
    state: done ?? planned,
    summary: inviteDetailsSchema.parse(plan.details),
    users,
    existing: snapshot?.existing.map(({ user, contact }) => ({
      id: user.id,
      contactId: contact.id,
      username: user.username,
      active: user.active,
      login: snapshot.logins.some((one) => one.user.id === user.id),
    })),
    rejected: rejected.map(shownRejected),
    csv: snapshot?.csv && csvResult(snapshot.csv, snapshot.unused),
    warnings: plan.warnings,
    cost: plan.cost,
    ...files,
    run: receipt?.run,
    receipt,
  };
}
