/** What is found of a site's menu, on answers as the org gives them. */
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { findPage } from '../../../src/leads/queues/prepare/page.js';

type Row = Record<string, unknown>;
type Org = Partial<Record<'Network' | 'NavigationLinkSet' | 'NavigationMenuItem', Row[]>>;

/** Objects that are not named do not exist. */
const orgWith = (rows: Org): Connection =>
  ({
    query: (soql: string) => {
      const object = /FROM (\w+)/.exec(soql)![1] as keyof Org;
      const records = rows[object];
      if (!records) return Promise.reject(Object.assign(new Error(object), { errorCode: 'INVALID_TYPE' }));
      return Promise.resolve({ records, totalSize: records.length, done: true });
    },
  }) as unknown as Connection;

const CENTRAL = { Id: '0DB1', Name: 'Central', Status: 'Live' };
const OLD = { Id: '0DB2', Name: 'Old', Status: 'DownForMaintenance' };
const DEFAULT = { Id: '0Nd1', DeveloperName: 'Default_Navigation1', MasterLabel: 'Default Navigation' };
const FOOTER = { Id: '0Nd0', DeveloperName: 'Footer', MasterLabel: null };
const item = (Target: string, Position: number, set = DEFAULT.Id, Status = 'Live'): Row => ({
  NavigationLinkSetId: set,
  Type: 'SalesforceObject',
  Target,
  Position,
  Status,
});

describe('page for leads in a site', () => {
  it('is there, or goes behind the last item of the default menu', async () => {
    const base = { Network: [CENTRAL, OLD], NavigationLinkSet: [FOOTER, DEFAULT] };
    const items = [item('Account', 1), item('Case', 4), item('Contact', 9, FOOTER.Id)];
    expect(await findPage(orgWith({ ...base, NavigationMenuItem: items }), undefined)).to.deep.equal({
      state: 'missing',
      site: 'Central',
      menu: 'Default Navigation',
      menuId: DEFAULT.Id,
      position: 5,
    });
    const with_ = [...items, item('Lead', 2, DEFAULT.Id, 'Draft')];
    expect(await findPage(orgWith({ ...base, NavigationMenuItem: with_ }), 'central')).to.deep.equal({
      state: 'there',
      site: 'Central',
      status: 'Draft',
    });
  });

  it('is looked for by hand where the org shows no menu, or it is not clear which site', async () => {
    const reason = async (org: Org, site?: string): Promise<string> => {
      const page = await findPage(orgWith(org), site);
      return page.state === 'by-hand' ? page.reason : page.state;
    };
    expect(await reason({ Network: [CENTRAL] })).to.match(/^its menu cannot be read here; open its Builder/);
    expect(await reason({ Network: [CENTRAL], NavigationLinkSet: [] })).to.contain('its menu cannot be read');
    expect(await reason({ Network: [OLD] })).to.contain('no site is Live');
    expect(await reason({ Network: [CENTRAL, { ...CENTRAL, Name: 'Two' }] })).to.contain('Central, Two');
    expect(await reason({ Network: [CENTRAL] }, 'Elsewhere')).to.contain('no site "Elsewhere"');
    expect(await reason({})).to.contain('sites cannot be read');
  });
});
