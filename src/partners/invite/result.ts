/** Result of `partner invite`. */
import { z } from 'zod';
import type { OrgIdentity } from '../../org/read/index.js';
import { receiptSchema, type Plan, type Receipt } from '../../runs/index.js';
import { csvResult, csvSchema } from '../csv-result.js';
import { rejectedSchema, shownRejected, type RejectedRow } from '../rejected.js';
import { inviteDetailsSchema } from './plan.js';
import type { InviteSnapshot, NewUser } from './read.js';

const userSchema = z.object({
  line: z.number().int().optional(),
  /** Absent for a contact that is to be made. */
  contactId: z.string().optional(),
  account: z.string(),
  firstName: z.string().optional(),
  lastName: z.string(),
  email: z.string(),
  username: z.string(),
  alias: z.string(),
  nickname: z.string(),
  profile: z.string(),
  portalRole: z.string(),
  locale: z.string(),
  language: z.string(),
  timeZone: z.string(),
});

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
  /** Users exactly as they will be made. Absent where a saved plan was applied: its rows lie beside it. */
  users: z.array(userSchema).optional(),
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
  snapshot?: InviteSnapshot;
  rejected: readonly RejectedRow[];
  rejectedFile?: string;
  planFile?: string;
  receipt?: Receipt;
};

export function partnerInviteResult({ org, plan, snapshot, rejected, receipt, ...files }: Input): PartnerInviteResult {
  const { id, name, domain, kind } = org;
  const planned = plan.steps.length > 0 ? 'planned' : 'nothing-to-do';
  const done = receipt?.state === 'done' && rejected.length > 0 ? 'partly-done' : receipt?.state;
  return {
    org: { id, name, domain, kind },
    state: done ?? planned,
    summary: inviteDetailsSchema.parse(plan.details),
    users: snapshot?.users.map(userOf),
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

/** A user as the "New User" page would show it. */
export const userOf = (one: NewUser): z.infer<typeof userSchema> => ({
  line: one.wish.line,
  contactId: one.contact?.id,
  account: one.account.name,
  firstName: one.first,
  lastName: one.last,
  email: one.email,
  ...one.names,
  profile: one.profile.name,
  portalRole: one.portalRole,
  locale: one.locale,
  language: one.language,
  timeZone: one.timeZone,
});
