/** Conditions about contact and account of a partner user (platform-facts C1). */
import type { Section } from '../status/result.js';
import type { PartnerAccount, PartnerFacts, PartnerUser } from './facts.js';
import { no, unknown, yes, type Finding } from './verdict.js';

type Account = PartnerFacts['account'];

const ASK_RECORD = (what: string): string => `Ask for read access to the ${what}, or have the check run by its owner.`;

/** The contact that the user was made from. */
export function judgeContact({ contactId, username }: PartnerUser, contact: Section<'there' | 'gone'>): Finding {
  if (contactId === null) {
    return no('The user has no contact.', 'Add a contact to the partner account and click Enable Partner User on it.');
  }
  if (!contact.known)
    return unknown(`It is not known whether the contact is there: ${contact.reason}`, ASK_RECORD('contact'));
  if (contact.value === 'there') return yes('The contact is there.');
  return no(
    `The contact (${contactId}) is gone.`,
    `Restore it from the recycle bin, or enable another contact and deactivate ${username}.`
  );
}

/** The account is still a partner. Taking the flag away has deleted its portal roles for good. */
export function judgeAccount(user: PartnerUser, account: Account): Finding {
  const missing = judgePresence(user, account);
  if (missing) return missing;
  const { name, isPartner } = present(account);
  if (isPartner) return yes(`${name} is a partner account.`);
  return no(`The account ${name} is no longer a partner.`, `Open the account ${name} and click Enable As Partner.`);
}

/** The owner of the account must be active and have a role, or portal users cannot be saved. */
export function judgeOwner(user: PartnerUser, account: Account): Finding {
  const missing = judgePresence(user, account);
  if (missing) return missing;
  const { name, owner } = present(account);
  const others = `or give the account ${name} to a channel manager who is active and has a role.`;
  if (!owner) return unknown('You may not see who owns the account.', ASK_RECORD('owner'));
  if (!owner.active) return no(`${owner.name}, who owns the account, is not active.`, `Activate the owner, ${others}`);
  if (!owner.hasRole) {
    return no(
      `${owner.name}, who owns the account, has no role.`,
      `Setup > Users > ${owner.name} > Edit > Role, ${others}`
    );
  }
  return yes(`${owner.name} owns the account, is active and has a role.`);
}

const present = (account: Account): PartnerAccount => (account as { value: PartnerAccount }).value;

function judgePresence({ accountId }: PartnerUser, account: Account): Finding | undefined {
  if (accountId === null)
    return no('The user belongs to no account.', 'Enable a contact of the partner account instead.');
  if (!account.known) return unknown(`The account is not known: ${account.reason}`, ASK_RECORD('account'));
  if (account.value) return undefined;
  return no(`The account (${accountId}) is gone.`, 'Restore it from the recycle bin.');
}
