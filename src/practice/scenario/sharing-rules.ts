/**
 * The sharing rules that the company has collected over the years. Most stay inside; some let partners see what nobody
 * meant to show them, because they were made before partners were users (platform-facts B1).
 */
import type { AccountSettings, RuleAccess, RuleCriterion } from '../sharing/types.js';

/** `Type:Role`, `Group:Name`, `Queue:Name`, `Organization`, `PRMOrganization`, `AllCustomerPortal`, `Portal:0 Executive`. */
export type Somebody = string;

export type RuleText = {
  label: string;
  access: RuleAccess;
  to: Somebody;
  /** Owner rules. */
  from?: Somebody;
  /** Criteria rules: conditions as `Field operation value`. */
  where?: string[];
  filter?: string;
  /** Access to cases, contacts and opportunities of the accounts, as letters: None, Read, Edit. */
  children?: string;
};

const owner = (label: string, access: RuleAccess, from: Somebody, to: Somebody): RuleText => ({
  label,
  access,
  from,
  to,
});

const criteria = (label: string, access: RuleAccess, where: string[], to: Somebody, filter?: string): RuleText => ({
  label,
  access,
  where,
  to,
  ...(filter === undefined ? {} : { filter }),
});

const on = (rule: RuleText, children: string): RuleText => ({ ...rule, children });

const DOWN = 'RoleAndSubordinates';
const INSIDE = 'RoleAndSubordinatesInternal';

const LEAD: RuleText[] = [
  owner('European leads to channel', 'Read', 'Role:Sales Rep Europe', `${DOWN}:VP Channel`),
  owner('American leads to channel', 'Read', `${INSIDE}:Sales Manager Americas`, `${DOWN}:Channel Director`),
  owner('North leads to north circle', 'Edit', 'Role:Channel Manager North', 'Group:Channel North Circle'),
  owner('South leads to all circles', 'Read', 'Role:Channel Manager South', 'Group:Channel Circles'),
  owner('Waiting leads to sales', 'Read', 'Queue:Unassigned Leads', `${INSIDE}:VP Sales`),
  owner('Waiting leads to channel', 'Edit', 'Queue:Unassigned Leads', `${INSIDE}:Channel Director`),
  owner('Sales leads to support', 'Read', `${INSIDE}:VP Sales`, 'Role:Support Manager'),
  owner('Support leads to everybody', 'Read', 'Group:Support Desk', 'Organization'),
  owner('Launch leads to readers', 'Read', 'Group:Launch Team', 'Group:Company Readers'),
  owner('East leads to first executive', 'Read', 'Role:Channel Manager East', 'Portal:0 Executive'),
  criteria(
    'Nordic referrals to partners',
    'Read',
    ['LeadSource equals Partner Referral', 'Country equals Sweden'],
    'PRMOrganization'
  ),
  criteria('Large companies to sales', 'Edit', ['NumberOfEmployees greaterOrEqual 800'], `${INSIDE}:VP Sales`),
  criteria('Healthcare to regions', 'Read', ['Industry equals Healthcare'], 'Group:Regional Readers'),
  criteria(
    'UK hotels to north',
    'Read',
    ['Industry equals Hospitality', 'Country equals United Kingdom', 'City equals Leeds'],
    `${DOWN}:Channel Manager North`,
    '1 AND (2 OR 3)'
  ),
  criteria(
    'Lists to west queue',
    'Read',
    ['LeadSource equals Purchased List', 'City contains den'],
    'Queue:Partner Leads West'
  ),
  criteria('Web leads to Europe', 'Read', ['LeadSource equals Web'], 'Role:Sales Rep Europe'),
  criteria(
    'Schools to training partner',
    'Read',
    ['Industry equals Education', 'Title startsWith Light'],
    'PortalAndBelow:3 Executive'
  ),
];

const ACCOUNT: RuleText[] = [
  on(owner('European accounts to channel', 'Read', 'Role:Sales Rep Europe', `${DOWN}:VP Channel`), 'NNR'),
  on(owner('American accounts to channel', 'Read', 'Role:Sales Rep Americas', `${INSIDE}:VP Channel`), 'NRR'),
  on(owner('Channel accounts to channel', 'Edit', `${INSIDE}:VP Channel`, 'Group:Channel Internal'), 'RRE'),
  on(owner('Sales accounts to support', 'Read', `${INSIDE}:VP Sales`, 'Group:Support Desk'), 'ENR'),
  on(owner('West accounts to regions', 'Read', 'Role:Channel Manager West', 'Group:Regional Readers'), 'NNN'),
  on(owner('Support accounts to everybody', 'Read', `${INSIDE}:VP Support`, 'Organization'), 'NNN'),
  on(owner('American accounts to Milo', 'Read', 'Role:Sales Rep Americas', 'Reports:Milo Hartwick'), 'NNR'),
  on(
    criteria(
      'Partner directory',
      'Read',
      ['Type equals Channel Partner / Reseller', 'BillingCountry equals Italy'],
      'PRMOrganization'
    ),
    'NNN'
  ),
  on(
    criteria('UK accounts to north', 'Read', ['BillingCountry equals United Kingdom'], `${DOWN}:Channel Manager North`),
    'NRN'
  ),
  on(
    criteria('German accounts to Europe', 'Edit', ['BillingCountry equals Germany'], 'Role:Sales Manager Europe'),
    'RRR'
  ),
  on(criteria('Prospects to sales', 'Read', ['Type equals Prospect'], `${INSIDE}:VP Sales`), 'NRR'),
  on(
    criteria(
      'Swedish accounts to programme',
      'Read',
      ['BillingCountry equals Sweden', 'Type notEqual Prospect'],
      'Group:Partner Programme'
    ),
    'NRN'
  ),
];

