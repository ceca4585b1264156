/** Conditions of rotations as criteria of rules, against cases worked out by hand. */
import { expect } from 'chai';
import { filterOf, FilterError } from '../../../src/leads/publish-rule/filter.js';
import { slotsOf } from '../../../src/leads/publish-rule/slots.js';

const said = async (condition: string): Promise<string> => {
  const { criteria, booleanFilter } = await filterOf(condition);
  const items = criteria.map(({ field, operation, value }) => `${field.slice('Lead.'.length)} ${operation} ${value}`);
  return `${items.join(' | ')}${booleanFilter ? ` | ${booleanFilter}` : ''}`;
};

const refused = async (condition: string): Promise<string> => {
  try {
    await filterOf(condition);
  } catch (error) {
    if (error instanceof FilterError) return error.reason;
    throw error;
  }
  return 'not refused';
};

describe('conditions of rotations as criteria', () => {
  it('say what rules can say', async () => {
    expect(await said("Country = 'Germany'")).to.equal('Country equals Germany');
    expect(await said("Country IN ('Germany', 'Korea, South') AND NumberOfEmployees >= 10")).to.equal(
      'Country equals Germany,"Korea, South" | NumberOfEmployees greaterOrEqual 10'
    );
    expect(await said("Country != null AND Rating NOT IN ('Cold')")).to.equal(
      'Country notEqual  | Rating notEqual Cold'
    );
    expect(await said("Company LIKE '%GmbH%' AND Company LIKE 'Ex%' AND City LIKE 'Ulm'")).to.equal(
      'Company contains GmbH | Company startsWith Ex | City equals Ulm'
    );
    expect(await said("DoNotCall = false AND LastName = 'O\\'Hara'")).to.equal(
      "DoNotCall equals False | LastName equals O'Hara"
    );
    expect(await said("Tags__c INCLUDES ('a', 'b') AND Tags__c EXCLUDES ('c')")).to.equal(
      'Tags__c includes a,b | Tags__c excludes c'
    );
  });

  it('join as the condition does', async () => {
    expect(await said("Country = 'A' AND (City = 'B' OR City = 'C')")).to.equal(
      'Country equals A | City equals B | City equals C | 1 AND (2 OR 3)'
    );
    expect(await said("NOT (Country = 'A' AND City = 'B')")).to.equal(
      'Country equals A | City equals B | NOT (1 AND 2)'
    );
    expect(await said("(NOT City LIKE 'B%') AND Country = 'A'")).to.equal(
      'City startsWith B | Country equals A | (NOT 1) AND 2'
    );
  });

  it('leave out that leads are open, where it must hold', async () => {
    expect(await said('IsConverted = false')).to.equal('');
    expect(await said("IsConverted = false AND Country = 'A'")).to.equal('Country equals A');
    expect(await said("Country = 'A' AND IsConverted = false")).to.equal('Country equals A');
    expect(await said("Country = 'A' AND IsConverted = false AND City = 'B'")).to.equal(
      'Country equals A | City equals B'
    );
    expect(await said("(Country = 'A' OR Country = 'B') AND IsConverted = false")).to.equal(
      'Country equals A | Country equals B | (1 OR 2)'
    );
    for (const condition of [
      "IsConverted = false OR Country = 'A'",
      "(IsConverted = false OR City = 'B') AND Country = 'A'",
      "NOT (IsConverted = false AND City = 'B')",
      'IsConverted = true',
    ]) {
      expect(await refused(condition), condition).to.contain('IsConverted may only stand');
    }
  });

  it('are refused where rules cannot say it', async () => {
    expect(await refused("Owner.Name = 'A'")).to.contain('field of another record');
    expect(await refused("OwnerId = '00G000000000001'")).to.contain('who owns a lead');
    expect(await refused('CreatedDate = TODAY')).to.contain('compared with a date');
    expect(await refused('CreatedDate > 2026-01-01T00:00:00Z')).to.contain('compared with a date');
    expect(await refused('CALENDAR_YEAR(CreatedDate) = 2026')).to.contain('calls a function');
    expect(await refused('Id IN (SELECT LeadId FROM CampaignMember)')).to.contain('compared with a query');
    expect(await refused("City LIKE '%burg'")).to.contain('how a text ends');
    expect(await refused("City LIKE 'a_b%'")).to.contain('none that rules have');
    expect(await refused(`Company = 'say "hi"'`)).to.contain('characters that rules cannot tell apart');
    expect(await refused("Tags__c INCLUDES ('a;b')")).to.contain('characters that rules cannot tell apart');
  });

  it('have slots by weight, spread', () => {
    const members = (...weights: number[]) => ({
      members: weights.map((weight, at) => ({ kind: 'queue' as const, name: `Q${at}`, weight })),
    });
    const counts = (slots: string[]): Record<string, number> =>
      slots.reduce<Record<string, number>>((sum, name) => ({ ...sum, [name]: (sum[name] ?? 0) + 1 }), {});
    expect(counts(slotsOf(members(10, 20)))).to.deep.equal({ Q0: 1, Q1: 2 });
    const slots = slotsOf(members(6, 3, 1));
    expect(counts(slots)).to.deep.equal({ Q0: 6, Q1: 3, Q2: 1 });
    expect(slots.join(' ')).to.not.contain('Q1 Q1').and.to.not.contain('Q0 Q0 Q0');
    expect(slotsOf(members(3000, 1))).to.deep.equal([]);
  });
});
