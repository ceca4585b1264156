/**
 * Welcome mails that a plan causes. Pure. A member is welcomed when he joins a Live site that says so, and all members
 * when a site is Live for the first time (platform-facts C7). What happens when a site comes back from maintenance is not
 * documented.
 */
import { groupState } from '../../org/read/index.js';
import type { Group, Mails, SiteFacts } from './model.js';
import type { People } from './people.js';

export type MailQuestion = {
  site: SiteFacts;
  groups: readonly Group[];
  /** Profiles and permission sets that the plan adds. */
  adds: readonly string[];
  /** Of those that are on their way already, the ones that the plan waits for. */
  waits: readonly string[];
  live: boolean;
};

/** Whether any mail can go out: only then the people are read. */
export const maySendMails = ({ site, adds, live }: Omit<MailQuestion, 'groups' | 'waits'>): boolean =>
  site.sendsWelcome && (site.status === 'Live' ? adds.length > 0 : live);

/** Profiles and permission sets whose members are on their way to be added. */
export const onTheirWay = (groups: readonly Group[]): string[] =>
  groups.flatMap(({ parent, status }) => (groupState({ AssignmentStatus: status }) === 'adding' ? [parent] : []));

export const NO_MAILS: Mails = { count: 0, certainty: 'exact', reason: null };

/** Counts the mails of a plan that may send some. */
export function countMails({ site, groups, adds, waits }: MailQuestion, { members, covered }: People): Mails {
  const join = (parents: readonly string[]): string[] => parents.flatMap((id) => [...(covered.get(id) ?? [])]);
  if (site.status === 'Live') {
    const joining = new Set(join(adds).filter((id) => !members.has(id)));
    return { count: joining.size, certainty: 'exact', reason: null };
  }
  const sure = new Set([...members, ...join([...adds, ...waits])]);
  const all = new Set([...sure, ...join(onTheirWay(groups))]);
  if (site.firstActivation !== null) return { count: all.size, certainty: 'at-most', reason: REACTIVATION };
  if (all.size > sure.size) return { count: all.size, certainty: 'at-most', reason: UNDER_WAY };
  return { count: sure.size, certainty: 'exact', reason: null };
}

const REACTIVATION =
  'The site was Live before. Salesforce does not document whether its members are welcomed again when it comes back.';

const UNDER_WAY = 'Other profiles or permission sets are on their way to become members. Theirs count as if they were.';
