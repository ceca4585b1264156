/** What a publication writes beside what the org holds. */
import { expect } from 'chai';
import type { DecidedFinding } from '../../src/sharing/decisions/index.js';
import { publication } from '../../src/sharing/publish/plan.js';
import { cellsOf, FINDING_FIELDS, type StoredFinding } from '../../src/sharing/publish/records.js';

const RECORDS = FINDING_FIELDS.indexOf('Records_Exposed__c');
const DIGEST = FINDING_FIELDS.indexOf('Digest__c');

const decided = (records: number | undefined, digest = 'abc'): DecidedFinding =>
  ({
    state: 'new',
    decision: 'open',
    finding: {
      ...{ key: 'rule:Lead.North', kind: 'rule', object: 'Lead', severity: 'high', digest },
      source: { type: 'rule', name: 'North', label: 'Rule North' },
      chains: [['Rule North', 'Partners']],
      ...{ records: records ?? 0, recordsKnown: records !== undefined },
    },
  }) as unknown as DecidedFinding;

const stored = (change: (cells: Array<string | null>) => Array<string | null> = (cells) => cells): StoredFinding => ({
  ...{ id: 'a01', key: 'rule:Lead.North', stamp: '2026-11-29T12:00:00.000Z' },
  cells: change(cellsOf(decided(0))),
});

describe('publication of findings', () => {
  it('leaves alone what is as published', () => {
    const { created, changed, gone, unchanged } = publication([decided(0)], [stored()]);
    expect([created, changed, gone, unchanged]).to.deep.equal([[], [], [], 1]);
  });

  it('tells no records from a number of records that nobody knows', () => {
    const before = stored((cells) => cells.with(RECORDS, null));
    expect(publication([decided(0)], [before]).changed.map(({ values }) => values[RECORDS])).to.deep.equal(['0']);
    expect(publication([decided(undefined)], [stored()]).changed.map(({ values }) => values[RECORDS])).to.deep.equal([
      null,
    ]);
  });

  it('takes texts that look like the same number for different texts', () => {
    const before = stored((cells) => cells.with(DIGEST, '0100'));
    expect(publication([decided(0, '1e2')], [before]).changed).to.have.length(1);
  });
});
