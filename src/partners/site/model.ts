/** What preparing a site works with: the site, the profiles and permission sets whose users are its members, the mails. */
import { z } from 'zod';

/** A site; `firstActivation` is the day on which it was Live for the first time (platform-facts E). */
export type SiteFacts = {
  id: string;
  name: string;
  /** `Live`, `DownForMaintenance` or `UnderConstruction`. */
  status: string;
  firstActivation: string | null;
  sendsWelcome: boolean;
};

export type ParentKind = 'profile' | 'permission-set';

/** A profile or permission set: what the members of a site are named by. `fullName` is its name in metadata. */
export type Parent = { id: string; kind: ParentKind; name: string; fullName?: string };

/** A member group of a site, by its profile or permission set. */
export type Group = { parent: string; status: string };

/** What a command is asked for. */
export type SiteRequest = {
  /** Name or id. */
  site: string;
  /** Names or ids; labels too of permission sets. */
  profiles: readonly string[];
  permissionSets: readonly string[];
  publish: boolean;
  live: boolean;
};

/** Welcome mails that a plan causes: so many, at most so many, or nobody knows how many. */
export const mailsSchema = z.object({
  count: z.number().int().nullable(),
  certainty: z.enum(['exact', 'at-most', 'unknown']),
  /** Why it is no exact number. */
  reason: z.string().nullable(),
});

export type Mails = z.infer<typeof mailsSchema>;

/** A profile or permission set in a plan: state now, and when the plan is done. `none`: it is no member. */
export const plannedMemberSchema = z.object({
  id: z.string(),
  kind: z.enum(['profile', 'permission-set']),
  name: z.string(),
  before: z.string(),
  after: z.string(),
});

export type PlannedMember = z.infer<typeof plannedMemberSchema>;

/** What the plan keeps besides its steps: enough to make it anew. */
export const siteDetailsSchema = z.object({
  site: z.object({ id: z.string(), name: z.string(), before: z.string(), after: z.string() }),
  members: z.array(plannedMemberSchema),
  publish: z.boolean(),
  live: z.boolean(),
  mails: mailsSchema,
});

export type SiteDetails = z.infer<typeof siteDetailsSchema>;
