import { expect } from 'chai';
import { parseMetadata, type RetrievedFile } from '../../src/org/read/index.js';
import { analyse } from '../../src/sharing/analyse/analyse.js';
import { criteriaOf, NotCountable } from '../../src/sharing/counts/criteria.js';
import { ManagerError, resolveManagers } from '../../src/sharing/managers.js';
import type { Criterion, Rule } from '../../src/sharing/model.js';
import { folderIn, listViewsIn, rulesIn } from '../../src/sharing/read/definitions.js';
import { SmallOrg, to } from './small-org.js';

function file(fullName: string, xml: string): RetrievedFile {
  const { root, body } = parseMetadata(xml);
  return { type: root, fullName, path: fullName, body };
}

describe('sharing: reading definitions', () => {
  it('reads all four kinds of rules with their targets, empty elements and names in them alike', () => {
    const rules = rulesIn(
      file(
        'Account',
        `<?xml version="1.0"?><SharingRules xmlns="http://soap.sforce.com/2006/04/metadata">
          <sharingOwnerRules><fullName>Own</fullName><accessLevel>Edit</accessLevel><label>Own it</label>
            <accountSettings><caseAccessLevel>Read</caseAccessLevel><contactAccessLevel>None</contactAccessLevel>
              <opportunityAccessLevel>Edit</opportunityAccessLevel></accountSettings>
            <sharedTo><roleAndSubordinates>West</roleAndSubordinates></sharedTo><sharedFrom><role>CEO</role></sharedFrom>
          </sharingOwnerRules>
          <sharingCriteriaRules><fullName>Crit</fullName><accessLevel>Read</accessLevel>
            <sharedTo><allPartnerUsers></allPartnerUsers></sharedTo><booleanFilter>1 OR 2</booleanFilter>
            <criteriaItems><field>Industry</field><operation>equals</operation><value>X</value></criteriaItems>
            <criteriaItems><field>Name</field><operation>contains</operation><value>Y</value></criteriaItems>
            <includeRecordsOwnedByAll>false</includeRecordsOwnedByAll></sharingCriteriaRules>
          <sharingCriteriaRules><fullName>Named</fullName><sharedTo><allPartnerUsers>allPartnerUsers</allPartnerUsers></sharedTo>
            <includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules>
          <sharingGuestRules><fullName>Guest</fullName><sharedTo><guestUser>nick</guestUser></sharedTo></sharingGuestRules>
          <sharingTerritoryRules><fullName>Terr</fullName><sharedTo><territory>EU</territory></sharedTo></sharingTerritoryRules>
        </SharingRules>`
      )
    );
    expect(
      rules.map(({ name, kind, to: target, allOwners }) => [name, kind, target.element, target.names, allOwners])
    ).to.deep.equal([
      ['Own', 'owner', 'roleAndSubordinates', ['West'], true],
      ['Crit', 'criteria', 'allPartnerUsers', [], false],
      ['Named', 'criteria', 'allPartnerUsers', ['allPartnerUsers'], true],
      ['Guest', 'guest', 'guestUser', ['nick'], false],
      ['Terr', 'territory', 'territory', ['EU'], false],
    ]);
    expect(rules[0]).to.deep.include({
      access: 'Edit',
      label: 'Own it',
      from: to('role', 'CEO'),
      children: { contact: 'None', opportunity: 'Edit', case: 'Read' },
    });
    expect(rules[1]).to.deep.include({
      booleanFilter: '1 OR 2',
      criteria: [
        { field: 'Industry', operation: 'equals', value: 'X' },
        { field: 'Name', operation: 'contains', value: 'Y' },
      ],
    });
  });

  it('reads folders with shares, and list views inside and outside of their object', () => {
    const folder = folderIn(
      file(
        'Outer/Inner',
        `<ReportFolder><name>Inner one</name><accessType>Shared</accessType><folderShares><accessLevel>Manage</accessLevel>
          <sharedTo>AllPartnerUsers</sharedTo><sharedToType>AllPrmUsers</sharedToType></folderShares></ReportFolder>`
      )
    );
    expect(folder).to.deep.include({
      content: 'Report',
      name: 'Outer/Inner',
      label: 'Inner one',
      shares: [{ access: 'Manage', type: 'AllPrmUsers', name: 'AllPartnerUsers' }],
    });
    expect(folderIn(file('x', '<Report><name>x</name></Report>'))).to.equal(undefined);
    const nested = listViewsIn(
      file(
        'Lead',
        '<CustomObject><listViews><fullName>All</fullName><filterScope>Everything</filterScope><label>All</label><sharedTo><allInternalUsers/></sharedTo></listViews></CustomObject>'
      )
    );
    expect(nested).to.deep.equal([
      { object: 'Lead', name: 'All', label: 'All', scope: 'Everything', to: [to('allInternalUsers')] },
    ]);
    const alone = listViewsIn(
      file('Lead.All', '<ListView><fullName>All</fullName><filterScope>Mine</filterScope><label>All</label></ListView>')
    );
    expect(alone).to.deep.equal([{ object: 'Lead', name: 'All', label: 'All', scope: 'Mine', to: [] }]);
  });

  it('reads all targets of folders and list views; a rule that has several is one that nobody knows', () => {
    const shared =
      '<sharedTo><allInternalUsers/><group>G</group><roleAndSubordinates>A</roleAndSubordinates><roleAndSubordinates>B</roleAndSubordinates></sharedTo>';
    const all = [to('allInternalUsers'), to('group', 'G'), to('roleAndSubordinates', 'A', 'B')];
    const folder = `<DocumentFolder><name>D</name><accessType>Shared</accessType>${shared}</DocumentFolder>`;
    expect(folderIn(file('D', folder))!.to).to.deep.equal(all);
    expect(listViewsIn(file('Lead.V', `<ListView><label>V</label>${shared}</ListView>`))[0]!.to).to.deep.equal(all);
    const rule = (inner: string): Rule =>
      rulesIn(
        file(
          'Lead',
          `<SharingRules><sharingOwnerRules><fullName>R</fullName>${inner}</sharingOwnerRules></SharingRules>`
        )
      )[0]!;
    expect(rule(shared).to).to.deep.equal(
      to('allInternalUsers + group + roleAndSubordinates + roleAndSubordinates', 'G', 'A', 'B')
    );
    expect(rule('<sharedTo><role>A</role><role>B</role></sharedTo>').to).to.deep.equal(to('role + role', 'A', 'B'));
    const org = new SmallOrg().role('Boss').portal('Acme', 'Boss').partner('pia', 'Acme').reads('PowerPartner', 'Lead');
    org.snapshot.rules.push(rule('<sharedTo><role>Boss</role><allPartnerUsers/></sharedTo>'));
    const { findings } = analyse(org.snapshot, { managerRoles: [], partnerRoles: 1 });
    const found = findings.find(({ key }) => key === 'rule:Lead.R')!;
    expect([found.unknown, found.fix.kind]).to.deep.equal([
      '<role + allPartnerUsers> is not a known target',
      'by-hand',
    ]);
  });
});

