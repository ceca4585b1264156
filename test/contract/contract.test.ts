/** What scripts of users rely on: flags, JSON results, words. Changing it is a decision, not an accident. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Messages } from '@salesforce/core';
import { expect } from 'chai';
import { ESLint } from 'eslint';
import { fileOf, RESULTS, schemaText } from '../../tools/schemas.mjs';
import { file as snapshotFile, snapshotText } from '../../tools/snapshot.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const commands = (): string[] =>
  Object.keys(
    (JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as { commands: object }).commands
  ).sort();

describe('contract', () => {
  it('has the commands and flags of command-snapshot.json (update: npm run build && node tools/snapshot.mjs)', () => {
    expect(readFileSync(snapshotFile, 'utf8')).to.equal(snapshotText());
  });

  it('has every command of src in the manifest', () => {
    const files = globSync('**/*.ts', { cwd: join(root, 'src/commands') }).map((path) =>
      path.replace(/\.ts$/, '').replaceAll(/[\\/]/g, ':')
    );
    expect(commands()).to.deep.equal(files.sort());
  });

  it('has a schema for every command', () => {
    expect(Object.keys(RESULTS).sort()).to.deep.equal(commands());
  });

  for (const command of Object.keys(RESULTS)) {
    it(`answers ${command} as its schema says (update: npm run build && node tools/schemas.mjs)`, async () => {
      expect(readFileSync(fileOf(command), 'utf8')).to.equal(await schemaText(command));
    });
  }

  it('lets only the soql module make SOQL', async () => {
    // Under CI the parser takes the text from disk, unless it is told not to.
    const parserOptions = { disallowAutomaticSingleRunInference: true };
    const eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions: { parserOptions } } });
    const bad =
      'export const soql = (id: string): string => `SELECT Id FROM Lead WHERE Id = ${id}`;\nexport const all = "SELECT Id FROM Lead";\n';
    const filePath = join(root, 'src/leads/lead-access.ts');
    const [result] = await eslint.lintText(bad, { filePath });
    expect(result!.messages.filter(({ ruleId }) => ruleId === 'no-restricted-syntax')).to.have.length.at.least(2);
  }).timeout(60_000);
});

