/** Accounts and contacts. */
import { companyName, FIRST_NAMES, LAST_NAMES, PLACES } from './names.js';
import type { Company } from './people.js';
import type { Seed } from './seed.js';

const PARTNERS = 40;
const OTHERS = 60;
const CONTACTS_OF_PARTNER = 3;
const CONTACTS_OF_OTHERS = 40;

/** Partner accounts by their number: 0 to 36 are ordinary, these are not. */
export const WITHOUT_OWNER_ROLE = 37;
export const NO_LONGER_PARTNER = [38, 39];

const CHANNEL = ['Nora Fieldgate', 'Stellan Moor', 'Esme Larchwood', 'Wim Overbeek'];
const SALES = ['Jory Penrose', 'Lene Ashdown', 'Cass Elderberry', 'Dunja Rowan'];

export type Contact = { id: string; accountId: string; name: string };
export type PartnerAccount = { id: string; name: string; ownerId: string; contacts: Contact[] };

const addAccount = (seed: Seed, index: number, ownerId: string, isPartner: boolean): string => {
  const [BillingCountry, BillingCity] = PLACES[index % PLACES.length]!.map(String) as [string, string];
  return seed.add(
    'Account',
    {
      Name: companyName(index),
      OwnerId: ownerId,
      IsPartner: isPartner,
      Type: isPartner ? 'Channel Partner / Reseller' : 'Prospect',
      BillingCountry,
      BillingCity,
      Phone: `+44 20 7946 ${String(1000 + index)}`,
      Website: `https://company-${index}.example.com`,
    },
    1100 - index
  );
};

const addContact = (seed: Seed, accountId: string, ownerId: string, number: number): Contact => {
  // Stepping through both lists at different pace keeps the 160 names apart.
  const first = FIRST_NAMES[(number * 7) % FIRST_NAMES.length]!;
  const last = LAST_NAMES[(number * 11 + Math.floor(number / 25)) % LAST_NAMES.length]!;
  const name = `${first} ${last}`;
  const id = seed.add(
    'Contact',
    {
      FirstName: first,
      LastName: last,
      Name: name,
      AccountId: accountId,
      OwnerId: ownerId,
      Email: `contact.${number}@example.com`,
      Title: 'Partner Manager',
    },
    1000 - number
  );
  return { id, accountId, name };
};

const partnerOwner = (company: Company, index: number): string => {
  // Fact 7: no portal user can be made for an account whose owner has no role.
  const name = index === WITHOUT_OWNER_ROLE ? 'Kaja Fernhill' : CHANNEL[index % CHANNEL.length]!;
  return company.users.get(name)!;
};

/** Adds 100 accounts and 160 contacts. Returns the partner accounts. */
export const seedAccounts = (seed: Seed, company: Company): PartnerAccount[] => {
  const partners: PartnerAccount[] = [];
  let number = 0;
  for (let index = 0; index < PARTNERS; index++) {
    const ownerId = partnerOwner(company, index);
    const id = addAccount(seed, index, ownerId, !NO_LONGER_PARTNER.includes(index));
    const contacts: Contact[] = [];
    for (let i = 0; i < CONTACTS_OF_PARTNER; i++) contacts.push(addContact(seed, id, ownerId, number++));
    partners.push({ id, name: companyName(index), ownerId, contacts });
  }
  for (let index = 0; index < OTHERS; index++) {
    const ownerId = company.users.get(SALES[index % SALES.length]!)!;
    const id = addAccount(seed, PARTNERS + index, ownerId, false);
    if (index < CONTACTS_OF_OTHERS) addContact(seed, id, ownerId, number++);
  }
  return partners;
};