describe('sharing: criteria as conditions', () => {
  const types = new Map([
    ['industry', 'picklist'],
    ['name', 'string'],
    ['amount', 'currency'],
    ['isconverted', 'boolean'],
    ['closedate', 'date'],
    ['createddate', 'datetime'],
    ['regions__c', 'multipicklist'],
    ['ownerid', 'reference'],
  ]);
  const condition = (criteria: Criterion[], booleanFilter?: string): string =>
    criteriaOf({ object: 'Lead', name: 'R', criteria, booleanFilter } as Rule, types);
  const one = (field: string, operation: string, value: string): string => condition([{ field, operation, value }]);

  it('says each operation in SOQL, values escaped and typed', () => {
    expect(one('Industry', 'equals', 'A,"B, C"')).to.equal("(Industry IN ('A','B, C'))");
    expect(one('Lead.Industry', 'equals', "O'Neil")).to.equal("(Industry IN ('O\\'Neil'))");
    expect(one('Industry', 'notEqual', 'A')).to.equal("(((NOT (Industry IN ('A')))) OR (Industry = null))");
    expect(one('Name', 'contains', '50%_x')).to.equal("((Name LIKE '%50\\%\\_x%'))");
    expect(one('Name', 'startsWith', 'A,B')).to.equal("((Name LIKE 'A%') OR (Name LIKE 'B%'))");
    expect(one('Amount', 'greaterOrEqual', '1000')).to.equal('(Amount >= 1000)');
    expect(one('IsConverted', 'equals', 'True')).to.equal('(IsConverted = true)');
    expect(one('CloseDate', 'lessThan', '1/31/2026')).to.equal('(CloseDate < 2026-01-31)');
    expect(one('CreatedDate', 'greaterThan', '2026-01-31')).to.equal('(CreatedDate > 2026-01-31T00:00:00Z)');
    expect(one('Regions__c', 'includes', 'N;S')).to.equal("(Regions__c INCLUDES ('N','S'))");
    expect(one('Name', 'equals', '')).to.equal('(Name = null)');
    const two = [
      { field: 'Name', operation: 'equals', value: 'A' },
      { field: 'Amount', operation: 'lessThan', value: '5' },
    ];
    expect(condition(two)).to.equal("(Name IN ('A')) AND (Amount < 5)");
    expect(condition(two, '1 OR (NOT 2)')).to.equal("(Name IN ('A')) OR (NOT (Amount < 5))");
  });

  it('does not count what it cannot say, instead of counting something else', () => {
    const cases: Array<[Criterion[], string?]> = [
      [[]],
      [[{ field: 'Nowhere', operation: 'equals', value: 'x' }]],
      [[{ field: 'Amount', operation: 'equals', value: 'much' }]],
      [[{ field: 'CloseDate', operation: 'equals', value: 'soon' }]],
      [[{ field: 'CreatedDate', operation: 'equals', value: '2026-01-31' }]],
      [[{ field: 'OwnerId', operation: 'equals', value: 'Somebody' }]],
      [[{ field: 'Name', operation: 'within', value: 'x' }]],
      [[{ field: 'Name', operation: 'lessThan', value: 'x' }]],
      [[{ field: 'Name', operation: 'equals', value: 'x' }], '1 OR 2'],
      [[{ field: 'Name', operation: 'equals', value: 'x' }], "1) OR Name != 'x' OR (1"],
    ];
    for (const [criteria, filter] of cases)
      expect(() => condition(criteria, filter), JSON.stringify(criteria)).to.throw(NotCountable);
  });
});

