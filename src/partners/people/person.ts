/** A person to become a partner user, and the name in plain letters. */
import { asciiLocal, NOBODY, sidesOf } from './address.js';
import { latinOf } from './latin.js';
import { regionOf } from './regions.js';

/** What is known of a person; as it stands in the contact and its account. */
export type Person = {
  email: string;
  firstName?: string;
  lastName?: string;
  /** Name of the account. */
  account?: string;
  /** What the pattern of usernames calls the org, such as its My Domain name. */
  org?: string;
  /** Country of the account, as a name or an ISO code; it decides how umlauts are read. */
  country?: string;
};

/** Small ASCII letters, digits and hyphens; undefined where a name is missing or cannot be read. */
export type PlainName = { first?: string; last?: string; account?: string; org?: string; local: string };

/** The names of a person in plain letters. */
export function plainName(person: Person): PlainName {
  const { firstName = '', lastName = '', account = '', org = '', email } = person;
  const region = regionOf(person.country);
  const name = { region, beside: `${firstName} ${lastName}` };
  const local = sidesOf(email)?.local;
  return {
    first: joined(latinOf(firstName, name), ''),
    last: joined(latinOf(lastName, name), ''),
    account: joined(latinOf(account, { region }), '-'),
    org: joined(latinOf(org, { region }), '-'),
    local: local === undefined ? NOBODY : asciiLocal(local, name),
  };
}

const joined = (latin: string | undefined, by: string): string | undefined => latin?.toLowerCase().replaceAll(' ', by);
