/** List views, with whom they are shared (platform-facts B2: absent where everybody sees them). */
import type { Body } from '../metadata/types.js';
import { developerNameOf } from '../rules/records.js';
import type { Seed } from './seed.js';

type View = {
  object: string;
  label: string;
  /** Element of SharedTo with the name in it; all users where it is absent. */
  sharedTo?: [element: string, name: string];
  queue?: string;
  filters?: Array<[field: string, operation: string, value: string]>;
};

const COLUMNS: Readonly<Record<string, string[]>> = {
  Account: ['ACCOUNT.NAME', 'ACCOUNT.ADDRESS1_CITY', 'ACCOUNT.TYPE'],
  Campaign: ['CAMPAIGN.NAME', 'CAMPAIGN.STATUS'],
  Case: ['CASES.CASE_NUMBER', 'CASES.SUBJECT', 'CASES.STATUS'],
  Deal_Registration__c: ['NAME', 'Status__c', 'Amount__c'],
  Lead: ['FULL_NAME', 'LEAD.COMPANY', 'LEAD.STATUS', 'CORE.USERS.ALIAS'],
  Opportunity: ['OPPORTUNITY.NAME', 'OPPORTUNITY.AMOUNT', 'OPPORTUNITY.STAGE_NAME'],
};

const VIEWS: View[] = [
  { object: 'Lead', label: 'All Open Leads', filters: [['LEAD.CONVERTED', 'equals', '0']] },
  { object: 'Lead', label: 'Leads North', sharedTo: ['roleAndSubordinates', 'Channel_Manager_North'] },
  { object: 'Lead', label: 'Leads of Sales', sharedTo: ['roleAndSubordinatesInternal', 'VP_Sales'] },
  { object: 'Lead', label: 'Launch Leads', sharedTo: ['group', 'Launch_Team'] },
  { object: 'Lead', label: 'Leads for Circles', sharedTo: ['group', 'Channel_Circles'] },
  { object: 'Lead', label: 'Leads for Partners', sharedTo: ['allPartnerUsers', ''] },
  {
    object: 'Lead',
    label: 'Partner Leads West Queue',
    queue: 'Partner_Leads_West',
    sharedTo: ['queue', 'Partner_Leads_West'],
  },
  { object: 'Account', label: 'All Prospects', filters: [['ACCOUNT.TYPE', 'equals', 'Prospect']] },
  { object: 'Account', label: 'Channel Accounts', sharedTo: ['roleAndSubordinates', 'VP_Channel'] },
  { object: 'Opportunity', label: 'Pipeline', sharedTo: ['allInternalUsers', ''] },
  { object: 'Opportunity', label: 'Channel Pipeline', sharedTo: ['roleAndSubordinates', 'Channel_Director'] },
  { object: 'Case', label: 'Support Cases', sharedTo: ['role', 'Support_Manager'] },
  { object: 'Campaign', label: 'Running Campaigns' },
  { object: 'Deal_Registration__c', label: 'Approved Registrations', filters: [['Status__c', 'equals', 'Approved']] },
];

const bodyOf = (view: View, name: string): Body => ({
  fullName: name,
  columns: COLUMNS[view.object]!,
  filterScope: view.queue === undefined ? 'Everything' : 'Queue',
  ...(view.filters ? { filters: view.filters.map(([field, operation, value]) => ({ field, operation, value })) } : {}),
  label: view.label,
  ...(view.queue === undefined ? {} : { queue: view.queue }),
  ...(view.sharedTo ? { sharedTo: { [view.sharedTo[0]]: view.sharedTo[1] } } : {}),
});

/** Adds the views: the rows that queries find, and the definitions behind them. */
export const seedListViews = (seed: Seed): void => {
  for (const view of VIEWS) {
    const name = developerNameOf(view.label);
    const values = { Name: view.label, DeveloperName: name, SobjectType: view.object, IsSoqlCompatible: true };
    const id = seed.add('ListView', values, 1400);
    seed.tools.components.put(seed.author(1400), {
      type: 'ListView',
      fullName: `${view.object}.${name}`,
      id,
      body: bodyOf(view, name),
    });
  }
};
