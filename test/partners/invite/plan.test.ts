/** Plans of invitations and of partner accounts: the same snapshot gives the same plan. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OrgIdentity } from '../../../src/org/read/index.js';
import { buildEnablePlan } from '../../../src/partners/enable/index.js';
import { decidePeople, withinSeats } from '../../../src/partners/invite/decide.js';
import { buildInvitePlan, inviteDetailsSchema, type InviteSnapshot } from '../../../src/partners/invite/index.js';
import { loginsFor, mailsOf } from '../../../src/partners/invite/mails.js';
import { chooseNames } from '../../../src/partners/invite/names.js';
import type { NewUser } from '../../../src/partners/invite/read.js';
import { readRecordSet, RunStore, type Plan, type RunFolder } from '../../../src/runs/index.js';
import { ACCOUNT, contact, facts, GOLD, newcomer, OWNER, rules, SILVER, site, wish } from './support.js';

const ORG: OrgIdentity = {
  id: '00D000000000001AAA',
  name: 'Test',
  domain: 'test.example',
  kind: 'sandbox',
  username: 'admin@example.com',
} as OrgIdentity;

const newFolder = async (): Promise<RunFolder> =>
  new RunStore(await mkdtemp(join(process.env.HOME!, 'invite-plan-'))).create('test');

const QUIET = site('Quiet', { welcomes: false });

function snapshotOf(sendLogin: boolean): InviteSnapshot {
  const about = facts({ sites: [QUIET], memberProfiles: new Map([[QUIET.id, new Set([GOLD.id])]]) });
  const known = [contact(1), contact(2)];
  const user = {
    id: '005A',
    contactId: known[1]!.id,
    username: 'old@a',
    active: true,
    lastLogin: null,
    profileId: GOLD.id,
  };
  const wishes = [
    wish({ contactId: known[0]!.id, profile: 'Silver' }),
    wish({ contactId: known[1]!.id }),
    newcomer('Zeman', { fields: { Title: 'CEO', Email: 'other@example.com' } }),
    newcomer('Adam', { fields: { Phone: '1' } }),
    newcomer('Boss', { role: 'Boss' }),
  ];
  const decided = decidePeople(wishes, rules(known, { user: (id) => (id === user.contactId ? user : undefined) }));
  const names = chooseNames('{email}', decided.invitees, { usernames: new Set(), nicknames: new Set() });
  const users = decided.invitees.map((one, at): NewUser => ({ ...one, names: names[at]!.names! }));
  const newLogins = sendLogin ? loginsFor(users, about) : [];
  return {
    users,
    existing: decided.existing,
    logins: sendLogin ? decided.existing : [],
    newLogins,
    sendLogin,
    rejected: decided.rejected,
    seats: withinSeats(users).seats,
    mails: mailsOf(users, about, newLogins.length),
    facts: about,
    unused: [],
    source: '--file "people.csv"',
  };
}

/** A plan without the time and the places of its files, and the files. */
async function comparable(plan: Plan, folder: RunFolder): Promise<unknown> {
  const files = await Promise.all(plan.steps.map(({ id }) => readFile(folder.rows(id), 'utf8')));
  return [JSON.parse(JSON.stringify({ ...plan, createdAt: '' }).replaceAll(folder.path, '')), files];
}

