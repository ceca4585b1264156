/** Mails to the new owners of records by an alert: exactly the planned ones, and none twice. */
import { expect } from 'chai';
import jsforce from 'jsforce';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNotifyStep, type RunFolder } from '../../src/runs/index.js';
import { readJournal } from '../../src/runs/store/journal.js';
import { deploy, elements, file, problems } from '../practice/metadata/support.js';
import { outcomes, resultOf, RunDesk, type LeadRow } from './run-desk.js';

const TEMPLATE = {
  'email/unfiled$public/Handed_Over.email': '{!Lead.Name} is yours: {!Lead.Link}',
  'email/unfiled$public/Handed_Over.email-meta.xml': file(
    'EmailTemplate',
    '<available>true</available><encodingKey>UTF-8</encodingKey><name>Handed over</name><style>none</style>' +
      '<subject>{!Lead.Company}</subject><type>text</type>'
  ),
};
const ALERT = file(
  'Workflow',
  `<alerts>${elements({ fullName: 'Tell_Owner', description: 'Tell the owner', protected: false })}` +
    '<recipients><type>owner</type></recipients>' +
    `${elements({ senderType: 'CurrentUser', template: 'unfiled$public/Handed_Over' })}</alerts>`
);
const SEND = { method: 'POST', path: '*/actions/custom/emailAlert/*' };
const MANY = 10_000;

