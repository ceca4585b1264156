import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import jsforce from 'jsforce';
import type { OutboxMail } from '../../../src/practice/contracts.js';
import { Desk, type RestError } from './support.js';

type Page = { site: { name: string } | null; user: { id: string; username: string }; lastLoginDate: string };

const DAY = 86_400_000;

describe('mails about users (platform-facts C7)', () => {
  let desk: Desk;
  beforeEach(async () => (desk = await Desk.open()));
  afterEach(() => desk.close());

  const lastLogin = (id: string): string | null => desk.value(`SELECT LastLoginDate FROM User WHERE Id = '${id}'`);

  const opens = async (mail: OutboxMail, userId: string): Promise<Page> => {
    const { status, body } = await desk.openLink(mail);
    expect(status, JSON.stringify(body)).to.equal(200);
    expect((body as Page).user.id).to.equal(userId);
    return body as Page;
  };

  const refusal = async (mail: OutboxMail): Promise<string> => {
    const { status, body } = await desk.openLink(mail);
    return `${status} ${(body as RestError[])[0]!.errorCode}`;
  };

  it('welcomes a new member of a Live site, with a link that logs him in once', async () => {
    const { id, email, username } = await desk.newPartner();
    const mail = await desk.mail('welcome', email);
    expect(mail).to.include({ template: 'Site_welcome_partners', relatedId: id, delivered: true });
    expect(mail.to).to.deep.equal([email]);
    expect(mail.body)
      .to.contain(username)
      .and.to.match(new RegExp(`\\n${mail.link!.replace('?', '\\?')}$`));
    expect(lastLogin(id)).to.equal(null);
    const page = await opens(mail, id);
    expect(page.site!.name).to.equal('Example Partner Central');
    expect(page.lastLoginDate).to.be.a('string').and.to.equal(lastLogin(id));
    expect(await refusal(mail)).to.equal('403 INVALID_LINK');
    expect((await desk.fetch('/partners/login?c=nonsense')).status).to.equal(403);
    expect((await desk.fetch('/partners/login?c=')).status).to.equal(403);
  });

  it('shows whose session it is, to him alone', async () => {
    const { id, email, username } = await desk.newPartner();
    const { headers } = await desk.openLink(await desk.mail('welcome', email));
    const cookie = headers.get('set-cookie')!;
    expect(cookie).to.match(/^sid=.*; HttpOnly; SameSite=Strict$/);
    const home = await desk.fetch('/partners', { headers: { cookie: cookie.split(';')[0]! } });
    expect((home.body as Page).user).to.include({ id, username });
    expect((await desk.fetch('/partners')).status).to.equal(401);
    const page = await desk.fetch('/partners', { headers: { cookie: cookie.split(';')[0]!, accept: 'text/html' } });
    expect(page.body).to.contain(`You are logged in as ${username}`);
  });

  it('links live a day by the clock of the org', async () => {
    const first = await desk.newPartner();
    const second = await desk.newPartner();
    const start = Date.now();
    await desk.test.control.setClock(new Date(start + DAY - 60_000));
    await opens(await desk.mail('welcome', first.email), first.id);
    await desk.test.control.setClock(new Date(start + DAY + 60_000));
    expect(await refusal(await desk.mail('welcome', second.email))).to.equal('403 INVALID_LINK');
  });

  it('a link waits while the site is down, and opens no other site', async () => {
    const { id, email } = await desk.newPartner();
    const site = desk.id('Network', 'Example Partner Central');
    const mail = await desk.mail('welcome', email);
    const code = new URL(mail.link!).search;
    expect((await desk.fetch(`/training/login${code}`)).status).to.equal(403);
    expect((await desk.fetch(`/secur/login${code}`)).status).to.equal(403);
    await desk.update('Network', site, { Status: 'DownForMaintenance' });
    expect(await refusal(mail)).to.equal('503 SITE_NOT_LIVE');
    await desk.update('Network', site, { Status: 'Live' });
    await opens(mail, id);
  });

  it('a link opens nothing for who was deactivated or frozen', async () => {
    const gone = await desk.newPartner();
    await desk.update('User', gone.id, { IsActive: false });
    expect(await refusal(await desk.mail('welcome', gone.email))).to.equal('401 INVALID_LOGIN');
    const frozen = await desk.newPartner();
    const login = desk.value(`SELECT Id FROM UserLogin WHERE UserId = '${frozen.id}'`);
    await desk.update('UserLogin', login, { IsFrozen: true });
    expect(await refusal(await desk.mail('welcome', frozen.email))).to.equal('401 INVALID_LOGIN');
  });

  it('no welcome without membership, without the option, before the site is Live, or in the silent variant', async () => {
    const to = async (email: string): Promise<number> => (await desk.test.control.outbox({ to: email })).length;
    const offsite = await desk.newPartner({ ProfileId: desk.id('Profile', 'Example Partner Offsite') });
    expect(await to(offsite.email)).to.equal(0);
    const site = desk.id('Network', 'Example Partner Central');
    await desk.update('Network', site, { OptionsSendWelcomeEmail: false });
    expect(await to((await desk.newPartner()).email)).to.equal(0);
    await desk.update('Network', site, { OptionsSendWelcomeEmail: true, Status: 'DownForMaintenance' });
    expect(await to((await desk.newPartner()).email)).to.equal(0);
    const inactive = await desk.newPartner({ IsActive: false });
    expect(await to(inactive.email)).to.equal(0);
  });

  it('resets a password by REST: old one void, mail with link, new one in the answer', async () => {
    const { id, email, username } = await desk.newPartner();
    const set = await desk.rest('POST', `/sobjects/User/${id}/password`, { NewPassword: 'lantern-4711' });
    expect(set.status).to.equal(204);
    const login = (password: string): Promise<{ status: number }> =>
      desk.fetch('/partners/login', { method: 'POST', body: new URLSearchParams({ username, password }) });
    expect((await login('lantern-4711')).status).to.equal(200);
    const reset = await desk.rest('DELETE', `/sobjects/User/${id}/password`);
    const { NewPassword } = reset.body as { NewPassword: string };
    expect(reset.status).to.equal(200);
    expect((await login('lantern-4711')).status).to.equal(401);
    expect((await login(NewPassword)).status).to.equal(200);
    const mail = await desk.mail('password-reset', email);
    expect(mail).to.include({ template: 'Site_forgot_password_partners', relatedId: id, delivered: true });
    expect(mail.body).to.not.contain(NewPassword);
    await opens(mail, id);
    const again = await desk.mail('welcome', email);
    await opens(again, id);
  });

  it('a second reset makes the first link void', async () => {
    const { id, email } = await desk.newPartner();
    await desk.rest('DELETE', `/sobjects/User/${id}/password`);
    const first = await desk.mail('password-reset', email);
    await desk.rest('DELETE', `/sobjects/User/${id}/password`);
    expect(await refusal(first)).to.equal('403 INVALID_LINK');
    await opens(await desk.mail('password-reset', email), id);
  });

  it('reset of an internal user leads to the org itself', async () => {
    const id = desk.id('User', 'Joel Bramble');
    await desk.rest('DELETE', `/sobjects/User/${id}/password`);
    const mail = await desk.mail('password-reset', 'joel.bramble@example.com');
    expect(mail).to.include({ template: 'SystemResetPasswordEmail' });
    expect((await opens(mail, id)).site).to.equal(null);
  });

  it('a channel manager resets passwords of partner users only', async () => {
    const { id, email } = await desk.newPartner();
    const { token } = await desk.test.control.session('nora.fieldgate@practice.example.com');
    expect((await desk.rest('DELETE', `/sobjects/User/${id}/password`, undefined, token)).status).to.equal(200);
    await desk.mail('password-reset', email);
    const internal = `/sobjects/User/${desk.id('User', 'Joel Bramble')}/password`;
    expect(await desk.refused('DELETE', internal, undefined, token)).to.match(/^403 INSUFFICIENT_ACCESS /);
  });

  it('SOAP resetPassword without EmailHeader mails nothing', async () => {
    const { id, email } = await desk.newPartner();
    const { url } = desk.test.server;
    const conn = new jsforce.Connection({ instanceUrl: url, accessToken: desk.test.token, version: '66.0' });
    const result = await conn.soap.resetPassword(id);
    expect(result.password).to.be.a('string');
    expect(await desk.test.control.outbox({ kind: 'password-reset', to: email })).to.deep.equal([]);
  });

  const soap = (header: string, operation: string): Promise<{ status: number; body: unknown }> =>
    desk.fetch('/services/Soap/u/66.0', {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body:
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">' +
        `<soapenv:Header><SessionHeader><sessionId>${desk.test.token}</sessionId></SessionHeader>${header}</soapenv:Header>` +
        `<soapenv:Body>${operation}</soapenv:Body></soapenv:Envelope>`,
    });

  it('SOAP with triggerUserEmail mails the reset link, and greets new users', async () => {
    const flag = '<EmailHeader><triggerUserEmail>true</triggerUserEmail></EmailHeader>';
    const { id, email } = await desk.newPartner();
    expect((await soap(flag, `<resetPassword><userId>${id}</userId></resetPassword>`)).status).to.equal(200);
    await opens(await desk.mail('password-reset', email), id);
    const { contactId } = await desk.freshContact();
    const partner = desk.partner(contactId);
    const fields = Object.entries(partner).map(([name, value]) => `<${name}>${String(value)}</${name}>`);
    const made = await soap(flag, `<create><sObjects><type>User</type>${fields.join('')}</sObjects></create>`);
    const [, created] = /<id>(005\w+)<\/id>/.exec(String(made.body))!;
    const mails = await desk.test.control.outbox({ to: String(partner.Email) });
    expect(mails.map(({ kind, template }) => [kind, template])).to.have.deep.members([
      ['new-user', 'SystemNewUserEmail'],
      ['welcome', 'Site_welcome_partners'],
    ]);
    for (const mail of mails) await opens(mail, created!);
  });

  it('no password, code or token is in any file but where it must be', async () => {
    const { id, email, username } = await desk.newPartner();
    await desk.test.control.logWrites(true);
    await desk.rest('POST', `/sobjects/User/${id}/password`, { NewPassword: 'lantern-4711' });
    const reset = await desk.rest('DELETE', `/sobjects/User/${id}/password`);
    const { NewPassword } = reset.body as { NewPassword: string };
    const body = new URLSearchParams({ username, password: NewPassword });
    await desk.fetch('/partners/login', { method: 'POST', body });
    await desk.fetch(`/partners/login?un=${username}&pw=${NewPassword}`);
    const mails = [await desk.mail('welcome', email), await desk.mail('password-reset', email)];
    const cookies: string[] = [];
    for (const mail of mails) cookies.push((await desk.openLink(mail)).headers.get('set-cookie')!);
    const codes = mails.map(({ link }) => new URL(link!).searchParams.get('c')!);
    const tokens = [desk.test.token, ...cookies.map((cookie) => /sid=([^;]+)/.exec(cookie)![1]!)];
    const secrets = ['lantern-4711', NewPassword, ...codes, ...tokens];
    const requests = JSON.stringify(await desk.test.control.requests());
    expect(requests).to.contain('c=…').and.to.contain('pw=…');
    const folder = dirname(desk.test.org.store.file);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const logs = files.map(({ name }) => name).filter((name) => !name.startsWith('org.db'));
    expect(logs).to.include('requests.ndjson');
    const texts = [
      requests,
      JSON.stringify(await desk.test.control.writes()),
      JSON.stringify(await desk.test.control.status()),
      ...logs.map((name) => readFileSync(join(folder, name), 'utf8')),
    ];
    for (const secret of secrets) for (const text of texts) expect(text.includes(secret)).to.equal(false);
    // The mailbox itself has the links; what checks passwords, codes and sessions has digests only.
    for (const table of ['practice_link', 'practice_session', 'practice_password']) {
      const rows = JSON.stringify(desk.test.org.store.db.prepare(`SELECT * FROM ${table}`).all());
      for (const secret of secrets) expect(rows.includes(secret), table).to.equal(false);
    }
  });
});
