/** What a disable plan says about itself: what is lost for good, account by account, before anybody agrees to it. */
import { z } from 'zod';

const count = z.number().int().nonnegative();
const personSchema = z.object({ id: z.string(), name: z.string(), username: z.string() });
const listSchema = z.object({ kind: z.enum(['group', 'queue']), name: z.string() });

/** Numbers and lists are null where the running user may not see enough to tell. */
export const lossSchema = z.object({
  id: z.string(),
  name: z.string(),
  manager: z.string(),
  /** Names of portal roles that are deleted, and how many groups go with them. */
  portalRoles: z.array(z.string()).nullable(),
  groups: count.nullable(),
  users: z
    .object({
      active: z.array(personSchema),
      inactive: count,
      /** Active users beyond those that the platform deactivates at once. */
      beyond: count,
    })
    .nullable(),
  /** Open leads that its users own. They are not lost, but nobody works on them any more. */
  openLeads: count.nullable(),
  /** Public groups and queues that lose a group of its roles as a member. */
  memberships: z.array(listSchema),
  /** Public groups and queues in which its users are named; they stay there. */
  userMemberships: z.array(listSchema),
  /** Records shared by hand with groups of its roles, by object; null where the share object could not be read. */
  shares: z.array(z.object({ object: z.string(), shares: count })).nullable(),
  /** Sharing rules, folders and list views that name its roles; null where they could not be read. */
  definitions: z.array(z.object({ kind: z.enum(['rule', 'folder', 'list-view']), name: z.string() })).nullable(),
});

export const disableDetailsSchema = z.object({
  /** Accounts that end being partners, by id. */
  accounts: z.array(lossSchema),
  skipped: z.array(z.object({ id: z.string(), name: z.string(), reason: z.enum(['not-partner', 'person-account']) })),
  /** Whether all partner users are deactivated by the plan, whatever the platform does. */
  deactivateRest: z.boolean(),
  /** Users that the plan deactivates. */
  deactivated: z.array(personSchema),
  /** Ids of the accounts that were named. */
  named: z.array(z.string()),
  /** What could not be read, and why. */
  unknown: z.array(z.string()),
});

export type Loss = z.infer<typeof lossSchema>;
export type DisableDetails = z.infer<typeof disableDetailsSchema>;
