/** Org-wide defaults, sharing rules and manual shares of the company. */
import { developerNameOf } from '../rules/records.js';
import type { NewRule, OrgDefault } from '../sharing/types.js';
import { childAccess, condition, SHARING_RULES, type RuleText } from './sharing-rules.js';
import type { Seed } from './seed.js';
import { groupOf, type People } from './somebody.js';
import type { PartnerUser } from './partners.js';

/** Only the marketing assets are open to partners by default. */
const DEFAULTS: Readonly<Record<string, OrgDefault>> = {
  Account: { internal: 'Private', external: 'Private' },
  Contact: { internal: 'ControlledByParent', external: 'ControlledByParent' },
  Lead: { internal: 'Private', external: 'Private' },
  Opportunity: { internal: 'Private', external: 'Private' },
  Case: { internal: 'Private', external: 'Private' },
  Campaign: { internal: 'Read', external: 'Private' },
  Deal_Registration__c: { internal: 'Private', external: 'Private' },
  Price_Agreement__c: { internal: 'Private', external: 'Private' },
  Co_Marketing_Request__c: { internal: 'Private', external: 'Private' },
  Marketing_Asset__c: { internal: 'Read', external: 'Read' },
};

const ruleOf = (object: string, text: RuleText, target: string, source: string | undefined): NewRule => ({
  object,
  name: developerNameOf(text.label),
  label: text.label,
  access: text.access,
  target,
  ...(source === undefined
    ? { kind: 'criteria', criteria: (text.where ?? []).map(condition), allOwners: true }
    : { kind: 'owner', criteria: [], allOwners: false, source }),
  ...(text.filter === undefined ? {} : { booleanFilter: text.filter }),
  ...(text.children === undefined ? {} : { accountSettings: childAccess(text.children) }),
});

const seedRules = (seed: Seed, people: People): void => {
  let days = 480;
  for (const [object, texts] of Object.entries(SHARING_RULES)) {
    for (const text of texts) {
      const target = groupOf(seed, people, text.to);
      if (target === undefined) continue;
      const source = text.from === undefined ? undefined : groupOf(seed, people, text.from);
      seed.tools.sharing.rules.put(seed.author(days--), ruleOf(object, text, target, source));
    }
  }
};

/** Every so many-th lead of the company's own people is shared by hand. */
const EVERY = 7;
const MOST = 12;

const seedLeadShares = (seed: Seed, people: People, partner: PartnerUser | undefined): void => {
  const leads = seed.tools.store
    .sql(
      'SELECT l."Id" FROM "Lead" l JOIN "User" u ON u."Id" = l."OwnerId" AND u."UserType" = \'Standard\' ' +
        'WHERE l."IsConverted" = 0 ORDER BY l."Id" LIMIT ?'
    )
    .all(EVERY * MOST)
    .filter((_, index) => index % EVERY === 0);
  const circle = groupOf(seed, people, 'RoleAndSubordinates:Channel Manager North')!;
  const inside = groupOf(seed, people, 'RoleAndSubordinatesInternal:VP Sales')!;
  leads.forEach(({ Id }, index) => {
    const who = index % 3 === 0 ? circle : index % 3 === 1 ? inside : (partner?.id ?? inside);
    const LeadAccessLevel = index % 2 === 0 ? 'Read' : 'Edit';
    seed.add('LeadShare', { LeadId: String(Id), UserOrGroupId: who, LeadAccessLevel, RowCause: 'Manual' }, 60);
  });
};

const seedAccountShares = (seed: Seed, people: People, partner: PartnerUser | undefined): void => {
  const accounts = seed.tools.store
    .sql('SELECT "Id" FROM "Account" WHERE "IsPartner" = 0 ORDER BY "Id" LIMIT 6')
    .all()
    .map(({ Id }) => String(Id));
  const south = groupOf(seed, people, 'RoleAndSubordinates:Channel Manager South')!;
  accounts.forEach((AccountId, index) => {
    const UserOrGroupId = index % 2 === 0 ? south : (partner?.id ?? groupOf(seed, people, 'Group:Deal Desk')!);
    const levels = {
      AccountAccessLevel: 'Read',
      OpportunityAccessLevel: index === 0 ? 'Read' : 'None',
      CaseAccessLevel: 'None',
      ContactAccessLevel: 'None',
    };
    seed.add('AccountShare', { AccountId, UserOrGroupId, ...levels, RowCause: 'Manual' }, 50);
  });
};

/** Sets defaults, rules and manual shares. All count at once: a scenario is how the org has been for long. */
export const seedSharing = (seed: Seed, people: People, partners: PartnerUser[]): void => {
  const { sharing, catalog } = seed.tools;
  for (const [object, models] of Object.entries(DEFAULTS)) {
    sharing.defaults.set(seed.author(1800), catalog.require(object), models);
  }
  seedRules(seed, people);
  const partner = partners.find(({ state }) => state === 'ready');
  seedLeadShares(seed, people, partner);
  seedAccountShares(seed, people, partner);
  sharing.finishAll();
};
