import { expect } from 'chai';
import { ALIAS, type Where } from './world.js';

type Limit = { name: string; max: number; remaining: number };
type Assigned = {
  successes: Array<{ name: string; value: string }>;
  failures: Array<{ name: string; message: string }>;
};

/** The org itself: who is logged in, limits, permission sets, the address to open it. */
export const orgTests = (world: Where): void => {
  describe('org', () => {
    it('org login access-token keeps what the org says of itself', async () => {
      const { state } = world().org;
      const env = { SF_ACCESS_TOKEN: state.accessToken! };
      const args = [
        'org',
        'login',
        'access-token',
        '--instance-url',
        state.url,
        '--no-prompt',
        '--alias',
        ALIAS,
        '--json',
      ];
      const { exitCode, json } = await world().sf.run(args, env);
      expect(exitCode).to.equal(0);
      expect(json!.result).to.include({
        username: 'admin@practice.example.com',
        orgId: state.orgId,
        isSandbox: true,
        isDevHub: false,
        isScratch: false,
        name: world().row('SELECT "Name" FROM "Organization"').Name,
        orgEdition: 'Enterprise Edition',
      });
    });

    it('a wrong token is refused at login, and so is text that is no token', async () => {
      const { orgId, url } = world().org.state;
      const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--json'];
      const wrong = await world().sf.run(login, { SF_ACCESS_TOKEN: `${orgId!.slice(0, 15)}!AQ.wrong_token` });
      expect(wrong.exitCode).to.equal(1);
      expect(wrong.json!.message).to.contain('Session expired or invalid');
      const noToken = await world().sf.run(login, { SF_ACCESS_TOKEN: 'no token' });
      expect(noToken.exitCode).to.equal(1);
      expect(noToken.json!.message).to.contain("isn't in the correct format");
    });

    it('a token without a login works, and a wrong one says so', async () => {
      const { orgId, url, accessToken } = world().org.state;
      const query = (token: string): ReturnType<ReturnType<Where>['sf']['run']> =>
        world().sf.run(['data', 'query', '-q', 'SELECT COUNT() FROM Lead', '-o', token, '--json'], {
          SF_ORG_INSTANCE_URL: url,
        });
      const right = await query(accessToken!);
      expect([right.exitCode, right.json?.status]).to.deep.equal([0, 0]);
      const wrong = await query(`${orgId!.slice(0, 15)}!AQ.wrong_token`);
      expect(wrong.exitCode).to.equal(1);
      expect(wrong.json).to.include({ name: 'INVALID_SESSION_ID', message: 'Session expired or invalid' });
    });

    it('org display is connected', async () => {
      expect(await world().json('org', 'display')).to.include({
        id: world().org.state.orgId,
        username: 'admin@practice.example.com',
        connectedStatus: 'Connected',
        alias: ALIAS,
      });
    });

    it('org list counts it among the sandboxes', async () => {
      const { json } = await world().sf.run<Record<string, Array<Record<string, unknown>>>>(['org', 'list', '--json']);
      const { sandboxes, devHubs, scratchOrgs } = json!.result;
      expect(sandboxes).to.have.length(1);
      expect(sandboxes![0]).to.include({
        orgId: world().org.state.orgId,
        connectedStatus: 'Connected',
        isSandbox: true,
      });
      expect([devHubs, scratchOrgs]).to.deep.equal([[], []]);
    });

    it('org list limits counts the calls', async () => {
      const used = async (...command: string[]): Promise<number> => {
        const limits = await world().json<Limit[]>(...command);
        const { max, remaining } = limits.find(({ name }) => name === 'DailyApiRequests')!;
        expect(max).to.equal(152_200);
        return max - remaining;
      };
      const first = await used('org', 'list', 'limits');
      expect(first).to.be.above(0);
      expect(await used('limits', 'api', 'display')).to.be.above(first);
    });

    it('org list sobject record-counts', async () => {
      const counts = await world().json('org', 'list', 'sobject', 'record-counts', '-s', 'Account', '-s', 'Contact');
      const count = (name: string): unknown =>
        world().row(`SELECT count(*) AS n FROM "${name}" WHERE "IsDeleted" IS NOT 1`).n;
      expect(counts).to.have.deep.members([
        { name: 'Account', count: count('Account') },
        { name: 'Contact', count: count('Contact') },
      ]);
    });

    it('org open gives an address for a while, with the page asked for', async () => {
      const { url } = await world().json<{ url: string }>(
        'org',
        'open',
        '--url-only',
        '--path',
        '/lightning/o/Lead/list'
      );
      const { origin, searchParams } = new URL(url);
      expect(origin).to.equal(world().org.state.url);
      expect(searchParams.get('otp')).to.match(/^[\w-]{20,}$/);
      expect(searchParams.get('startURL')).to.equal('/lightning/o/Lead/list');
    });

    it('org assign permset, once', async () => {
      const name = 'Example_Channel_Tools';
      const assignments = (): number =>
        world().rows(
          'SELECT a."Id" FROM "PermissionSetAssignment" a JOIN "PermissionSet" p ON p."Id" = a."PermissionSetId" JOIN "User" u ON u."Id" = a."AssigneeId" WHERE p."Name" = ? AND u."Username" = ?',
          name,
          'admin@practice.example.com'
        ).length;
      expect(assignments()).to.equal(0);
      const { successes, failures } = await world().json<Assigned>('org', 'assign', 'permset', '--name', name);
      expect(successes).to.deep.equal([{ name: 'admin@practice.example.com', value: name }]);
      expect(failures).to.deep.equal([]);
      expect(assignments()).to.equal(1);
      const again = await world().refused('org', 'assign', 'permset', '--name', name);
      expect((again.result as Assigned).failures[0]!.message).to.contain('Duplicate PermissionSetAssignment');
      const unknown = await world().refused('org', 'assign', 'permset', '--name', 'Nothing_Like_It');
      expect((unknown.result as Assigned).failures[0]!.message).to.contain('not found in target org');
      expect(assignments()).to.equal(1);
    });
  });
};
