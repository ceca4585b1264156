import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { Desk } from '../sites/support.js';

/** All that the control API tells, but for sessions: opening one is asking for a token. */
const CONTROL = ['status', 'outbox', 'faults', 'requests', 'writes', 'clock', 'limits'];

describe('DELETE /sobjects/User/{id}/password (platform-facts C7)', () => {
  let desk: Desk;
  let id: string;
  let [link, password]: [string, string] = ['', ''];
  before(async () => {
    desk = await Desk.open();
    await desk.test.control.logWrites(true);
    const user = await desk.newPartner();
    ({ id } = user);
    const { status, body } = await desk.rest('DELETE', `/sobjects/User/${id}/password`);
    expect(status).to.equal(200);
    password = (body as { NewPassword: string }).NewPassword;
    expect(Object.keys(body as object)).to.deep.equal(['NewPassword']);
    link = (await desk.mail('password-reset', user.email)).link!;
    await desk.fetch(new URL(link).pathname + new URL(link).search);
  });
  after(() => desk.close());

  const control = async (name: string): Promise<string> => {
    const headers = { authorization: `Bearer ${desk.test.server.controlToken}` };
    const { status, body } = await desk.fetch(`/practice/${name}?limit=1000`, { headers });
    expect(status, name).to.equal(200);
    return JSON.stringify(body);
  };
  const code = (): string => new URL(link).searchParams.get('c')!;

  it('the log of requests has the calls, and neither password nor link', async () => {
    const log = readFileSync(join(dirname(desk.test.org.store.file), 'requests.ndjson'), 'utf8');
    for (const text of [log, await control('requests')]) {
      expect(text).to.contain(`/sobjects/User/${id}/password`).and.to.contain('/partners/login');
      expect(text).to.not.contain(password);
      expect(text).to.not.contain(code());
      expect(text).to.not.contain(desk.test.token);
    }
  });

  it('the link is in the outbox, which is its purpose, and nowhere else; the password is nowhere', async () => {
    expect(code()).to.have.length.greaterThan(20);
    for (const name of CONTROL) {
      const text = await control(name);
      expect(text.includes(code()), name).to.equal(name === 'outbox');
      for (const secret of [password, desk.test.token, desk.test.server.controlToken]) {
        expect(text.includes(secret), name).to.equal(false);
      }
    }
  });

  it('files of the org hold no password, and no session token', () => {
    const folder = dirname(desk.test.org.store.file);
    const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
    expect(files).to.include.members(['org.db', 'requests.ndjson']);
    for (const name of files) {
      const bytes = readFileSync(join(folder, name));
      for (const secret of [password, desk.test.token]) expect(bytes.includes(secret), name).to.equal(false);
    }
  });

  it('an error of the call has none of them either', async () => {
    const { token } = await desk.test.control.session('rhea.quillon@practice.example.com');
    const { status, body } = await desk.rest('DELETE', `/sobjects/User/${id}/password`, undefined, token);
    expect([status, JSON.stringify(body).includes('NewPassword')]).to.deep.equal([403, false]);
    const missing = await desk.rest('DELETE', '/sobjects/User/005000000000000AAA/password');
    expect([missing.status, JSON.stringify(missing.body).includes('NewPassword')]).to.deep.equal([404, false]);
  });
});