const OPPORTUNITY: RuleText[] = [
  owner('European deals to channel', 'Read', 'Role:Sales Rep Europe', `${DOWN}:Channel Director`),
  owner('American deals to channel', 'Read', 'Role:Sales Rep Americas', `${INSIDE}:Channel Director`),
  owner('Sales deals to deal desk', 'Edit', `${INSIDE}:VP Sales`, 'Group:Deal Desk'),
  owner('East deals to circles', 'Read', 'Role:Channel Manager East', 'Group:Channel Circles'),
  owner('Deals to managers of Jory', 'Read', 'Role:Sales Rep Americas', 'Managers:Jory Penrose'),
  owner('South deals to south', 'Edit', 'Role:Sales Manager Europe', `${DOWN}:Channel Manager South`),
  criteria('Large deals to sales', 'Edit', ['Amount greaterOrEqual 200000'], 'Role:VP Sales'),
  criteria(
    'Referred deals to programme',
    'Read',
    ['LeadSource equals Partner Referral', 'IsClosed equals False'],
    'Group:Partner Programme'
  ),
  criteria('Won deals to support', 'Read', ['StageName equals Closed Won'], `${INSIDE}:VP Support`),
  criteria(
    'Late stages to management',
    'Read',
    ['StageName equals Negotiation/Review,Proposal/Price Quote'],
    'Role:CEO'
  ),
];

const CASE: RuleText[] = [
  owner('Agent cases to support', 'Edit', 'Role:Support Agent', 'Group:Support Desk'),
  owner('Partner cases to channel', 'Read', 'Queue:Partner Support Cases', `${DOWN}:VP Channel`),
  owner('Manager cases to support', 'Read', 'Role:Support Manager', `${INSIDE}:VP Support`),
  owner('Support cases to readers', 'Read', `${INSIDE}:Support Manager`, 'Group:Company Readers'),
  criteria('Breakdowns to partners', 'Read', ['Reason equals Breakdown', 'Priority equals High'], 'PRMOrganization'),
  criteria('Escalations to sales', 'Read', ['IsEscalated equals True'], `${INSIDE}:VP Sales`),
  criteria('Installations to east', 'Read', ['Reason equals Installation'], `${DOWN}:Channel Manager East`),
  criteria('Web cases to agents', 'Edit', ['Origin equals Web'], 'Role:Support Agent'),
];

const CAMPAIGN: RuleText[] = [
  owner('Channel campaigns to channel', 'Edit', 'Role:Channel Director', 'Group:Channel Internal'),
  owner('Field campaigns to circles', 'Read', 'Group:Field Marketing', 'Group:Channel Circles'),
  criteria('Partner campaigns to partners', 'Read', ['Type equals Partners'], 'PRMOrganization'),
  criteria('Webinars to customers', 'Read', ['Type equals Webinar'], 'AllCustomerPortal'),
];

const DEAL_REGISTRATION: RuleText[] = [
  owner('Deal registrations to channel', 'Edit', `${INSIDE}:Channel Director`, 'Group:Channel Internal'),
  owner('North registrations to north', 'Read', 'Role:Channel Manager North', `${DOWN}:Channel Manager North`),
  owner('Registrations to deal desk', 'Read', 'Queue:Channel Deal Desk', 'Group:Deal Desk'),
  criteria('Approved registrations to circles', 'Read', ['Status__c equals Approved'], 'Group:Channel Circles'),
  criteria('Large registrations to sales', 'Read', ['Amount__c greaterThan 100000'], 'Role:VP Sales'),
];

const PRICE_AGREEMENT: RuleText[] = [
  owner('Price agreements to sales', 'Read', 'Role:VP Sales', `${INSIDE}:VP Sales`),
  criteria('Gold prices to partners', 'Read', ['Tier__c equals Gold'], `${DOWN}:VP Channel`),
  criteria('Silver prices to channel', 'Read', ['Tier__c equals Silver'], 'Group:Channel Internal'),
];

const CO_MARKETING: RuleText[] = [
  owner('Co-marketing to field marketing', 'Edit', 'Role:Channel Director', 'Group:Field Marketing'),
  owner('Co-marketing to programme', 'Read', 'Role:Channel Manager West', 'Group:Partner Programme'),
  criteria('Open requests to channel', 'Read', ['Status__c notEqual Closed'], `${INSIDE}:VP Channel`),
];

/** Rules by object. */
export const SHARING_RULES: Readonly<Record<string, RuleText[]>> = {
  Lead: LEAD,
  Account: ACCOUNT,
  Opportunity: OPPORTUNITY,
  Case: CASE,
  Campaign: CAMPAIGN,
  Deal_Registration__c: DEAL_REGISTRATION,
  Price_Agreement__c: PRICE_AGREEMENT,
  Co_Marketing_Request__c: CO_MARKETING,
};

const LEVELS: Readonly<Record<string, string>> = { N: 'None', R: 'Read', E: 'Edit' };

/** `NRE`: nothing on cases, reading contacts, editing opportunities. */
export const childAccess = (letters: string): AccountSettings => {
  const [caseAccessLevel, contactAccessLevel, opportunityAccessLevel] = [...letters].map((letter) => LEVELS[letter]!);
  return {
    caseAccessLevel: caseAccessLevel!,
    contactAccessLevel: contactAccessLevel!,
    opportunityAccessLevel: opportunityAccessLevel!,
  };
};

/** `Field operation value with spaces`. */
export const condition = (text: string): RuleCriterion => {
  const [field, operation, ...value] = text.split(' ');
  return { field: field!, operation: operation!, value: value.join(' ') };
};