describe('mails to new owners', function () {
  this.timeout(240_000);
  let org: RunDesk;
  let leads: LeadRow[];
  let owners: Array<{ id: string; email: string }>;
  let used = 0;
  before(async () => {
    org = await RunDesk.open({ leads: 13_500 });
    const { url: instanceUrl } = org.desk.test.server;
    const conn = new jsforce.Connection({ instanceUrl, accessToken: org.desk.test.token, version: '66.0' });
    const types = { EmailTemplate: ['unfiled$public/Handed_Over'], WorkflowAlert: ['Lead.Tell_Owner'] };
    const done = await deploy(conn, types, { ...TEMPLATE, 'workflows/Lead.workflow': ALERT });
    expect(problems(done)).to.deep.equal([]);
    await org.desk.test.control.limits({ DailyWorkflowEmails: 50_000 });
    owners = org.staff().slice(0, 3);
    leads = org.leads(MANY + 500, ...owners.map(({ id }) => id));
  });
  after(() => org.close());
  beforeEach(() => org.desk.test.control.clearOutbox());
  afterEach(() => org.desk.test.control.clearFaults());

  /** A run that gives so many leads to the three owners in turn, and mails them. */
  const newRun = async (count: number): Promise<{ folder: RunFolder; mails: string[]; own: string[] }> => {
    const rows = leads.slice(used, (used += count)).map((lead, at) => ({ lead, to: owners[at % 3]!.id }));
    const folder = await org.folder();
    const step = { id: 'mails', title: 'Mails', object: 'Lead', alert: 'Tell_Owner', onlyIfDone: 'owners' };
    const records = rows.map(({ lead }) => ({ id: lead.Id, label: lead.Id }));
    const mails = await createNotifyStep(folder, { ...step, undo: 'none' }, records);
    await org.plan(folder, [await org.ownersStep(folder, rows), mails]);
    return {
      folder,
      mails: rows.map(({ lead }, at) => `${lead.Id} ${owners[at % 3]!.email}`),
      own: rows.map(({ lead }) => lead.Id),
    };
  };
  /** What was really sent, as `lead address`. */
  const outbox = async (): Promise<string[]> =>
    (await org.desk.test.control.outbox())
      .filter(({ delivered, kind }) => delivered && kind === 'email-alert')
      .map(({ relatedId, to }) => `${relatedId} ${to.join()}`)
      .sort();

  it('reach exactly the planned owners; drifted rows get none, failed ones theirs when the run is resumed', async () => {
    const { folder, mails, own } = await newRun(12);
    await org.giveByHand(own[3]!, org.staff()[4]!.id);
    await org.desk.test.control.setFaults([{ kind: 'lock-rows', object: 'Lead', every: 5, count: 0 }]);
    const first = await org.apply(folder, { passes: 1 });
    const [owned, mailed] = first.steps;
    expect(owned).to.include({ changed: 1 });
    expect(owned!.failed).to.be.within(1, 3);
    expect(mailed).to.include({ done: owned!.done, changed: 1, failed: owned!.failed });
    expect(mailed!.errors.map(({ code }) => code)).to.deep.equal(['NOT_DONE']);
    const done = (await outcomes(folder, 'owners')).map((outcome) => outcome === 'done');
    expect(await outbox()).to.deep.equal(mails.filter((_, at) => done[at]).sort());
    await org.desk.test.control.clearFaults();
    expect((await org.apply(folder)).state).to.equal('done');
    expect(await outbox()).to.deep.equal(mails.filter((_, at) => at !== 3).sort());
  });

  it('are not sent where somebody took the record meanwhile', async () => {
    const { folder, mails, own } = await newRun(6);
    await org.desk.test.control.setFaults([{ kind: 'request-limit', ...SEND }]);
    expect(await org.apply(folder)).to.include({ state: 'stopped', failure: 'limit' });
    expect(await outbox()).to.deep.equal([]);
    await org.giveByHand(own[2]!, owners[0]!.id);
    expect((await org.apply(folder)).state).to.equal('done');
    expect(await outbox()).to.deep.equal(mails.filter((_, at) => at !== 2).sort());
    expect(await resultOf(folder, 'mails')).to.include({ done: 5, changed: 1 });
  });

  it('are never sent twice where the reply was lost, and the receipt says that nobody can tell', async () => {
    for (const kind of ['drop-after', 'drop-before', 'status']) {
      await org.desk.test.control.clearOutbox();
      const { folder, mails } = await newRun(6);
      await org.desk.test.control.setFaults([{ kind, ...SEND }]);
      const receipt = await org.apply(folder);
      expect(receipt, kind).to.include({ state: 'stopped', failure: 'unknown' });
      expect(await outbox(), kind).to.deep.equal(kind === 'drop-after' ? mails.sort() : []);
      const { state } = await org.apply(folder);
      expect(state, kind).to.equal('partly-done');
      const result = await resultOf(folder, 'mails');
      expect(result).to.include({ failed: 6, done: 0, pending: 0 });
      expect(result.errors[0]!.code).to.equal('REPLY_LOST');
      expect(result.errors[0]!.message).to.contain('may have been sent');
      expect(await outbox(), kind).to.deep.equal(kind === 'drop-after' ? mails.sort() : []);
    }
  });

  it(`are exactly the planned ones of ${MANY} leads, also when the process is killed in the middle`, async () => {
    const { folder, mails } = await newRun(MANY);
    await org.desk.test.control.setFaults([{ kind: 'latency', ms: 60_000, nth: 21, ...SEND }]);
    const apart = org.applyApart(folder);
    for (let units = 0; units < 21; await sleep(20)) {
      const { lines } = await readJournal(folder.journal);
      units = lines.filter((line) => line.t === 'unit' && line.mode === 'notify').length;
    }
    apart.kill();
    await apart.end;
    await org.desk.test.control.clearFaults();
    const before = await outbox();
    expect(before.length).to.equal(4000);
    const receipt = await org.apply(folder);
    expect(receipt.state).to.equal('partly-done');
    const result = await resultOf(folder, 'mails');
    expect(result).to.include({ done: MANY - 200, failed: 200, pending: 0 });
    const ends = await outcomes(folder, 'mails');
    const unsure = new Set(mails.filter((_, at) => ends[at] === 'failed REPLY_LOST'));
    expect(unsure.size).to.equal(200);
    const sent = await outbox();
    expect(new Set(sent).size, 'nobody twice').to.equal(sent.length);
    expect(sent.filter((mail) => !unsure.has(mail))).to.deep.equal(mails.filter((mail) => !unsure.has(mail)).sort());
  });
});
