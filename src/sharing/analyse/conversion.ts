/** Whether the org is of the kind whose access must be converted, and what matters where it is not (platform-facts B1). */
import { z } from 'zod';
import type { Settings, SnapshotOrg } from '../model.js';

/** Orgs made from this day on share with internal people only, unless somebody chose otherwise. */
const INTERNAL_BY_DEFAULT = '2024-02-08';

export const conversionSchema = z.object({
  /** Whether the platform's own wizard is meant for this org. */
  needed: z.boolean(),
  why: z.enum(['old-org', 'new-org', 'old-org-without-sites']),
  created: z.string(),
  text: z.string(),
});

export type Conversion = z.infer<typeof conversionSchema>;

const TEXTS: Readonly<Record<Conversion['why'], string>> = {
  'old-org':
    'The org is older than 8 February 2024 and has Digital Experiences: rules for "Roles and Subordinates" and public folders reach people from outside until they are converted.',
  'new-org':
    'The org was created on or after 8 February 2024. It needs no conversion: new rules and folders are for people of the company only. What still matters: targets that name people from outside, public groups and queues that contain them, external org-wide defaults, manual shares, list views and permissions.',
  'old-org-without-sites':
    'The org is older than 8 February 2024, but Digital Experiences is off. Switched on now, it is for people of the company only by default; check again right after switching it on. Targets, defaults and permissions below matter all the same.',
};

export function conversionOf(org: SnapshotOrg, settings: Settings | undefined): Conversion {
  const created = org.createdDate.slice(0, 10);
  const old = created < INTERNAL_BY_DEFAULT;
  const why = !old ? 'new-org' : settings?.digitalExperiences === false ? 'old-org-without-sites' : 'old-org';
  return { needed: why === 'old-org', why, created, text: TEXTS[why] };
}
