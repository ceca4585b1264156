import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ALIAS, type Where } from './world.js';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Our own package, as its readers deploy it. */
export const packageTests = (world: Where): void => {
  describe('the package', () => {
    it('project deploy start takes force-app/main, and the permission set can be assigned', async () => {
      world().sf.write('sfdx-project.json', readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
      cpSync(join(root, 'force-app'), join(world().sf.folder, 'force-app'), { recursive: true });
      const folders = readdirSync(join(root, 'force-app', 'main', 'default', 'objects'));
      // Objects of the platform to which the package adds parts are none of its own.
      const objects = folders.filter((name) => name.endsWith('__c'));
      const args = ['project', 'deploy', 'start', '--source-dir', 'force-app/main', '--target-org', ALIAS, '--json'];
      const { exitCode, json, stdout } = await world().sf.run<{ files: Array<{ fullName: string; state: string }> }>(
        args
      );
      expect(exitCode, stdout).to.equal(0);
      const created = json!.result.files.filter(({ state }) => state === 'Created').map(({ fullName }) => fullName);
      expect(created).to.include.members([
        ...objects,
        'Channel_Admin',
        'Lead_Rotation_Member__c.Member_Is_User_Or_Queue',
        'Lead.Reassign_Leads',
      ]);
      await world().json('org', 'assign', 'permset', '--name', 'Channel_Admin');
      const { records } = await world().query('SELECT Id FROM Channel_Run__c');
      expect(records).to.deep.equal([]);
    });
  });
};
