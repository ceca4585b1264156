/** What the company works with besides leads: opportunities, cases, campaigns and the records of its custom objects. */
import type { Row } from '../contracts.js';
import { drawNumbers } from '../save/numbers.js';
import { companyName, SOURCES } from './names.js';
import type { PartnerUser } from './partners.js';
import type { Company } from './people.js';
import { daysAgo, type Seed } from './seed.js';

const SALES = ['Jory Penrose', 'Lene Ashdown', 'Cass Elderberry', 'Dunja Rowan', 'Milo Hartwick', 'Anka Riverstone'];
const CHANNEL = ['Nora Fieldgate', 'Stellan Moor', 'Esme Larchwood', 'Wim Overbeek', 'Ilse Marchetti'];
const SUPPORT = ['Ruben Tallis', 'Sanne Whitlock', 'Joel Bramble'];

/** [stage, forecast category, probability]; the last two are closed. */
const STAGES: ReadonlyArray<readonly [string, string, number]> = [
  ['Prospecting', 'Pipeline', 10],
  ['Qualification', 'Pipeline', 10],
  ['Needs Analysis', 'Pipeline', 20],
  ['Proposal/Price Quote', 'BestCase', 75],
  ['Negotiation/Review', 'BestCase', 90],
  ['Closed Won', 'Closed', 100],
  ['Closed Lost', 'Omitted', 0],
];

const REASONS = ['Installation', 'Performance', 'Breakdown', 'Feedback', 'Other'];
const CAMPAIGN_TYPES = ['Webinar', 'Trade Show', 'Partners', 'Email', 'Conference'];

type Parties = { company: Company; partners: PartnerUser[]; accounts: string[] };

/** Every so many-th record belongs to a partner, where there are any. */
const PARTNER_OWNED = 8;

class Business {
  private readonly own: readonly PartnerUser[];

  public constructor(
    private readonly seed: Seed,
    private readonly parties: Parties
  ) {
    this.own = parties.partners.filter(({ state }) => state === 'ready');
  }

  public opportunities(total: number): void {
    for (let index = 0; index < total; index++) {
      const [StageName, ForecastCategory, Probability] = STAGES[index % STAGES.length]!;
      const partner = this.partner(index);
      this.add('Opportunity', index, {
        Name: `${companyName(index)} relighting`,
        OwnerId: partner?.id ?? this.person([...SALES, ...CHANNEL], index),
        PartnerAccountId: partner?.accountId ?? null,
        AccountId: this.account(index),
        Amount: 5000 * (1 + this.seed.random.below(60)),
        CloseDate: daysAgo(200 - index).slice(0, 10),
        LeadSource: this.seed.random.pick(SOURCES),
        StageName,
        ForecastCategory,
        ForecastCategoryName: ForecastCategory,
        Probability,
        IsClosed: StageName.startsWith('Closed'),
        IsWon: StageName === 'Closed Won',
      });
    }
  }

  public cases(total: number, queue: string): void {
    for (let index = 0; index < total; index++) {
      this.add('Case', index, {
        Subject: `${REASONS[index % REASONS.length]!} question ${index + 1}`,
        OwnerId: index % 6 === 5 ? queue : this.person(SUPPORT, index),
        AccountId: this.account(index),
        Reason: REASONS[index % REASONS.length]!,
        Origin: ['Phone', 'Email', 'Web'][index % 3]!,
        Priority: ['High', 'Medium', 'Low'][this.seed.random.below(3)]!,
        IsEscalated: index % 20 === 0,
        Status: index % 4 === 3 ? 'Closed' : 'Working',
        IsClosed: index % 4 === 3,
      });
    }
  }

  public campaigns(total: number): void {
    for (let index = 0; index < total; index++) {
      const Type = CAMPAIGN_TYPES[index % CAMPAIGN_TYPES.length]!;
      this.add('Campaign', index, {
        Name: `${Type} ${2024 + Math.floor(index / 12)} / ${(index % 12) + 1}`,
        OwnerId: this.person(['Ilse Marchetti', 'Petra Silverlake', 'Nora Fieldgate'], index),
        Type,
        Status: 'In Progress',
        IsActive: index % 3 !== 0,
      });
    }
  }

  public members(total: number): void {
    const ids = (sql: string): string[] =>
      this.seed.tools.store
        .sql(sql)
        .all(total)
        .map((row) => String(row.Id));
    const campaigns = ids('SELECT "Id" FROM "Campaign" ORDER BY "Id" LIMIT ?');
    ids('SELECT "Id" FROM "Lead" WHERE "IsConverted" = 0 ORDER BY "Id" LIMIT ?').forEach((LeadId, index) => {
      this.add('CampaignMember', index, { CampaignId: campaigns[index % campaigns.length]!, LeadId, Status: 'Sent' });
    });
  }

  public customRecords(deskQueue: string): void {
    for (let index = 0; index < 80; index++) {
      const OwnerId = this.partner(index)?.id ?? (index % 5 === 0 ? deskQueue : this.person(CHANNEL, index));
      this.add('Deal_Registration__c', index, {
        Name: `${companyName(index)} project`,
        OwnerId,
        Account__c: this.account(index),
        Status__c: ['Submitted', 'Approved', 'Rejected'][index % 3]!,
        Amount__c: 4000 * (1 + this.seed.random.below(50)),
      });
    }
    for (let index = 0; index < 30; index++) {
      const Tier__c = ['Bronze', 'Silver', 'Gold'][index % 3]!;
      const OwnerId = this.person(['Petra Silverlake', 'Milo Hartwick'], index);
      this.add('Price_Agreement__c', index, {
        Name: `${Tier__c} prices ${index + 1}`,
        OwnerId,
        Tier__c,
        Discount__c: 5 + (index % 25),
      });
    }
    for (let index = 0; index < 30; index++) {
      const OwnerId = this.person([...CHANNEL, 'Wim Overbeek'], index);
      const Status__c = ['Open', 'Granted', 'Closed'][index % 3]!;
      this.add('Co_Marketing_Request__c', index, {
        Name: `Campaign fund ${index + 1}`,
        OwnerId,
        Status__c,
        Budget__c: 1000 + 250 * index,
      });
    }
    for (let index = 0; index < 12; index++) {
      const OwnerId = this.person(['Theo Brandwell'], index);
      this.add('Marketing_Asset__c', index, {
        Name: `Brochure ${index + 1}`,
        OwnerId,
        Link__c: `https://assets.example.com/${index + 1}`,
      });
    }
  }

  private add(object: string, index: number, values: Row): void {
    const { store, catalog } = this.seed.tools;
    const days = 300 - (index % 280);
    drawNumbers(store, catalog.require(object), values, daysAgo(days));
    this.seed.add(object, values, days);
  }

  private person(names: readonly string[], index: number): string {
    return this.parties.company.users.get(names[index % names.length]!)!;
  }

  private partner(index: number): PartnerUser | undefined {
    if (index % PARTNER_OWNED !== 0 || this.own.length === 0) return undefined;
    return this.own[(index / PARTNER_OWNED) % this.own.length];
  }

  private account(index: number): string {
    return this.parties.accounts[(index * 7) % this.parties.accounts.length]!;
  }
}

/** Adds a few hundred records. */
export const seedBusiness = (seed: Seed, parties: Parties, queues: { cases: string; deals: string }): void => {
  const business = new Business(seed, parties);
  business.opportunities(240);
  business.cases(160, queues.cases);
  business.campaigns(30);
  business.members(60);
  business.customRecords(queues.deals);
};
