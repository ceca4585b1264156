/** Queues: eight for partners, the one where leads wait, one for cases, one that serves nothing (platform-facts F). */
import { developerNameOf } from '../rules/records.js';
import type { PartnerUser } from './partners.js';
import type { Company } from './people.js';
import type { Seed } from './seed.js';

const REGIONS = ['North', 'South', 'East', 'West', 'Nordics', 'Alps', 'Atlantic', 'Americas'];
const MANAGERS = ['Nora Fieldgate', 'Stellan Moor', 'Esme Larchwood', 'Wim Overbeek'];

export type Queues = { unassigned: string; partner: string[]; cases: string };

/** Adds a queue with its members, users or groups. */
export const addQueue = (
  seed: Seed,
  Name: string,
  object: string | undefined,
  members: string[],
  Email: string | null
): string => {
  const DeveloperName = developerNameOf(Name);
  const id = seed.add(
    'Group',
    { Type: 'Queue', Name, DeveloperName, Email, OwnerId: seed.adminId, DoesIncludeBosses: true },
    600
  );
  if (object !== undefined) seed.add('QueueSobject', { QueueId: id, SobjectType: object }, 600);
  for (const member of members) seed.add('GroupMember', { GroupId: id, UserOrGroupId: member }, 600);
  return id;
};

/** Adds the queues; each partner queue has its manager and every eighth partner user that can log in. */
export const seedQueues = (seed: Seed, { users }: Company, partners: PartnerUser[]): Queues => {
  const ready = partners.filter(({ state }) => state === 'ready' || state === 'login-licence');
  const partner = REGIONS.map((region, index) => {
    const own = ready.filter((_user, number) => number % REGIONS.length === index).map(({ id }) => id);
    return addQueue(seed, `Partner Leads ${region}`, 'Lead', [users.get(MANAGERS[index % 4]!)!, ...own], null);
  });
  const unassigned = addQueue(seed, 'Unassigned Leads', 'Lead', [users.get('Ilse Marchetti')!], 'leads@example.com');
  const cases = addQueue(seed, 'Partner Support Cases', 'Case', [users.get('Ruben Tallis')!], null);
  addQueue(seed, 'Retired Queue', undefined, [], null);
  return { unassigned, partner, cases };
};
