/**
 * The sf CLI as judge of the practice org: the released CLI, unmodified, against one server. What it prints is held
 * against the rows of the org's database.
 */
import { DaemonOrg } from '../helpers/daemon.js';
import { installSf, type SfCli } from '../helpers/sf-cli.js';
import { apiTests } from './sf-cli/api.js';
import { bulkTests } from './sf-cli/bulk.js';
import { communityTests } from './sf-cli/community.js';
import { metadataTests } from './sf-cli/metadata.js';
import { orgTests } from './sf-cli/org.js';
import { packageTests } from './sf-cli/package.js';
import { queryTests } from './sf-cli/queries.js';
import { recordTests } from './sf-cli/records.js';
import { ALIAS, World } from './sf-cli/world.js';

describe('the unmodified sf CLI', function () {
  this.timeout(60_000);
  let sf: SfCli | undefined;
  let org: DaemonOrg | undefined;
  let world: World;

  before(async function () {
    this.timeout(300_000);
    sf = await installSf(this);
    org = await DaemonOrg.start(400);
    world = new World(sf, org);
    const { url, accessToken } = org.state;
    const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--alias', ALIAS, '--json'];
    const { exitCode, stdout } = await sf.run(login, { SF_ACCESS_TOKEN: accessToken! });
    if (exitCode !== 0) throw new Error(`sf could not log in: ${stdout}`);
  });

  after(async () => {
    await org?.close();
    sf?.close();
  });

  orgTests(() => world);
  bulkTests(() => world);
  recordTests(() => world);
  queryTests(() => world);
  apiTests(() => world);
  metadataTests(() => world);
  communityTests(() => world);
  packageTests(() => world);
});
