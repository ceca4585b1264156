/** How many partner roles an account gets. It is set by hand in Setup, holds for each account for good, and no API tells it. */
import { z } from 'zod';
import type { RunFolder } from '../runs/index.js';

const recordedSchema = z.object({ partnerRoles: z.number().int().min(1).max(3) });

/** Most runs that are looked into. */
const MOST_RUNS = 200;

/** The number that was given to the newest run on this org that asked for it, and that run. */
export async function recordedPartnerRoles(
  folders: readonly RunFolder[],
  orgId: string
): Promise<{ partnerRoles: number; run: string } | undefined> {
  for (const folder of folders.slice(0, MOST_RUNS)) {
    const plan = await folder.readPlan().catch(() => undefined);
    if (plan?.org.id !== orgId) continue;
    const recorded = recordedSchema.safeParse(plan.details);
    if (recorded.success) return { partnerRoles: recorded.data.partnerRoles, run: folder.id };
  }
  return undefined;
}
