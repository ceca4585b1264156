import { expect } from 'chai';
import { Org } from './fixture.js';

describe('SOQL', () => {
  let org: Org;
  let account: string;
  let ada: string;
  let queue: string;
  const leads: Record<string, string> = {};

  before(() => {
    org = new Org();
    const profile = org.add('Profile', { Name: 'Partner Community User' });
    ada = org.add('User', {
      LastName: 'Ada',
      Name: 'Ada',
      Username: 'ada@example.com',
      IsActive: true,
      ProfileId: profile,
    });
    queue = org.add('Group', { Name: 'Partner Queue', DeveloperName: 'Partner_Queue', Type: 'Queue' });
    account = org.add('Account', { Name: 'Example Harbor Ltd', OwnerId: ada, IsPartner: true, BillingCity: 'Cork' });
    org.add('Account', { Name: 'Alone Ltd', OwnerId: ada });
    org.add('Contact', { LastName: 'Kay', Name: 'Kay', AccountId: account, OwnerId: ada });
    org.add('Contact', { LastName: 'Lee', Name: 'Lee', AccountId: account, OwnerId: ada });
    org.add('Contact', { LastName: 'Zed', Name: 'Zed', OwnerId: ada });
    const lead = (LastName: string, row: Record<string, string | number | boolean | null>): void => {
      leads[LastName] = org.add('Lead', { LastName, Name: LastName, OwnerId: ada, IsConverted: false, ...row });
    };
    lead('Alder', {
      Rating: 'Hot',
      NumberOfEmployees: 10,
      CreatedDate: '2026-11-24T00:00:00.000+0000',
      Company: "O'Brien 100% _x",
    });
    lead('Birch', {
      Rating: 'warm',
      NumberOfEmployees: 20,
      CreatedDate: '2026-11-23T23:59:59.000+0000',
      OwnerId: queue,
    });
    lead('Cedar', {
      Rating: null,
      NumberOfEmployees: null,
      CreatedDate: '2026-10-31T12:00:00.000+0000',
      City: 'Galway',
    });
    lead('Dead', { IsDeleted: true, CreatedDate: '2026-11-24T00:00:00.000+0000' });
  });
  after(() => org.close());

  const names = (where: string): unknown => org.list(`SELECT LastName FROM Lead WHERE ${where} ORDER BY LastName`);

  describe('filters', () => {
    const cases: Array<[where: string, found: string[]]> = [
      ["Rating = 'HOT'", ['Alder']],
      ["Rating != 'hot'", ['Birch', 'Cedar']],
      ["Rating <> 'hot'", ['Birch', 'Cedar']],
      ['Rating = null', ['Cedar']],
      ["Rating = ''", ['Cedar']],
      ['Rating != null', ['Alder', 'Birch']],
      ["Rating IN ('hot', null)", ['Alder', 'Cedar']],
      ["Rating NOT IN ('hot')", ['Birch', 'Cedar']],
      ["Rating NOT IN ('hot', null)", ['Birch']],
      ["Rating IN ('a','b','c','d','Warm')", ['Birch']],
      ["NOT Rating = 'hot'", ['Birch', 'Cedar']],
      ['NOT NumberOfEmployees < 15', ['Birch', 'Cedar']],
      ["NOT (Rating LIKE 'h%' OR LastName = 'Birch')", ['Cedar']],
      ['NumberOfEmployees >= 10 AND NumberOfEmployees < 20', ['Alder']],
      ["LastName = 'alder' OR (LastName = 'birch' AND NumberOfEmployees = 20)", ['Alder', 'Birch']],
      ["LastName LIKE '%ED_R'", ['Cedar']],
      ["Company LIKE '%100\\% \\_x'", ['Alder']],
      ["Company LIKE '%100\\% x'", []],
      ["Company = 'O\\'Brien 100% _x'", ['Alder']],
      ['IsConverted = false', ['Alder', 'Birch', 'Cedar']],
      ['IsConverted = TRUE', []],
      ['HasOptedOutOfEmail = false', ['Alder', 'Birch', 'Cedar']],
      ['CreatedDate = TODAY', ['Alder']],
      ['CreatedDate != TODAY', ['Birch', 'Cedar']],
      ['CreatedDate < TODAY', ['Birch', 'Cedar']],
      ['CreatedDate <= YESTERDAY', ['Birch', 'Cedar']],
      ['CreatedDate > YESTERDAY', ['Alder']],
      ['CreatedDate = LAST_N_DAYS:1', ['Alder', 'Birch']],
      ['CreatedDate = LAST_MONTH', ['Cedar']],
      ['CreatedDate = THIS_MONTH', ['Alder', 'Birch']],
      ['CreatedDate IN (TODAY, LAST_MONTH)', ['Alder', 'Cedar']],
      ['CreatedDate >= 2026-11-24T01:00:00+01:00', ['Alder']],
      ['CreatedDate = 2026-11-23T23:59:59Z', ['Birch']],
      ['CALENDAR_MONTH(CreatedDate) = 10', ['Cedar']],
      ['DAY_ONLY(CreatedDate) = 2026-11-23', ['Birch']],
      ["Owner.Name = 'ada'", ['Alder', 'Cedar']],
      ["Owner.Type = 'Queue'", ['Birch']],
      ["Owner.Type = 'user'", ['Alder', 'Cedar']],
      ["Owner.Type != 'User'", ['Birch']],
      ["Owner.Type = 'group'", []],
      ['Owner.IsActive = true', ['Alder', 'Cedar']],
      ["Owner.Profile.Name LIKE 'partner%'", ['Alder', 'Cedar']],
      ["OwnerId IN (SELECT Id FROM User WHERE Username = 'ada@example.com')", ['Alder', 'Cedar']],
      ["OwnerId NOT IN (SELECT Id FROM User) AND LastName != 'x'", ['Birch']],
      ['PartnerAccountId NOT IN (SELECT Id FROM Account)', ['Alder', 'Birch', 'Cedar']],
    ];
    for (const [where, found] of cases) it(where, () => expect(names(where)).to.deep.equal(found));

    it('thousands of alternatives, and lists of thousands', () => {
      const many = Array.from({ length: 3000 }, (_, i) => `'n${i}'`);
      expect(names(`LastName = 'Alder' OR ${many.map((name) => `LastName = ${name}`).join(' OR ')}`)).to.deep.equal([
        'Alder',
      ]);
      expect(names(`LastName IN ('Birch', ${many.join(', ')})`)).to.deep.equal(['Birch']);
    });

    it('ids of 15 and 18 characters', () => {
      for (const id of [leads.Alder!, leads.Alder!.slice(0, 15)]) {
        expect(names(`Id = '${id}'`)).to.deep.equal(['Alder']);
        expect(names(`Id IN ('${id}','${leads.Birch!}')`)).to.deep.equal(['Alder', 'Birch']);
      }
    });

    it('multi-select picklists', () => {
      org.catalog.add({
        ...org.catalog.require('Lead'),
        name: 'Pick__c',
        keyPrefix: 'a07',
        custom: true,
        fields: new Map(
          [...org.catalog.require('Lead').fields].map(([key, field]) => [
            key,
            field.name === 'Rating' ? { ...field, type: 'multipicklist' as const } : field,
          ])
        ),
      });
      for (const [LastName, Rating] of [
        ['p', 'A;B'],
        ['q', 'B;C'],
        ['r', null],
      ] as const)
        org.add('Pick__c', { LastName, Rating });
      const found = (where: string): unknown =>
        org.list(`SELECT LastName FROM Pick__c WHERE ${where} ORDER BY LastName`);
      expect(found("Rating INCLUDES ('a;b','C')")).to.deep.equal(['p', 'q']);
      expect(found("Rating INCLUDES ('A;C')")).to.deep.equal([]);
      expect(found("Rating EXCLUDES ('A')")).to.deep.equal(['q', 'r']);
    });

    it('deleted records only when asked', () => {
      expect(org.list('SELECT LastName FROM Lead ALL ROWS')).to.include('Dead');
      expect(org.engine.query('SELECT Id FROM Lead', { ...org.options(), all: true }).totalSize).to.equal(4);
    });

    it('USING SCOPE mine', () => {
      expect(org.engine.query('SELECT Id FROM Lead USING SCOPE mine', org.options(ada)).totalSize).to.equal(2);
    });
  });

  describe('results', () => {
    it('attributes, parents and missing parents', () => {
      const [record] = org.query(
        `SELECT Id, Owner.Name, Owner.Type, PartnerAccount.Name FROM Lead WHERE LastName = 'Birch'`
      );
      expect(record).to.deep.equal({
        attributes: { type: 'Lead', url: `/services/data/v66.0/sobjects/Lead/${leads.Birch!}` },
        Id: leads.Birch,
        Owner: {
          attributes: { type: 'Name', url: `/services/data/v66.0/sobjects/Group/${queue}` },
          Name: 'Partner Queue',
          Type: 'Queue',
        },
        PartnerAccount: null,
      });
    });

    it('grandparents, aliases and names in any case', () => {
      const [record] = org.query(
        "select c.lastname, a.OWNER.profile.Name from contact c, c.Account a where c.LastName = 'Kay'"
      );
      expect(record).to.containSubset({
        LastName: 'Kay',
        Account: { Owner: { Profile: { Name: 'Partner Community User' } } },
      });
    });

    it('child subqueries, null where there are none', () => {
      const records = org.query(
        'SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC LIMIT 1) FROM Account ORDER BY Name'
      );
      expect(records.map(({ Contacts }) => Contacts)).to.containSubset([
        null,
        { totalSize: 1, done: true, records: [{ attributes: { type: 'Contact' }, LastName: 'Lee' }] },
      ]);
    });

    it('TYPEOF', () => {
      const records = org.query(
        'SELECT TYPEOF Owner WHEN User THEN Username, IsActive ELSE Name END FROM Lead ORDER BY LastName LIMIT 2'
      );
      expect(records).to.containSubset([
        { Owner: { attributes: { type: 'User' }, Username: 'ada@example.com', IsActive: true } },
        { Owner: { attributes: { type: 'Group' }, Name: 'Partner Queue' } },
      ]);
      expect(org.query('SELECT TYPEOF Owner WHEN User THEN Id ELSE Type, Name END FROM Lead')).to.containSubset([
        { Owner: { attributes: { type: 'Group' }, Type: 'Queue', Name: 'Partner Queue' } },
      ]);
    });

    it('compound addresses', () => {
      expect(org.query('SELECT BillingAddress FROM Account ORDER BY Name')).to.containSubset([
        { BillingAddress: null },
        { BillingAddress: { city: 'Cork', street: null } },
      ]);
    });

    it('FIELDS(), toLabel and FORMAT', () => {
      const [all] = org.query("SELECT FIELDS(ALL) FROM Lead WHERE LastName = 'Cedar' LIMIT 200");
      expect(all)
        .to.include({ City: 'Galway', IsConverted: false })
        .and.have.property('Address')
        .that.includes({ city: 'Galway' });
      expect(org.query('SELECT FIELDS(STANDARD) FROM Account')).to.have.length(2);
      const [one] = org.query("SELECT toLabel(Rating), FORMAT(CreatedDate) made FROM Lead WHERE LastName = 'Alder'");
      expect(one).to.include({ Rating: 'Hot' });
      expect(one!.made).to.match(/^11\/24\/2026, 12:00\sAM$/);
    });

    it('order, nulls and offset', () => {
      const order = (by: string): unknown => org.list(`SELECT LastName FROM Lead ORDER BY ${by}`);
      expect(order('NumberOfEmployees')).to.deep.equal(['Cedar', 'Alder', 'Birch']);
      expect(order('NumberOfEmployees DESC')).to.deep.equal(['Cedar', 'Birch', 'Alder']);
      expect(order('NumberOfEmployees NULLS LAST')).to.deep.equal(['Alder', 'Birch', 'Cedar']);
      expect(order('NumberOfEmployees DESC NULLS LAST LIMIT 1 OFFSET 1')).to.deep.equal(['Alder']);
    });

    it('COUNT() alone answers with the size', () => {
      expect(org.engine.query('SELECT COUNT() FROM Lead', org.options())).to.deep.equal({
        totalSize: 3,
        done: true,
        records: [],
      });
      expect(org.engine.query('SELECT COUNT() FROM Lead LIMIT 2', org.options()).totalSize).to.equal(2);
    });

    it('aggregates and groups', () => {
      expect(
        org.query('SELECT COUNT(Id), COUNT_DISTINCT(OwnerId) owners, SUM(NumberOfEmployees), MIN(LastName) FROM Lead')
      ).to.deep.equal([{ attributes: { type: 'AggregateResult' }, expr0: 3, owners: 2, expr1: 30, expr2: 'Alder' }]);
      expect(org.query('SELECT OwnerId, COUNT(Id) n FROM Lead GROUP BY OwnerId HAVING COUNT(Id) > 1')).to.containSubset(
        [{ OwnerId: ada, n: 2 }]
      );
      expect(
        org.query('SELECT Owner.Name, COUNT(Id) FROM Lead GROUP BY Owner.Name ORDER BY COUNT(Id) DESC')
      ).to.containSubset([
        { Name: 'Ada', expr0: 2 },
        { Name: 'Partner Queue', expr0: 1 },
      ]);
      expect(
        org.query('SELECT Owner.Type, COUNT(Id) n FROM Lead GROUP BY Owner.Type ORDER BY COUNT(Id)')
      ).to.containSubset([
        { Type: 'Queue', n: 1 },
        { Type: 'User', n: 2 },
      ]);
      expect(
        org.query(
          'SELECT CALENDAR_MONTH(CreatedDate) m, COUNT(Id) FROM Lead GROUP BY CALENDAR_MONTH(CreatedDate) ORDER BY m'
        )
      ).to.containSubset([
        { m: 10, expr0: 1 },
        { m: 11, expr0: 2 },
      ]);
      expect(
        org.query('SELECT IsConverted, HasOptedOutOfFax FROM Lead GROUP BY IsConverted, HasOptedOutOfFax')
      ).to.containSubset([{ IsConverted: false, HasOptedOutOfFax: false }]);
    });

    it('one record by id', () => {
      const def = org.catalog.require('Lead');
      expect(
        org.engine.record(def, leads.Alder!.slice(0, 15), ['LastName', 'Owner.Name'], org.options())
      ).to.containSubset({ LastName: 'Alder', Owner: { Name: 'Ada' } });
      expect(org.engine.record(def, leads.Alder!, undefined, org.options())).to.include({
        Rating: 'Hot',
        Id: leads.Alder,
      });
      expect(org.engine.record(def, leads.Dead!, ['Id'], org.options())).to.equal(undefined);
      expect(org.engine.record(def, 'nonsense', ['Id'], org.options())).to.equal(undefined);
    });

    it('EntityDefinition and FieldDefinition', () => {
      expect(
        org.query(
          "SELECT QualifiedApiName, KeyPrefix, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ('lead')"
        )
      ).to.containSubset([{ QualifiedApiName: 'Lead', KeyPrefix: '00Q', InternalSharingModel: 'ReadWriteTransfer' }]);
      const fields = org.list(
        "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Lead'",
        'QualifiedApiName'
      );
      expect(fields).to.include('OwnerId').and.not.include('IsPartner');
      expect(
        org.list("SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinitionId = 'Lead'", 'QualifiedApiName')
      ).to.deep.equal(fields);
    });

    it('clauses that change nothing', () => {
      for (const tail of [
        'WITH SECURITY_ENFORCED',
        'WITH USER_MODE',
        'LIMIT 5 FOR VIEW',
        'FOR UPDATE',
        'LIMIT 5 UPDATE TRACKING',
        'USING SCOPE everything',
      ]) {
        expect(org.query(`SELECT Id FROM Lead ${tail}`), tail).to.have.length(3);
      }
    });
  });

  describe('refusals', () => {
    const cases: Array<[soql: string, error: RegExp]> = [
      [
        'SELECT Id FROM Nothing',
        /^INVALID_TYPE: \nSELECT Id FROM Nothing\n {15}\^\nERROR at Row:1:Column:16\nsObject type 'Nothing' is not supported\./,
      ],
      ['SELECT Id FROM UserRecordAccess', /^MALFORMED_QUERY/],
      [
        'SELECT Id,\n Foo FROM Lead',
        /^INVALID_FIELD: \n Foo FROM Lead\n \^\nERROR at Row:2:Column:2\nNo such column 'Foo' on entity 'Lead'\./,
      ],
      ['SELECT Foo.Name FROM Lead', /^INVALID_FIELD: [\s\S]*Didn't understand relationship 'Foo' in field path/],
      ['SELECT Owner.Foo FROM Lead', /No such column 'Foo' on entity 'Name'/],
      [
        'SELECT Id, (SELECT Id FROM Foos) FROM Account',
        /^INVALID_TYPE: [\s\S]*Didn't understand relationship 'Foos' in FROM part/,
      ],
      ['SELECT Id FROM Lead WHERE', /^MALFORMED_QUERY: [\s\S]*unexpected token: '<EOF>'/],
      ['SELECT Id FROM Lead LIMIT', /<EOF>/],
      ['SELECT Id FROM Lead WHERE Id = :id', /unexpected token: ':'/],
      ['SELECT Id FROM Lead; DROP TABLE Lead', /unexpected token: ';'/],
      [
        "SELECT Id FROM Lead WHERE LastName = 'a' AND Rating = 'b' OR City = 'c'",
        /^MALFORMED_QUERY: [\s\S]*unexpected token: 'OR'/,
      ],
      ["SELECT Id FROM Lead WHERE Id = 'x'", /^INVALID_QUERY_FILTER_OPERATOR: [\s\S]*invalid ID field: x/],
      ["SELECT Id FROM Lead WHERE Id LIKE '00Q%'", /^INVALID_QUERY_FILTER_OPERATOR/],
      [
        "SELECT Id FROM Lead WHERE IsConverted = 'true'",
        /^INVALID_FIELD: [\s\S]*must be of type boolean and should not be enclosed in quotes/,
      ],
      ['SELECT Id FROM Lead WHERE LastName = 5', /must be of type string and should be enclosed in quotes/],
      [
        "SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01'",
        /must be of type dateTime and should not be enclosed in quotes/,
      ],
      ['SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01', /must be of type dateTime/],
      ['SELECT Id FROM Lead WHERE CreatedDate > SOMEDAY', /unexpected token: 'SOMEDAY'/],
      ["SELECT Id FROM Lead WHERE Description = 'x'", /^INVALID_FIELD: [\s\S]*field 'Description' can not be filtered/],
      ['SELECT Id FROM Lead ORDER BY Description', /^MALFORMED_QUERY: [\s\S]*can not be sorted/],
      ['SELECT Description FROM Lead GROUP BY Description', /can not be grouped/],
      ['SELECT LastName, COUNT(Id) FROM Lead', /Field must be grouped or aggregated: LastName/],
      ['SELECT SUM(LastName) FROM Lead', /does not support aggregate operator SUM/],
      ['SELECT OwnerId FROM Lead GROUP BY ROLLUP(OwnerId)', /ROLLUP is not supported/],
      ['SELECT Id, Id FROM Lead', /duplicate field selected: Id/],
      ['SELECT Id x FROM Lead', /unexpected token: 'x'/],
      ['SELECT FIELDS(ALL) FROM Lead', /must have a LIMIT of at most 200/],
      ['SELECT FIELDS(ALL) FROM Lead LIMIT 201', /must have a LIMIT of at most 200/],
      ['SELECT Id FROM Lead OFFSET 2001', /^NUMBER_OUTSIDE_VALID_RANGE: Maximum SOQL offset allowed is 2000/],
      ['SELECT convertCurrency(AnnualRevenue) FROM Lead', /^MALFORMED_QUERY/],
      [
        "SELECT Id FROM Lead WHERE LastName = 'a' OR OwnerId IN (SELECT Id FROM User)",
        /Semi join sub-selects are only allowed/,
      ],
      ['SELECT Id FROM Lead WHERE OwnerId IN (SELECT Name FROM User)', /must select one id/],
      ['SELECT Id FROM Lead WHERE COUNT(Id) > 1', /use HAVING/],
      [`SELECT Id FROM Lead WHERE LastName = '${'x'.repeat(100_000)}'`, /cannot be longer than 100000 characters/],
      [`SELECT Id FROM Lead WHERE ${'('.repeat(5000)}Id = null${')'.repeat(5000)}`, /nested too deeply/],
      ["SELECT Id FROM Lead WHERE LastName = 'a\\qb'", /Illegal character sequence/],
    ];
    for (const [soql, error] of cases) it(soql.slice(0, 90), () => expect(org.refusal(soql)).to.match(error));

    it('objects that the session may not read', () => {
      org.denied.add('Account');
      try {
        expect(org.refusal('SELECT Id FROM Account')).to.match(/^INVALID_TYPE/);
        expect(org.refusal('SELECT Account.Name FROM Contact')).to.match(/^INVALID_FIELD/);
        expect(org.refusal('SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account)')).to.match(
          /^INVALID_TYPE/
        );
      } finally {
        org.denied.clear();
      }
    });
  });
});
