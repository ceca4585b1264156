import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ChannelCommand, checkWritable } from '../../channel-command.js';
import { askAll, QUESTIONS, type Answer, type DoctorResult } from '../../doctor/index.js';
import { writeJson } from '../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.doctor');

export default class Doctor extends ChannelCommand<DoctorResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    'output-file': Flags.string({ summary: messages.getMessage('flags.output-file.summary') }),
  };

  public async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(Doctor);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const { id, domain, kind, edition, username } = await this.identify(conn);
    if (kind === 'production') throw messages.createError('error.production', [domain]);
    await checkWritable(flags['output-file']);
    this.spinner.start(messages.getMessage('asking', [QUESTIONS, domain]));
    const answers = await askAll(conn, (question, number) => (this.spinner.status = `${number} ${question}`));
    this.spinner.stop();
    const file = flags['output-file'] ?? join(this.config.dataDir, 'channel', 'doctor', `${id}.json`);
    const org = { id, domain, kind, edition, username };
    const result = { org, askedAt: new Date().toISOString(), apiVersion: conn.version, answers, file };
    await mkdir(dirname(file), { recursive: true });
    await writeJson(file, result);
    this.show(answers);
    this.log(messages.getMessage('written', [file]));
    return result;
  }

  private show(answers: readonly Answer[]): void {
    this.table({
      data: answers.map(({ question, fact, answer, evidence }) => ({
        question: messages.getMessage(`question.${question}`),
        fact,
        answer: messages.getMessage(`answer.${answer ?? 'none'}`),
        evidence,
      })),
      columns: ['question', 'answer', 'evidence', 'fact'],
      overflow: 'wrap',
    });
  }
}
