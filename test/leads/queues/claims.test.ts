/** Claims out of the history of leads, on answers as the org gives them. */
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { NOT_TRACKED, readClaims } from '../../../src/leads/queues/claims.js';

type Row = Record<string, unknown>;

const QUEUES = [
  { id: '00G000000000001AAA', name: 'North' },
  { id: '00G000000000002AAA', name: 'South' },
];
const [UNA, OLE] = ['005000000000001AAA', '005000000000002AAA'];
const SINCE = new Date('2026-11-18T00:00:00Z');

const row = (LeadId: string, OldValue: string, NewValue: string, CreatedById: string, Name: string): Row => ({
  LeadId,
  OldValue,
  NewValue,
  CreatedById,
  CreatedBy: { Name },
});

/** An org that answers the two questions: changes since a time, and whether there was ever one. */
const orgWith = (rows: Row[] | Error, ever: Row[] = [], asked: string[] = []): Connection =>
  ({
    query: (soql: string) => {
      asked.push(soql);
      if (rows instanceof Error) return Promise.reject(rows);
      const records = soql.includes('LIMIT 1') ? ever : rows;
      return Promise.resolve({ records, totalSize: records.length, done: true });
    },
  }) as unknown as Connection;

describe('claims from queues', () => {
  it('are leads that somebody took for himself from one of the queues', async () => {
    const asked: string[] = [];
    const rows = [
      row('a', QUEUES[0]!.id, UNA, UNA, 'Una'),
      // The same change with names instead of ids.
      row('a', 'North', 'Una', UNA, 'Una'),
      row('b', QUEUES[0]!.id, UNA, UNA, 'Una'),
      row('c', QUEUES[1]!.id, OLE, OLE, 'Ole'),
      // Given by somebody else, from a person, from another queue, and put back.
      row('d', QUEUES[0]!.id, OLE, UNA, 'Una'),
      row('e', OLE, UNA, UNA, 'Una'),
      row('f', '00G000000000009AAA', UNA, UNA, 'Una'),
      row('g', UNA, QUEUES[0]!.id, UNA, 'Una'),
    ];
    expect(await readClaims(orgWith(rows, [], asked), QUEUES, SINCE)).to.deep.equal({
      known: true,
      value: [
        { queueId: QUEUES[0]!.id, queue: 'North', user: 'Una', leads: 2 },
        { queueId: QUEUES[1]!.id, queue: 'South', user: 'Ole', leads: 1 },
      ],
    });
    expect(asked[0]).to.contain("Field = 'Owner'").and.to.contain('CreatedDate >= 2026-11-18T00:00:00.000Z');
  });

  it('are none where owners are tracked and nobody took a lead', async () => {
    expect(await readClaims(orgWith([], [{ Id: 'x' }]), QUEUES, SINCE)).to.deep.equal({ known: true, value: [] });
  });

  it('are not known where owners are not tracked', async () => {
    expect(await readClaims(orgWith([]), QUEUES, SINCE)).to.deep.equal({ known: false, reason: NOT_TRACKED });
    const missing = Object.assign(new Error('no such object'), { errorCode: 'INVALID_TYPE' });
    expect(await readClaims(orgWith(missing), QUEUES, SINCE)).to.deep.equal({ known: false, reason: NOT_TRACKED });
    const broken = Object.assign(new Error('down'), { errorCode: 'SERVER_UNAVAILABLE' });
    const thrown = await readClaims(orgWith(broken), QUEUES, SINCE).catch((error: Error) => error.message);
    expect(thrown).to.equal('down');
  });

  it('are not told from too many changes', async () => {
    const conn = {
      query: () => Promise.resolve({ records: [], totalSize: 60_000, done: false }),
    } as unknown as Connection;
    expect(await readClaims(conn, QUEUES, SINCE)).to.deep.include({ known: false });
  });
});