describe('plans of invitations', () => {
  it('are the same for the same snapshot, but for the time', async () => {
    for (const sendLogin of [true, false]) {
      const [one, two] = [await newFolder(), await newFolder()];
      const first = await buildInvitePlan(ORG, one, snapshotOf(sendLogin));
      expect(await comparable(await buildInvitePlan(ORG, two, snapshotOf(sendLogin)), two)).to.deep.equal(
        await comparable(first, one)
      );
      expect(await one.readPlan()).to.deep.equal(JSON.parse(JSON.stringify(first)));
    }
  });

  it('make contacts first, then users in the order of usernames, then logins of those who can use one', async () => {
    const folder = await newFolder();
    const plan = await buildInvitePlan(ORG, folder, snapshotOf(true));
    expect(plan.steps.map(({ id, kind }) => [id, kind])).to.deep.equal([
      ['contacts', 'records'],
      ['users', 'records'],
      ['logins', 'send-login'],
      ['logins-again', 'send-login'],
    ]);
    const [contacts, users, logins, again] = await Promise.all(
      plan.steps.map(async (step) =>
        (
          await Array.fromAsync(readRecordSet(folder.rows(step.id), step.kind === 'records' ? step : { fields: [] }))
        ).flat()
      )
    );
    expect(contacts!.map(({ values }) => values)).to.deep.equal([
      ['adam@acme.example.com', ACCOUNT.id, 'Eva', 'Adam', '1', null],
      ['zeman@acme.example.com', ACCOUNT.id, 'Eva', 'Zeman', null, 'CEO'],
    ]);
    expect(users!.map(({ values }) => [values[0], values[6], values[12]])).to.deep.equal([
      ['adam@acme.example.com', GOLD.id, '#0'],
      ['p1@acme.example.com', SILVER.id, contact(1).id],
      ['zeman@acme.example.com', GOLD.id, '#1'],
    ]);
    expect(logins!.map(({ id, label }) => [id, label])).to.deep.equal([
      ['#0', 'adam@acme.example.com'],
      ['#2', 'zeman@acme.example.com'],
    ]);
    expect(again!.map(({ id }) => id)).to.deep.equal(['005A']);
    const details = inviteDetailsSchema.parse(plan.details);
    expect(details).to.include({ users: 3, contacts: 2, existing: 1, logins: 3, rejected: 1 });
    expect(plan.cost).to.deep.equal({
      apiCalls: 10,
      formula:
        'Contact: 1 to write + 1 to look before + 1 to prove; User: 1 to write + 1 to prove; 2 to send logins, one each + 1 to look before; 1 to send logins, one each + 1 to look before',
      emails: 3,
      licences: 3,
    });
    expect(plan.warnings.join(' ')).to.contain('The profile Silver is a member of no site that is Live');
  });

  it('rely on licences and sites, not on who is invited', async () => {
    const first = await buildInvitePlan(ORG, await newFolder(), snapshotOf(false));
    const changed = async (change: (snapshot: InviteSnapshot) => InviteSnapshot): Promise<string> =>
      (await buildInvitePlan(ORG, await newFolder(), change(snapshotOf(false)))).fingerprint;
    const withFacts = (more: Partial<InviteSnapshot['facts']>): Promise<string> =>
      changed((snapshot) => ({ ...snapshot, facts: { ...snapshot.facts, ...more } }));
    expect(await changed((snapshot) => ({ ...snapshot, rejected: [], existing: [] }))).to.equal(first.fingerprint);
    for (const other of [
      { sites: [{ ...QUIET, welcomes: true }] },
      { sites: [{ ...QUIET, live: false }] },
      { memberProfiles: new Map([[QUIET.id, new Set([GOLD.id, SILVER.id])]]) },
      { profiles: [GOLD, { ...SILVER, licence: { ...SILVER.licence, active: false } }] },
    ])
      expect(await withFacts(other)).to.not.equal(first.fingerprint);
    const seats = { profiles: [GOLD, { ...SILVER, licence: { ...SILVER.licence, used: 99 } }] };
    expect(await withFacts(seats), 'seats come and go').to.equal(first.fingerprint);
  });
});

describe('plans of partner accounts', () => {
  it('are the same for the same decisions, but for the time', async () => {
    const wishOf = (name: string, fields = {}): object => ({ ref: { by: 'name', text: name }, create: true, fields });
    const decided = [
      { wish: wishOf('New', { Name: 'New', Phone: '1' }), action: 'create', name: 'New', owner: OWNER },
      { wish: wishOf('Acme'), action: 'enable', name: 'Acme', account: { ...ACCOUNT, isPartner: false }, owner: OWNER },
    ] as unknown as Parameters<typeof buildEnablePlan>[0]['decided'];
    const build = (folder: RunFolder): Promise<Plan> =>
      buildEnablePlan({ org: ORG, folder, decided, rejected: 0, viewer: OWNER, partnerRoles: 3 });
    const [one, two] = [await newFolder(), await newFolder()];
    const first = await build(one);
    expect(await comparable(await build(two), two)).to.deep.equal(await comparable(first, one));
    expect(first.steps.map(({ id }) => id)).to.deep.equal(['accounts', 'partners']);
    expect(first.cost).to.include({
      apiCalls: 6,
      formula:
        'Account: 1 to write + 1 to look before + 1 to prove; Account: 1 to write + 1 to look before + 1 to prove',
    });
  });
});
