/** The unmodified sf CLI deploys force-app/main to orgs in each of the states that partner orgs go through. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startTestOrg, type TestOrg } from '../helpers/practice.js';
import { installSf, type SfCli } from '../helpers/sf-cli.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const source = join(root, 'force-app', 'main', 'default');

type Deployed = { files: Array<{ fullName: string; type: string; state: string; error?: string }> };

/** Objects of the platform to which the package adds parts are none of its own. */
const isOwn = (folder: string, name: string): boolean => folder !== 'objects' || name.endsWith('__c');

/** Names of files without their endings in a folder of the package. */
const namesIn = (folder: string): string[] =>
  [...new Set(readdirSync(join(source, folder)).map((file) => file.split('.')[0]!))].filter((name) =>
    isOwn(folder, name)
  );

const STATES = [
  { state: 'Digital Experiences off', networks: false, prm: false },
  { state: 'Digital Experiences on, without PRM', networks: true, prm: false },
  { state: 'Digital Experiences on, with PRM', networks: true, prm: true },
];

describe('the package, deployed by the sf CLI', function () {
  this.timeout(180_000);
  let sf: SfCli;
  let org: TestOrg | undefined;

  before(async function () {
    this.timeout(300_000);
    sf = await installSf(this);
    cpSync(join(root, 'force-app'), join(sf.folder, 'force-app'), { recursive: true });
    sf.write('sfdx-project.json', readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
  });
  afterEach(async () => {
    await org?.close();
    org = undefined;
  });
  after(() => sf?.close());

  const login = async (): Promise<void> => {
    const { url } = org!.server;
    const args = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--alias', 'state', '--json'];
    const { exitCode, stdout } = await sf.run(args, { SF_ACCESS_TOKEN: org!.token });
    expect(exitCode, stdout).to.equal(0);
  };

  for (const { state, networks, prm } of STATES) {
    it(`force-app/main, ${state}`, async () => {
      org = await startTestOrg({ scenario: 'empty' });
      org.org.preferences.set('Communities.enableNetworksEnabled', networks);
      org.org.preferences.set('Communities.enableEnablePRM', prm);
      await login();
      const args = ['project', 'deploy', 'start', '--source-dir', 'force-app/main', '--target-org', 'state', '--json'];
      const { exitCode, json, stdout } = await sf.run<Deployed>(args);
      expect(exitCode, stdout).to.equal(0);
      const { files } = json!.result;
      // The file of labels is none of its own: its labels are.
      const others = files.filter(({ state: became, type }) => became !== 'Created' && type !== 'CustomLabels');
      expect(others).to.deep.equal([]);
      const names = files.map(({ fullName }) => fullName);
      for (const folder of ['objects', 'permissionsets', 'customPermissions', 'queues', 'layouts'])
        expect(names).to.include.members(namesIn(folder));
      expect(org.query('SELECT Id FROM Sharing_Finding__c')).to.deep.equal([]);
      const asked = "SELECT Id FROM CustomPermission WHERE DeveloperName LIKE 'Channel_Desk_%'";
      expect(org.query(asked)).to.have.length(4);
    });
  }
});
