import { mkdirSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { ALIAS, type Where } from './world.js';

type FileResponse = {
  fullName: string;
  type: string;
  state: string;
  error?: string;
  lineNumber?: number;
  problemType?: string;
};
type Deployed = { id: string; status: string; success: boolean; files: FileResponse[]; numberComponentErrors: number };
type Ran<T> = { exitCode: number; result: T; text: string };

const XMLNS = 'http://soap.sforce.com/2006/04/metadata';
const xml = (root: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${XMLNS}">\n    ${inner}\n</${root}>\n`;

const RULE =
  '<sharingOwnerRules><fullName>Cli_Rule</fullName><accessLevel>Read</accessLevel><label>Cli Rule</label>' +
  '<sharedTo><roleAndSubordinatesInternal>VP_Sales</roleAndSubordinatesInternal></sharedTo>' +
  '<sharedFrom><role>VP_Channel</role></sharedFrom></sharingOwnerRules>';

/** A small project, in source format. */
const PROJECT: Record<string, string> = {
  'sfdx-project.json': JSON.stringify({
    packageDirectories: [{ path: 'src', default: true }],
    sourceApiVersion: '66.0',
  }),
  'src/main/sharingRules/Campaign.sharingRules-meta.xml': xml('SharingRules', RULE),
  'src/main/objects/Cli_Thing__c/Cli_Thing__c.object-meta.xml': xml(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus><label>Thing</label><nameField><label>Name</label><type>Text</type></nameField>' +
      '<pluralLabel>Things</pluralLabel><sharingModel>Private</sharingModel>'
  ),
  'src/main/objects/Cli_Thing__c/fields/Size__c.field-meta.xml': xml(
    'CustomField',
    '<fullName>Size__c</fullName><label>Size</label><precision>4</precision><scale>0</scale><type>Number</type>'
  ),
  'src/main/queues/Cli_Queue.queue-meta.xml': xml(
    'Queue',
    '<doesIncludeBosses>true</doesIncludeBosses><doesSendEmailToMembers>false</doesSendEmailToMembers><name>R&amp;D &lt;"x"&gt;</name>' +
      '<queueSobject><sobjectType>Lead</sobjectType></queueSobject>'
  ),
  'src/main/labels/CustomLabels.labels-meta.xml': xml(
    'CustomLabels',
    '<labels><fullName>Cli_Hello</fullName><language>en_US</language><protected>false</protected>' +
      '<shortDescription>Hello</shortDescription><value>Hello</value></labels>'
  ),
  'src/main/lwc/cliHello/cliHello.js':
    "import { LightningElement } from 'lwc';\nexport default class CliHello extends LightningElement {}\n",
  'src/main/lwc/cliHello/cliHello.html': '<template>&lt;</template>\n',
  'src/main/lwc/cliHello/cliHello.js-meta.xml': xml(
    'LightningComponentBundle',
    '<apiVersion>66.0</apiVersion><isExposed>false</isExposed>'
  ),
  'src/main/classes/CliHello.cls': 'public class CliHello {}\n',
  'src/main/classes/CliHello.cls-meta.xml': xml('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>'),
};

/** Metadata by the project commands: over SOAP and over REST. */
export const metadataTests = (world: Where): void => {
  describe('metadata', () => {
    const path = (name: string): string => join(world().sf.folder, name);
    const put = (name: string, text: string): void => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
    };
    const run = async <T>(args: string[], env: Record<string, string> = {}): Promise<Ran<T>> => {
      const { exitCode, json, stdout, stderr } = await world().sf.run<T>(
        [...args, '--target-org', ALIAS, '--json'],
        env
      );
      return { exitCode, result: json?.result as T, text: stdout + stderr };
    };
    const deploy = (...args: string[]): Promise<Ran<Deployed>> =>
      run<Deployed>(['project', 'deploy', 'start', ...args]);
    const names = (files: FileResponse[], state: string): string[] =>
      [...new Set(files.filter((one) => one.state === state).map(({ fullName }) => fullName))].sort();

    before(() => {
      for (const [name, text] of Object.entries(PROJECT)) put(name, text);
    });

    it('project deploy start, over SOAP', async () => {
      const { exitCode, result, text } = await deploy('--source-dir', 'src');
      expect(exitCode, text).to.equal(0);
      expect(result).to.include({ status: 'Succeeded', success: true, numberComponentErrors: 0 });
      expect(names(result.files, 'Created')).to.include.members([
        'Cli_Thing__c',
        'Cli_Thing__c.Size__c',
        'Cli_Queue',
        'Cli_Hello',
        'cliHello',
        'CliHello',
      ]);
      expect(result.files.every(({ state }) => state !== 'Failed')).to.equal(true);
      expect(world().rows(`SELECT "Name" AS name FROM "Group" WHERE "DeveloperName" = 'Cli_Queue'`)).to.deep.equal([
        { name: 'R&D <"x">' },
      ]);
      expect(world().rows(`SELECT count(*) AS n FROM practice_sharing_rule WHERE name = 'Cli_Rule'`)).to.deep.equal([
        { n: 1 },
      ]);
      const { records } = await world().query('SELECT Id, Size__c FROM Cli_Thing__c');
      expect(records).to.deep.equal([]);
    });

    it('project deploy start, over REST', async () => {
      put('src/main/classes/CliHello.cls', 'public class CliHello { }\n');
      const { exitCode, result, text } = await run<Deployed>(
        ['project', 'deploy', 'start', '--metadata', 'ApexClass:CliHello'],
        { SF_ORG_METADATA_REST_DEPLOY: 'true' }
      );
      expect(exitCode, text).to.equal(0);
      expect(result.status).to.equal('Succeeded');
      expect(names(result.files, 'Changed')).to.deep.equal(['CliHello']);
      expect(world().rows(`SELECT "Body" AS body FROM "ApexClass" WHERE "Name" = 'CliHello'`)).to.deep.equal([
        { body: 'public class CliHello { }\n' },
      ]);
    });

    it('project deploy start shows what is wrong with a component, and deploys nothing', async () => {
      put('src/bad/queues/Cli_Bad.queue-meta.xml', xml('Queue', '<name>Bad</name><colour>red</colour>'));
      put(
        'src/bad/queues/Cli_Good.queue-meta.xml',
        xml('Queue', '<doesIncludeBosses>true</doesIncludeBosses><name>Good</name>')
      );
      const { exitCode, result, text } = await deploy('--source-dir', 'src/bad');
      expect(exitCode, text).to.equal(1);
      expect(result).to.include({ status: 'Failed', success: false, numberComponentErrors: 1 });
      const [failed] = result.files.filter(({ state }) => state === 'Failed');
      expect(failed).to.include({ fullName: 'Cli_Bad', type: 'Queue', problemType: 'Error', lineNumber: 3 });
      expect(failed!.error).to.contain('colour invalid at this location in type Queue');
      expect(world().rows(`SELECT 1 FROM "Group" WHERE "DeveloperName" IN ('Cli_Bad', 'Cli_Good')`)).to.deep.equal([]);
      rmSync(path('src/bad'), { recursive: true });
    });

    it('project deploy validate, then quick', async () => {
      put('src/main/classes/CliHello.cls', 'public class CliHello { Integer checked; }\n');
      const body = (): unknown[] => world().rows(`SELECT "Body" AS body FROM "ApexClass" WHERE "Name" = 'CliHello'`);
      const checked = await run<Deployed>(['project', 'deploy', 'validate', '--metadata', 'ApexClass:CliHello']);
      expect(checked.exitCode, checked.text).to.equal(0);
      expect(body()).to.deep.equal([{ body: 'public class CliHello { }\n' }]);
      const quick = await run<Deployed>(['project', 'deploy', 'quick', '--job-id', checked.result.id]);
      expect(quick.exitCode, quick.text).to.equal(0);
      expect(body()).to.deep.equal([{ body: 'public class CliHello { Integer checked; }\n' }]);
    });

    it('project retrieve start brings back what was deployed', async () => {
      for (const folder of ['classes', 'lwc', 'queues', 'objects'])
        rmSync(path(`src/main/${folder}`), { recursive: true });
      const { exitCode, text } = await run([
        'project',
        'retrieve',
        'start',
        '--metadata',
        'ApexClass:CliHello',
        '--metadata',
        'LightningComponentBundle:cliHello',
        '--metadata',
        'Queue:Cli_Queue',
        '--metadata',
        'CustomObject:Cli_Thing__c',
      ]);
      expect(exitCode, text).to.equal(0);
      const found = (name: string): string => {
        const places = [`src/main/default/${name}`, `src/main/${name}`].map(path).filter((place) => existsSync(place));
        expect(places, name).to.have.length(1);
        return readFileSync(places[0]!, 'utf8');
      };
      expect(found('classes/CliHello.cls')).to.equal('public class CliHello { Integer checked; }\n');
      expect(found('lwc/cliHello/cliHello.js')).to.equal(PROJECT['src/main/lwc/cliHello/cliHello.js']);
      expect(found('queues/Cli_Queue.queue-meta.xml')).to.contain('<name>R&amp;D &lt;&quot;x&quot;&gt;</name>');
      expect(found('objects/Cli_Thing__c/fields/Size__c.field-meta.xml')).to.contain('<precision>4</precision>');
    });

    it('org list metadata, and metadata-types', async () => {
      const listed = await run<Array<{ fullName: string }>>([
        'org',
        'list',
        'metadata',
        '--metadata-type',
        'SharingOwnerRule',
      ]);
      expect(listed.exitCode, listed.text).to.equal(0);
      expect(listed.result.map(({ fullName }) => fullName)).to.include('Campaign.Cli_Rule');
      const types = await run<{ metadataObjects: Array<{ xmlName: string }> }>(['org', 'list', 'metadata-types']);
      expect(types.exitCode, types.text).to.equal(0);
      expect(types.result.metadataObjects.map(({ xmlName }) => xmlName)).to.include.members([
        'SharingRules',
        'Network',
        'ApexClass',
      ]);
    });

    it('project delete source', async () => {
      const { exitCode, text } = await run([
        'project',
        'delete',
        'source',
        '--metadata',
        'ApexClass:CliHello',
        '--no-prompt',
      ]);
      expect(exitCode, text).to.equal(0);
      expect(world().rows(`SELECT 1 FROM "ApexClass" WHERE "Name" = 'CliHello'`)).to.deep.equal([]);
    });
  });
};
