import { request as rawRequest } from 'node:http';
import { expect } from 'chai';
import { Desk, type Answer, type RestError } from './support.js';

const PASSWORD = 'lantern-4711';

describe('login at a site (platform-facts E)', () => {
  let desk: Desk;
  beforeEach(async () => (desk = await Desk.open()));
  afterEach(() => desk.close());

  const post = (path: string, username: string, password: string): Promise<Answer> =>
    desk.fetch(path, { method: 'POST', body: new URLSearchParams({ username, password }) });

  const withPassword = async (values = {}): Promise<{ id: string; username: string }> => {
    const partner = await desk.newPartner(values);
    await desk.rest('POST', `/sobjects/User/${partner.id}/password`, { NewPassword: PASSWORD });
    return partner;
  };

  const lastLogin = (id: string): string | null => desk.value(`SELECT LastLoginDate FROM User WHERE Id = '${id}'`);

  const code = ({ status, body }: Answer): string => `${status} ${(body as RestError[])[0]!.errorCode}`;

  it('a member comes in, and LastLoginDate moves at most once a minute', async () => {
    const { id, username } = await withPassword();
    const start = new Date('2027-03-01T10:00:00Z');
    const loginAt = async (seconds: number): Promise<string | null> => {
      await desk.test.control.setClock(new Date(start.getTime() + seconds * 1000));
      expect((await post('/partners/login', username, PASSWORD)).status).to.equal(200);
      return lastLogin(id);
    };
    const first = await loginAt(0);
    expect(first).to.match(/^2027-03-01T10:00:0\d/);
    expect(await loginAt(30)).to.equal(first);
    expect(await loginAt(90)).to.match(/^2027-03-01T10:01:3\d/);
  });

  it('a non-member, a wrong password, a stranger and an inactive user look the same', async () => {
    const member = await withPassword();
    const offsite = await withPassword({ ProfileId: desk.id('Profile', 'Example Partner Offsite') });
    const gone = await withPassword();
    await desk.update('User', gone.id, { IsActive: false });
    const answers = [
      await post('/partners/login', member.username, 'wrong-password-1'),
      await post('/partners/login', offsite.username, PASSWORD),
      await post('/partners/login', gone.username, PASSWORD),
      await post('/partners/login', 'nobody@practice.invalid', PASSWORD),
      await post('/partners/login', '', ''),
    ];
    for (const { status, body } of answers) {
      expect(status).to.equal(401);
      expect(body).to.deep.equal(answers[0]!.body);
    }
    expect(lastLogin(offsite.id)).to.equal(null);
    expect(code(await post('/secur/login', member.username, PASSWORD))).to.equal('401 INVALID_LOGIN');
  });

  it('nobody comes in to a site that is not Live', async () => {
    const { id, username } = await withPassword();
    expect(code(await post('/training/login', username, PASSWORD))).to.equal('503 SITE_NOT_LIVE');
    await desk.update('Network', desk.id('Network', 'Example Partner Central'), { Status: 'DownForMaintenance' });
    expect(code(await post('/partners/login', username, PASSWORD))).to.equal('503 SITE_NOT_LIVE');
    expect(lastLogin(id)).to.equal(null);
    expect(code(await post('/nowhere/login', username, PASSWORD))).to.equal('404 NOT_FOUND');
  });

  it('a session of the control API that counts as a login asks the same', async () => {
    const member = await desk.newPartner();
    const offsite = await desk.newPartner({ ProfileId: desk.id('Profile', 'Example Partner Offsite') });
    const { control } = desk.test;
    await control.session(member.id, true);
    expect(lastLogin(member.id)).to.be.a('string');
    const error = await control.session(offsite.id, true).catch((reason: unknown) => reason as Error);
    expect((error as Error).message).to.contain('INVALID_LOGIN');
    expect(lastLogin(offsite.id)).to.equal(null);
    // Without a login it is a session for tests, of anybody who is active.
    await control.session(offsite.id);
    expect(lastLogin(offsite.id)).to.equal(null);
  });

  it('internal users log in at the org; LastLoginDate is theirs too', async () => {
    const id = desk.id('User', 'Joel Bramble');
    await desk.rest('POST', `/sobjects/User/${id}/password`, { NewPassword: PASSWORD });
    const before = lastLogin(id);
    expect((await post('/secur/login', 'joel.bramble@practice.example.com', PASSWORD)).status).to.equal(200);
    expect(lastLogin(id)).to.not.equal(before);
  });

  it('counts the logins of licences that are paid by login, one for each user and day (C4)', async () => {
    const used = (): number | null =>
      desk.value<number | null>("SELECT MonthlyLoginsUsed FROM UserLicense WHERE Name = 'Partner Community Login'");
    const profile = { ProfileId: desk.id('Profile', 'Example Partner Login') };
    const [first, second] = [await withPassword(profile), await withPassword(profile)];
    const at = async (day: string, ...names: string[]): Promise<number | null> => {
      await desk.test.control.setClock(new Date(`${day}T10:00:00Z`));
      for (const name of names) expect((await post('/partners/login', name, PASSWORD)).status).to.equal(200);
      return used();
    };
    expect(used()).to.equal(0);
    expect(await at('2027-03-01', first.username, first.username)).to.equal(1);
    expect(await at('2027-03-02', first.username, second.username)).to.equal(3);
    expect(await at('2027-04-01', first.username)).to.equal(1);
  });

  it('has a form for browsers, takes JSON too, and refuses other hosts', async () => {
    const { username } = await withPassword();
    const form = await desk.fetch('/partners/login', { headers: { accept: 'text/html' } });
    expect(form.body).to.contain('<form method="post">');
    expect(form.headers.get('content-security-policy')).to.contain("default-src 'none'");
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const login = await desk.fetch('/partners/login', {
      ...json,
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    expect(login.status).to.equal(200);
    expect(code(await desk.fetch('/partners/login', { ...json, body: '{' }))).to.equal('400 JSON_PARSER_ERROR');
    const port = desk.test.server.port;
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { host: 'evil.example.com' };
      rawRequest({ port, host: '127.0.0.1', path: '/partners/login', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .once('error', reject)
        .end();
    });
    expect(status).to.equal(403);
  });
});
