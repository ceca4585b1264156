/** Owner changes by SOAP, whose mails go out with the write itself. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunFolder } from '../../src/runs/index.js';
import { readJournal } from '../../src/runs/store/journal.js';
import { outcomes, RunDesk, type LeadRow } from './run-desk.js';

const SOAP = { method: 'POST', path: '*/Soap/u/*' };

type Proxy = AsyncDisposable & { url: string; garbled: () => number };

/** A proxy that hands on everything, and answers calls of SOAP with HTTP 200 and something else than the org said. */
async function garble(target: string, change: (text: string) => string): Promise<Proxy> {
  let garbled = 0;
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>));
      const answer = await fetch(new URL(incoming.url!, target), {
        method: incoming.method!,
        headers: Object.fromEntries(
          ['authorization', 'content-type', 'soapaction'].flatMap((name) => {
            const value = incoming.headers[name];
            return typeof value === 'string' ? [[name, value]] : [];
          })
        ),
        ...(body.length > 0 ? { body } : {}),
      });
      const text = await answer.text();
      const isSoap = incoming.url!.includes('/Soap/u/');
      if (isSoap) garbled += 1;
      outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      outgoing.end(isSoap ? change(text) : text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    garbled: () => garbled,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

describe('mails by SOAP', function () {
  this.timeout(60_000);
  let org: RunDesk;
  let leads: LeadRow[];
  let owners: Array<{ id: string; email: string }>;
  let used = 0;
  before(async () => {
    org = await RunDesk.open({ leads: 200 });
    owners = org.staff().slice(0, 3);
    leads = org.leads(100, ...owners.map(({ id }) => id));
  });
  after(() => org.close());
  beforeEach(() => org.desk.test.control.clearOutbox());
  afterEach(() => org.desk.test.control.clearFaults());

  const newRun = async (count: number): Promise<{ folder: RunFolder; mails: string[]; own: string[] }> => {
    const rows = leads.slice(used, (used += count)).map((lead, at) => ({ lead, to: owners[at % 3]!.id }));
    const folder = await org.folder();
    await org.plan(folder, [await org.ownersStep(folder, rows, { mail: 'soap' })]);
    const mails = rows.map(({ lead }, at) => `${lead.Id} ${owners[at % 3]!.email}`);
    return { folder, mails, own: rows.map(({ lead }) => lead.Id) };
  };
  const outbox = async (): Promise<string[]> =>
    (await org.desk.test.control.outbox({ kind: 'owner-change' }))
      .map(({ relatedId, to }) => `${relatedId} ${to.join()}`)
      .sort();
  const planned = (count: number): string[] => Array.from({ length: count }, (_, at) => owners[at % 3]!.id);

  it('go to the new owners with the write; who drifted is left alone', async () => {
    const { folder, mails, own } = await newRun(7);
    const other = org.staff()[4]!.id;
    await org.giveByHand(own[2]!, other);
    const receipt = await org.apply(folder, { collectionRows: 3 });
    expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', true]);
    expect(receipt.steps[0]).to.include({ done: 6, changed: 1 });
    expect(await outbox()).to.deep.equal(mails.filter((_, at) => at !== 2).sort());
    expect(org.owners(own)).to.deep.equal(planned(7).map((id, at) => (at === 2 ? other : id)));
    const { receipt: undone } = await org.undo(folder);
    expect(undone.state).to.equal('done');
    expect(await outbox(), 'an undo mails nobody').to.have.length(6);
  });

  it('are told as unknown where the reply was lost, and not sent again', async () => {
    const { folder, mails, own } = await newRun(6);
    await org.desk.test.control.setFaults([{ kind: 'drop-after', ...SOAP }]);
    const receipt = await org.apply(folder, { collectionRows: 3 });
    expect(receipt.state).to.equal('done');
    expect(receipt.verification!.agrees).to.equal(null);
    expect(receipt.verification!.differences.join()).to.contain('3 records').and.to.contain('nobody can tell');
    expect(await outcomes(folder, 'owners')).to.deep.equal([
      ...Array<string>(3).fill('done MAIL_UNKNOWN'),
      ...Array<string>(3).fill('done'),
    ]);
    expect(await outbox()).to.deep.equal(mails.sort());
    expect(org.owners(own)).to.deep.equal(planned(6));
  });

  for (const [name, garbled] of [
    ['a page of a proxy', () => '<html><body>Please log in</body></html>'],
    ['nothing', () => ''],
    ['a part of it', (text: string) => text.slice(0, text.lastIndexOf('<success>'))],
  ] as const) {
    it(`count as unknown where the org did it and the answer was ${name}`, async () => {
      const { folder, mails, own } = await newRun(3);
      await using proxy = await garble(org.desk.test.server.url, garbled);
      const { instanceUrl } = org.conn;
      org.conn.instanceUrl = proxy.url;
      try {
        const receipt = await org.apply(folder);
        expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', null]);
      } finally {
        org.conn.instanceUrl = instanceUrl;
      }
      expect(proxy.garbled()).to.equal(1);
      expect(await outcomes(folder, 'owners')).to.deep.equal(Array<string>(3).fill('done MAIL_UNKNOWN'));
      expect(await outbox()).to.deep.equal(mails.sort());
      expect(org.owners(own)).to.deep.equal(planned(3));
    });
  }

  it('go out once where the call never arrived', async () => {
    const { folder, mails } = await newRun(4);
    await org.desk.test.control.setFaults([{ kind: 'drop-before', ...SOAP }]);
    const receipt = await org.apply(folder);
    expect([receipt.state, receipt.verification!.agrees]).to.deep.equal(['done', true]);
    expect(await outbox()).to.deep.equal(mails.sort());
  });

  it('are not sent again by the run that goes on after a kill, which says so', async () => {
    const { folder, mails, own } = await newRun(5);
    // The org has answered late: the process is gone by then, and the owners are set.
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 1500, ...SOAP }]);
    const apart = org.applyApart(folder);
    while (!(await readJournal(folder.journal)).lines.some(({ t }) => t === 'unit')) await sleep(10);
    await sleep(300);
    apart.kill();
    await apart.end;
    await sleep(2500);
    const written = org.owners(own).every((id, at) => id === planned(5)[at]);
    const receipt = await org.apply(folder);
    expect(receipt.state).to.equal('done');
    expect(receipt.verification!.agrees).to.equal(written ? null : true);
    expect(await outbox()).to.deep.equal(mails.sort());
    expect(org.owners(own)).to.deep.equal(planned(5));
  });

  it('stop with a run to resume where the org takes no more calls', async () => {
    const { folder, mails } = await newRun(3);
    await org.desk.test.control.setFaults([{ kind: 'request-limit', ...SOAP }]);
    expect(await org.apply(folder)).to.include({ state: 'stopped', failure: 'limit' });
    expect(await outbox()).to.deep.equal([]);
    expect((await org.apply(folder)).state).to.equal('done');
    expect(await outbox()).to.deep.equal(mails.sort());
  });
});
