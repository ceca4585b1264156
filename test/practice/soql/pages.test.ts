import { expect } from 'chai';
import { PlatformError } from '../../../src/practice/errors.js';
import { usualDefault } from '../../../src/practice/sharing/models.js';
import { NOW, Org } from './fixture.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof PlatformError) return `${error.errorCode}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

describe('SOQL results in pages', () => {
  let org: Org;
  const LEADS = 4500;
  const soql = 'SELECT Id, LastName FROM Lead ORDER BY Id';

  beforeEach(() => {
    org = new Org();
    org.store.transaction(() => {
      for (let i = 0; i < LEADS; i++)
        org.add('Lead', { LastName: `L${i}`, CreatedDate: '2026-11-24T04:00:00.000+0000' });
    });
  });
  afterEach(() => org.close());

  it('hands out every row once, by locators', () => {
    let page = org.engine.query(soql, org.options());
    expect(page).to.include({ totalSize: LEADS, done: false });
    expect(page.locator).to.match(/^01g\w{15}-2000$/);
    const ids = page.records.map(({ Id }) => Id);
    while (page.locator) {
      page = org.engine.more(page.locator, org.options());
      ids.push(...page.records.map(({ Id }) => Id));
    }
    expect(page.done).to.equal(true);
    expect(ids).to.have.length(LEADS);
    expect(new Set(ids).size).to.equal(LEADS);
  });

  it('keeps to the moment of the query', () => {
    const page = org.engine.query(soql, { ...org.options(), batchSize: 200 });
    expect(page.records).to.have.length(200);
    org.store.db.exec("UPDATE Lead SET LastName = 'changed'; DELETE FROM Lead WHERE Id LIKE '%5_AA'");
    let next = page;
    const names = [];
    while (next.locator) {
      next = org.engine.more(next.locator, org.options());
      names.push(...next.records.map(({ LastName }) => LastName));
    }
    expect(names)
      .to.have.length(LEADS - 200)
      .and.not.include('changed');
  });

  it('repeats a page whose reply was lost, the last one too', () => {
    const first = org.engine.query(soql, org.options());
    const second = org.engine.more(first.locator!, org.options());
    const third = org.engine.more(second.locator!, org.options());
    expect(org.engine.more(first.locator!, org.options())).to.deep.equal(second);
    expect(org.engine.more(second.locator!, org.options())).to.deep.equal(third);
  });

  it('keeps ten results open for a user', () => {
    const locators = Array.from({ length: 11 }, () => org.engine.query(soql, org.options()).locator!);
    const other = org.engine.query(soql, org.options('005gL0000000002UAA')).locator!;
    expect(codeOf(() => org.engine.more(locators[0]!, org.options()))).to.match(/^INVALID_QUERY_LOCATOR/);
    expect(codeOf(() => org.engine.more(locators[1]!, org.options()))).to.equal('accepted');
    expect(codeOf(() => org.engine.more(other, org.options()))).to.match(/^INVALID_QUERY_LOCATOR/);
    expect(codeOf(() => org.engine.more('nonsense', org.options()))).to.match(/^INVALID_QUERY_LOCATOR/);
  });

  it('refuses aggregates of more than one page', () => {
    expect(org.refusal('SELECT LastName, COUNT(Id) FROM Lead GROUP BY LastName')).to.match(/^EXCEEDED_ID_LIMIT/);
    expect(org.query('SELECT LastName, COUNT(Id) FROM Lead GROUP BY LastName LIMIT 2000')).to.have.length(2000);
  });

  describe('flat, for bulk jobs', () => {
    it('streams rows as text from a snapshot', () => {
      const flat = org.engine.flat(
        'SELECT Id, Owner.Name, CreatedDate, IsConverted, AnnualRevenue FROM Lead ORDER BY Id',
        org.options()
      );
      org.store.db.exec('DELETE FROM Lead');
      const rows = [...flat.rows];
      expect(flat.columns.map(({ header }) => header)).to.deep.equal([
        'Id',
        'Owner.Name',
        'CreatedDate',
        'IsConverted',
        'AnnualRevenue',
      ]);
      expect(rows).to.have.length(LEADS);
      expect(rows[0]!.slice(1)).to.deep.equal([null, '2026-11-24T04:00:00.000Z', 'false', null]);
      flat.close();
    });

    it('ends early without leaving the file open', () => {
      const flat = org.engine.flat('SELECT Id FROM Lead', org.options());
      for (const row of flat.rows) {
        expect(row).to.have.length(1);
        break;
      }
      flat.close();
    });

    for (const soql of [
      'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
      'SELECT COUNT(Id) FROM Lead',
      'SELECT COUNT() FROM Lead',
      'SELECT OwnerId FROM Lead GROUP BY OwnerId',
      'SELECT Address FROM Lead',
      'SELECT Id FROM Lead OFFSET 5',
      'SELECT TYPEOF Owner WHEN User THEN Name END FROM Lead',
    ]) {
      it(`refuses ${soql}`, () =>
        expect(codeOf(() => org.engine.flat(soql, org.options()))).to.match(/^API_ERROR: .*not supported/));
    }
  });

  it('names its columns', () => {
    const { columns, ...rest } = org.engine.columns(
      'SELECT Id, Owner.Name, (SELECT LastName FROM CampaignMembers) FROM Lead',
      org.options()
    );
    expect(rest).to.deep.equal({ entity: 'Lead', idSelected: true, groupBy: false });
    expect(columns.map(({ name, path, aggregate }) => ({ name, path, aggregate }))).to.deep.equal([
      { name: 'Id', path: ['Id'], aggregate: false },
      { name: 'Owner.Name', path: ['Owner', 'Name'], aggregate: false },
      { name: 'CampaignMembers', path: ['CampaignMembers'], aggregate: true },
    ]);
    expect(columns[2]!.children!.map(({ name }) => name)).to.deep.equal(['LastName']);
    const grouped = org.engine.columns(
      'SELECT OwnerId, COUNT(Id), MAX(CreatedDate) last FROM Lead GROUP BY OwnerId',
      org.options()
    );
    expect(grouped.groupBy).to.equal(true);
    expect(grouped.columns.map(({ name, type, aggregate }) => [name, type, aggregate])).to.deep.equal([
      ['OwnerId', 'reference', false],
      ['expr0', 'int', true],
      ['last', 'datetime', true],
    ]);
  });

  it('lets sharing narrow the rows of every SELECT', () => {
    const narrow = new Org({
      sharing: {
        filter: (def, session, alias) =>
          def.name === 'Account' ? { sql: `${alias}."OwnerId" = ?`, params: [session.user.Id] } : undefined,
        accessTo: () => new Map(),
        defaults: { of: usualDefault },
      },
    });
    try {
      const me = narrow.options().session.user.Id;
      const mine = narrow.add('Account', { Name: 'Mine', OwnerId: me });
      const theirs = narrow.add('Account', { Name: 'Theirs', OwnerId: '005gL0000000009AAA' });
      expect(narrow.list('SELECT Name FROM Account', 'Name')).to.deep.equal(['Mine']);
      narrow.add('Contact', { LastName: 'K', AccountId: mine, CreatedDate: NOW });
      expect(narrow.query('SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account)')).to.have.length(1);
      narrow.add('Contact', { LastName: 'L', AccountId: theirs, CreatedDate: NOW });
      const parents = narrow.query('SELECT AccountId, Account.Name FROM Contact ORDER BY LastName');
      expect(parents.map(({ Account }) => (Account as { Name: string } | null)?.Name ?? null)).to.deep.equal([
        'Mine',
        null,
      ]);
    } finally {
      narrow.close();
    }
  });
});
