/** The way back of what was done to sites: members that the run added go again; what was published stays. */
import { groupState, readSiteGroups } from '../../org/read/index.js';
import type { PublishSiteStep, SiteMembersStep } from '../plan.js';
import type { UndoRequest, WayBack } from './types.js';

/** Members that the run added and that are still there are removed. Those that were asked for before the plan stay. */
export async function removeAgain({ conn }: UndoRequest, step: SiteMembersStep, isDone: boolean): Promise<WayBack> {
  const rows = await readSiteGroups(conn, step.site);
  const present = new Set(rows.filter((row) => groupState(row) !== 'removing').map(({ ParentId }) => ParentId));
  const added = step.changes.filter(({ change }) => change === 'add');
  const still = added.filter(({ parent }) => present.has(parent));
  // A run that was stopped may not have come to all of them.
  const left = isDone ? added.length - still.length : 0;
  const { exactly: _exactly, ...rest } = step;
  const changes = still.map((member) => ({
    ...member,
    change: 'remove' as const,
    text: `Take back: ${member.text}`,
  }));
  const title = `Take back: ${step.title}`;
  return {
    left,
    ...(left > 0 ? { warning: `${left} members of ${step.siteName} are gone already. They are left alone.` } : {}),
    ...(changes.length > 0 ? { step: { ...rest, title, changes } } : {}),
  };
}

/** Nobody can take back what a site has shown. */
export const staysPublished = (step: PublishSiteStep, isDone: boolean): WayBack =>
  isDone ? { left: 1, warning: `${step.siteName} stays published: that cannot be taken back.` } : { left: 0 };
