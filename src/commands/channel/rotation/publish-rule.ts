import { Args } from '@oclif/core';
import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { applyFlags, planFlags, shared } from '../../../channel-command.js';
import {
  buildPublishPlan,
  buildRemovePlan,
  ForeignEntryError,
  NotPublishable,
  provePublished,
  PUBLISH_KIND,
  publishDetailsSchema,
  PublishRefused,
  readPublish,
  readPublishFingerprint,
  readRemove,
  rotationPublishRuleResult,
  type Position,
  type PublishDetails,
  type PublishProof,
  type RotationPublishRuleResult,
} from '../../../leads/publish-rule/index.js';
import type { Rotation } from '../../../leads/rotation/model.js';
import { requireRotations } from '../../../leads/rotations/index.js';
import type { OrgIdentity } from '../../../org/read/index.js';
import { EXIT, exitCodeHelp } from '../../../report/exit-codes.js';
import { shown } from '../../../report/shown.js';
import type { PlannedRun } from '../../../planned-command.js';
import { RotationCommand } from '../../../rotation-command.js';
import type { Plan, Receipt, RunFolder } from '../../../runs/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.rotation.publish-rule');

/** Slots that are shown; all of them are in the result. */
const MOST_SLOTS = 24;

type Requested = { key?: string; file?: string; position?: Position; remove: boolean; numberExisting: boolean };

export default class RotationPublishRule extends RotationCommand<RotationPublishRuleResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly errorCodes = exitCodeHelp((key) => shared.getMessage(key));
  public static readonly args = { key: Args.string({ description: messages.getMessage('args.key.summary') }) };
  public static readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary'), exclusive: ['plan'] }),
    position: Flags.string({ summary: messages.getMessage('flags.position.summary'), exclusive: ['plan', 'remove'] }),
    'number-existing': Flags.boolean({
      summary: messages.getMessage('flags.number-existing.summary'),
      exclusive: ['plan', 'remove'],
    }),
    remove: Flags.boolean({ summary: messages.getMessage('flags.remove.summary'), exclusive: ['plan'] }),
    ...planFlags,
    ...applyFlags,
  };

  public async run(): Promise<RotationPublishRuleResult> {
    const { flags, args } = await this.parse(RotationPublishRule);
    const { plan: saved, file } = flags;
    if ([args.key, file, saved].filter((one) => one !== undefined).length !== 1)
      throw messages.createError('error.keyOrFile');
    const position = positionOf(flags.position);
    const conn = flags['target-org'].getConnection(flags['api-version']);
    const org = await this.identify(conn);
    const request = { key: args.key, file, position, remove: flags.remove, numberExisting: flags['number-existing'] };
    return this.carryOut({
      conn,
      org,
      flags,
      messages,
      word: 'publish',
      kind: PUBLISH_KIND,
      make: (folder) => this.newPlan(conn, org, folder, request),
      reliesOn: (plan) => readPublishFingerprint(conn, plan),
      show: (plan) => this.showPlan(plan, publishDetailsSchema.parse(plan.details)),
      finish: (run) => this.finished(conn, run),
    });
  }

  private async finished(conn: Connection, run: PlannedRun): Promise<RotationPublishRuleResult> {
    const { plan, receipt } = run;
    if (!receipt) return rotationPublishRuleResult(run);
    const details = publishDetailsSchema.parse(plan.details);
    const proof =
      receipt.state === 'done' ? await this.afterRun(receipt, () => provePublished(conn, details)) : undefined;
    this.showReceipt(receipt, proof);
    return rotationPublishRuleResult({ ...run, proof });
  }

  private async newPlan(conn: Connection, org: OrgIdentity, folder: RunFolder, request: Requested): Promise<Plan> {
    if (request.remove) {
      const key = request.key ?? (await this.rotation(conn, request)).key;
      return buildRemovePlan(conn, org, folder, await readRemove(conn, key));
    }
    const rotation = await this.rotation(conn, request);
    return buildPublishPlan(conn, org, folder, await readPublish(conn, rotation, request));
  }

  private async rotation(conn: Connection, { key, file }: Requested): Promise<Rotation> {
    if (file !== undefined) return (await requireRotations([file]))[0]!.rotation;
    return (await this.requireStored(conn, key!, messages.getMessage('others'))).rotation;
  }

  protected override tell(error: unknown, username: string): Error {
    if (error instanceof NotPublishable)
      return messages.createError('error.notPublishable', [error.reasons.map((one) => `- ${one}`).join('\n')]);
    if (error instanceof ForeignEntryError) return messages.createError('error.foreign', [error.number, error.rule]);
    if (error instanceof PublishRefused) return messages.createError('error.refused', [error.reason]);
    return super.tell(error, username);
  }

  private showPlan(plan: Plan, details: PublishDetails): void {
    const { key, action, rule, slots, filter, place, field, foreign, notKept } = details;
    this.log();
    this.log(messages.getMessage(`plan.${action}`, [plan.org.domain, plan.org.kind, key, shown(rule.name)]));
    if (action === 'publish') {
      this.log(messages.getMessage(`plan.rule.${rule.change}`, [shown(rule.name)]));
      const others = foreign[rule.name]?.length ?? 0;
      this.log(messages.getMessage('plan.place', [place, (place ?? 1) + slots.length - 1, others]));
      this.log(shown(messages.getMessage('plan.filter', [filter === '' ? messages.getMessage('plan.all') : filter])));
      this.table({
        data: slots.slice(0, MOST_SLOTS).map((queue, at) => ({ slot: at + 1, queue })),
        columns: [{ key: 'slot', name: field }, 'queue'],
      });
      if (slots.length > MOST_SLOTS) this.log(messages.getMessage('plan.more', [slots.length - MOST_SLOTS]));
      this.log(messages.getMessage('plan.notKept'));
      for (const line of notKept) this.log(`- ${shown(line)}`);
    }
    if (plan.steps.length === 0) {
      this.log(messages.getMessage(`plan.nothing.${action}`));
      return;
    }
    const [step] = plan.steps;
    if (step?.kind === 'deploy')
      for (const { action: what, type, fullName } of step.components)
        this.log(shown(messages.getMessage(`component.${what}`, [type, fullName])));
    for (const warning of plan.warnings) this.warn(shown(warning));
    this.log(messages.getMessage('plan.cost', [plan.cost.apiCalls, plan.cost.formula]));
    this.log();
  }

  private showReceipt(receipt: Receipt, proof: PublishProof | undefined): void {
    if (proof?.holds) this.log(messages.getMessage('proof.holds', [proof.foreign]));
    else if (proof) {
      process.exitCode = EXIT.partly;
      this.warn(messages.getMessage('proof.differs', [proof.differences.join(' ')]));
    }
    const [failed] = receipt.steps.flatMap(({ errors }) => errors);
    if (failed) this.warn(shown(messages.getMessage('failed', [failed.code, failed.message])));
    this.tellRest(receipt);
    if (receipt.state === 'done') this.log(messages.getMessage('undo', [receipt.run, receipt.org.username]));
  }
}

/** @throws SfError for what is no place */
function positionOf(text: string | undefined): Position | undefined {
  if (text === undefined || text === 'first' || text === 'last') return text;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw messages.createError('error.position', [text]);
  return number;
}