describe('sharing: channel managers', () => {
  const org = new SmallOrg()
    .role('Boss')
    .role('North', 'Boss')
    .portal('Acme', 'North')
    .user('Ada', 'North')
    .user('Bo', 'Boss')
    .user('Rolf');
  org.user('North', 'Boss').partner('Pia', 'Acme');
  const resolve = (...names: string[]) => resolveManagers(org.snapshot, names);
  const refused = (name: string): [string, readonly string[]] => {
    try {
      resolve(name);
    } catch (error) {
      if (error instanceof ManagerError) return [error.key, error.candidates];
      throw error;
    }
    return ['found', []];
  };

  it('finds them by name, username and role', () => {
    expect(resolve('ada').names).to.deep.equal(['North']);
    expect(resolve('Bo@small.example.com', 'Boss', 'Ada').roleIds).to.deep.equal(['role:Boss', 'role:North']);
  });

  it('refuses names that are nobody, several, without a role, or outside', () => {
    expect(refused('Zoe')).to.deep.equal(['unknown', []]);
    expect(refused('Nort')).to.deep.equal(['unknown', ['North']]);
    expect(refused('North')).to.deep.equal(['ambiguous', ['role North', 'North@small.example.com']]);
    expect(refused('Rolf')[0]).to.equal('noRole');
    expect(refused('Pia')[0]).to.equal('unknown');
    expect(refused('Acme_User')[0]).to.equal('unknown');
  });

  it('takes the owners of partner accounts without names, and tells of those without a role', () => {
    org.snapshot.partnerOwners = ['user:Ada', 'user:Rolf'];
    const managers = resolveManagers(org.snapshot, undefined);
    expect(managers.names).to.deep.equal(['North']);
    expect(managers.warnings).to.deep.equal([
      'Rolf owns partner accounts but has no role, so these can have no users.',
    ]);
  });
});
