/** From what the org answers to what the directory shows. Pure. */
import { fill, timeText } from 'c/desk';
import { LABELS } from './labels';

const OUTCOMES = {
  Offered: LABELS.OFFERED,
  Accepted: LABELS.ACCEPTED,
  Declined: LABELS.DECLINED,
  PulledBack: LABELS.PULLEDBACK,
};

const usersText = ({ users, able, unknown }) => {
  if (users === 0) return LABELS.NO_USERS;
  if (able === undefined || able === null) return fill(LABELS.TOO_MANY, users);
  return unknown > 0 ? fill(LABELS.OF_UNKNOWN, able, users, unknown) : fill(LABELS.OF, able, users);
};

const leadsText = (openLeads, areHidden) => openLeads ?? (areHidden ? LABELS.NOT_SEEN : LABELS.LEADS_MANY);

/** What the user may not see, and that there is nothing, are told in words. */
const activityRows = (activity) => {
  if (!activity) return [{ key: 0, text: LABELS.NOT_SEEN }];
  if (activity.length === 0) return [{ key: 0, text: LABELS.NO_ACTIVITY }];
  return activity.map(({ outcome, leadName, happenedAt }, at) => ({
    key: at,
    text: fill(OUTCOMES[outcome] ?? LABELS.OFFERED, leadName ?? LABELS.A_LEAD, timeText(happenedAt)),
  }));
};

/**
 * @param {object} partner as `PartnerDirectoryController.find` answers it
 * @param {{ url?: string, open?: object, leadsHidden?: boolean }} [more] address of its page, its people where they are shown, and
 * whether the user may not see whose the leads are
 */
export const partnerRow = (partner, { url, open, leadsHidden } = {}) => ({
  ...partner,
  url,
  usersText: usersText(partner),
  leadsText: leadsText(partner.openLeads, leadsHidden),
  loginText: timeText(partner.lastLogin) ?? LABELS.NEVER,
  activity: activityRows(partner.activity),
  hasUsers: partner.users > 0,
  peopleName: fill(LABELS.PEOPLE_OF, partner.name),
  isOpen: Boolean(open),
  expanded: open ? 'true' : 'false',
  isLoading: open?.isLoading,
  problem: open?.problem,
  people: open?.people?.map((person) => ({ ...person, login: timeText(person.lastLogin) ?? LABELS.NEVER })),
  others: open?.others > 0 ? fill(LABELS.OTHERS, open.others) : undefined,
});
