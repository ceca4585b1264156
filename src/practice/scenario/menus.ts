/** The menu of the partner site. It has no page for leads yet. */
import type { Row } from '../contracts.js';
import { textFrom } from '../rules/records.js';
import type { Seed } from './seed.js';

const ITEMS: Row[] = [
  { Label: 'Accounts', Type: 'SalesforceObject', Target: 'Account' },
  { Label: 'Opportunities', Type: 'SalesforceObject', Target: 'Opportunity' },
  { Label: 'Deal Registrations', Type: 'SalesforceObject', Target: 'Deal_Registration__c' },
  { Label: 'Support', Type: 'SalesforceObject', Target: 'Case' },
  { Label: 'Catalogue', Type: 'InternalLink', Target: '/catalogue' },
];

/** Adds the menu with its items. */
export const seedMenus = (seed: Seed): void => {
  const sql = 'SELECT "Id" FROM "Network" WHERE "Name" = ?';
  const NetworkId = textFrom(seed.tools, sql, 'Example Partner Central')!;
  const menu = { DeveloperName: 'Default_Navigation', MasterLabel: 'Default Navigation', NetworkId };
  const NavigationLinkSetId = seed.add('NavigationLinkSet', menu, 680);
  ITEMS.forEach((item, Position) => {
    const values = { ...item, NavigationLinkSetId, Position, AccessRestriction: 'LoginRequired', Status: 'Live' };
    seed.add('NavigationMenuItem', values, 680);
  });
};
