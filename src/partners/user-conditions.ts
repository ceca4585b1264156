/** Conditions about the user alone: active, licence, login, read access to leads. */
import { PARTNER_LICENCES } from '../status/licences.js';
import type { Section } from '../status/result.js';
import type { PartnerFacts, PartnerUser } from './facts.js';
import { ASK_SETUP, no, unknown, yes, type Finding } from './verdict.js';

const inSetup = ({ username }: PartnerUser): string => `Setup > Users > ${username}`;

/** The command that does the same. */
const orFix = ({ username }: PartnerUser, repair?: string): string =>
  ` Or run "sf channel partner check --user ${username} --fix${repair === undefined ? '' : ` --repair ${repair}`}".`;

/** Active and not frozen. */
export function judgeActive(user: PartnerUser, frozen: Section<boolean>): Finding {
  if (!user.active) {
    return no(
      'The user is not active.',
      `${inSetup(user)} > Edit > Active. This takes a seat of the licence.${orFix(user)}`
    );
  }
  if (!frozen.known) return unknown(`It is not known whether the user is frozen: ${frozen.reason}`, ASK_SETUP);
  if (frozen.value) return no('The user is frozen and cannot log in.', `${inSetup(user)} > Unfreeze.`);
  return yes('Active, not frozen.');
}

/** A licence of partners (platform-facts C4). A profile keeps its licence for good, so the profile is what is changed. */
export function judgeLicence(user: PartnerUser, licence: PartnerFacts['licence']): Finding {
  const fix = `${inSetup(user)} > Edit: choose a profile of a partner licence.`;
  if (user.userType !== 'PowerPartner') {
    return no(
      `This is no partner user (user type ${user.userType}).`,
      'Open the contact and click Enable Partner User. A user of another kind cannot become a partner user.'
    );
  }
  if (!licence.known) return unknown(`The licence is not known: ${licence.reason}`, ASK_SETUP);
  const { key, active } = licence.value;
  if (!PARTNER_LICENCES.includes(key)) return no(`The licence ${key} is none of partners.`, fix);
  if (!active) {
    return no(`The licence ${key} is disabled in this org.`, 'Ask Salesforce to renew it, or use another licence.');
  }
  return yes(`Licence ${key}.`);
}

/** Has logged in once: a warning, as no documentation of the platform demands it (platform-facts D, Eligibility). */
export function judgeLogin(user: PartnerUser, strict: boolean): Finding {
  if (user.lastLogin !== null) return yes(`Last login ${user.lastLogin.slice(0, 10)}.`);
  // C7: a reset sends username and link, which is valid for 24 hours.
  const fix = `${inSetup(user)} > Reset Password sends a login mail, whose link is valid for 24 hours.${orFix(user, 'send-login')}`;
  return { verdict: strict ? 'no' : 'warning', reason: 'The user has never logged in.', fix };
}

/** A new owner must be able to read leads (platform-facts D, TRANSFER_REQUIRES_READ). */
export function judgeReading({ profile }: PartnerUser, readsLeads: Section<boolean>): Finding {
  if (!readsLeads.known) {
    return unknown(`It is not known whether the user may read leads: ${readsLeads.reason}`, ASK_SETUP);
  }
  if (readsLeads.value) return yes('May read leads.');
  return no(
    'The user may not read leads.',
    `Setup > Profiles > ${profile} > Object Settings > Leads > Read, or assign a permission set that grants it.`
  );
}