describe('messages', () => {
  const sources = globSync('src/**/*.ts', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
  const code = sources.join('\n');

  for (const path of globSync('messages/*.md', { cwd: root })) {
    const bundle = path.replace(/^messages[\\/]/, '').replace(/\.md$/, '');
    const keys = [...readFileSync(join(root, path), 'utf8').matchAll(/^# (.+)$/gm)].map(([, key]) => key!);

    it(`${bundle}: every error says what to do, and every text is used`, () => {
      Messages.importMessagesDirectory(root);
      const messages = Messages.loadMessages('sf-plugin-channel', bundle);
      for (const key of keys) {
        if (key.startsWith('error.') && !key.endsWith('.actions')) expect(keys, key).to.include(`${key}.actions`);
        expect(messages.getMessages(key), key).to.have.length.above(0);
      }
    });

    it(`${bundle}: no text is left over`, () => {
      const used = (key: string): boolean =>
        code.includes(`'${key}'`) ||
        DYNAMIC.some(
          ({ prefix, made, only = bundle }) => only === bundle && key.startsWith(prefix) && code.includes(made)
        );
      expect(keys.filter((key) => !key.endsWith('.actions') && !used(key))).to.deep.equal([]);
    });
  }
});

/** Keys that code puts together. */
const DYNAMIC: Array<{ prefix: string; made: string; only?: string }> = [
  { prefix: 'error.plan', made: '`error.plan${', only: 'channel.shared' },
  { prefix: 'error.', made: '`error.${error.key}`', only: 'channel.lead.distribute' },
  { prefix: 'error.rule.', made: '`error.rule.${error.key}`', only: 'channel.lead.assign' },
  { prefix: 'error.mails', made: '`error.${key}`', only: 'channel.lead.assign' },
  { prefix: 'prompt.mails', made: '`prompt.${key}`', only: 'channel.lead.assign' },
  { prefix: 'plan.skipped.', made: '`plan.skipped.${', only: 'channel.lead.assign' },
  { prefix: 'error.', made: '`error.${key}`', only: 'channel.lead.notify-probe' },
  { prefix: 'error.notify.', made: '`error.notify.${error.key}`', only: 'channel.lead.reassign' },
  { prefix: 'plan.', made: '`plan.${route}`', only: 'channel.lead.reassign' },
  { prefix: 'mails.', made: '`mails.${route}`', only: 'channel.status' },
  { prefix: 'plan.activities.', made: '`plan.activities.${mode}`', only: 'channel.lead.reassign' },
  { prefix: 'left.', made: '`left.${reason}`', only: 'channel.lead.pullback' },
  { prefix: 'error.', made: '`error.${key}`', only: 'channel.lead.pullback' },
  { prefix: 'plan.publish', made: '`plan.${action}`', only: 'channel.rotation.publish-rule' },
  { prefix: 'plan.remove', made: '`plan.${action}`', only: 'channel.rotation.publish-rule' },
  { prefix: 'plan.rule.', made: '`plan.rule.${rule.change}`', only: 'channel.rotation.publish-rule' },
  { prefix: 'plan.nothing.', made: '`plan.nothing.${action}`', only: 'channel.rotation.publish-rule' },
  { prefix: 'component.', made: '`component.${what}`', only: 'channel.rotation.publish-rule' },
  { prefix: 'note.', made: '`note.${key}`', only: 'channel.rotation.simulate' },
  { prefix: 'target.', made: '`target.${key}`' },
  { prefix: 'access.', made: '`access.${' },
  { prefix: 'skip.', made: '`skip.${reason}`' },
  { prefix: 'stopped.', made: '`stopped.${' },
  { prefix: 'exit.', made: '`exit.${key}`' },
  { prefix: 'label.', made: '`label.${label}`' },
  { prefix: 'prompt.domain', made: '`prompt.domain${suffix}`', only: 'channel.shared' },
  { prefix: 'error.needsDomain', made: '`error.needsDomain${suffix}`', only: 'channel.shared' },
  { prefix: 'check.', made: '`check.${check}`', only: 'channel.prm.enable' },
  { prefix: 'verdict.', made: '`verdict.${verdict}`', only: 'channel.prm.enable' },
  { prefix: 'finding.', made: '`finding.${finding}`', only: 'channel.prm.enable' },
  { prefix: 'proof.', made: '`proof.${', only: 'channel.prm.enable' },
  { prefix: 'question.', made: '`question.${question}`', only: 'channel.doctor' },
  { prefix: 'answer.', made: '`answer.${answer', only: 'channel.doctor' },
  { prefix: 'news.', made: '`news.${', only: 'channel.sharing.check' },
  { prefix: 'leads.', made: '`leads.${leads}`', only: 'channel.partner.handover' },
  { prefix: 'shift.', made: '`shift.${what}`', only: 'channel.partner.handover' },
  { prefix: 'kind.', made: '`kind.${kind}`', only: 'channel.partner.handover' },
  { prefix: 'problem.', made: '`problem.${why}`', only: 'channel.partner.handover' },
  { prefix: 'error.', made: '`error.${key}`', only: 'channel.partner.handover' },
  { prefix: 'skipped.', made: '`skipped.${reason}`', only: 'channel.partner.disable' },
  { prefix: 'loss.', made: '`loss.${kind}`', only: 'channel.partner.disable' },
  { prefix: 'error.', made: '`error.${error.key}`', only: 'channel.partner.disable' },
  { prefix: 'kind.', made: '`kind.${kind}`', only: 'channel.site.prepare' },
  { prefix: 'state.', made: '`state.${state}`', only: 'channel.site.prepare' },
  { prefix: 'undo.', made: '`undo.${undo}`', only: 'channel.site.prepare' },
  { prefix: 'mails.', made: '`mails.${certainty}`', only: 'channel.site.prepare' },
  { prefix: 'error.', made: '`error.${error.key}`', only: 'channel.site.prepare' },
  { prefix: 'plan.mails.', made: '`plan.mails.${route}`', only: 'channel.partner.invite' },
  { prefix: 'error.', made: '`error.${error.key}`', only: 'channel.partner.invite' },
  { prefix: 'state.', made: '`state.${state}`', only: 'channel.rotation.list' },
  { prefix: 'state.', made: '`state.${state}`', only: 'channel.rotation.export' },
  { prefix: 'action.', made: '`action.${action}`', only: 'channel.rotation.import' },
  { prefix: 'permission.', made: '`permission.${permissionSet}`', only: 'channel.queue.prepare' },
  { prefix: 'page.', made: '`page.${page.state}`', only: 'channel.queue.prepare' },
  { prefix: 'error.csv', made: '`error.${error.key}`', only: 'channel.partner.shared' },
];
