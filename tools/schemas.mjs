/** Writes schemas/: the JSON schema of each command's --json result, from the built plugin. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Name of a command to the zod schema of its result: file of lib, and export. */
export const RESULTS = {
  'channel:doctor': ['doctor/index.js', 'doctorResultSchema'],
  'channel:lead:assign': ['leads/assign/index.js', 'leadAssignResultSchema'],
  'channel:lead:distribute': ['leads/distribute/index.js', 'distributeResultSchema'],
  'channel:lead:notify-probe': ['leads/notify/index.js', 'leadNotifyProbeResultSchema'],
  'channel:lead:pullback': ['leads/pullback/index.js', 'leadPullbackResultSchema'],
  'channel:lead:reassign': ['leads/reassign/index.js', 'leadReassignResultSchema'],
  'channel:lead:report': ['leads/report/index.js', 'leadReportResultSchema'],
  'channel:partner:check': ['partners/index.js', 'partnerCheckResultSchema'],
  'channel:partner:disable': ['partners/disable/index.js', 'partnerDisableResultSchema'],
  'channel:partner:enable': ['partners/enable/index.js', 'partnerEnableResultSchema'],
  'channel:partner:handover': ['partners/handover/index.js', 'partnerHandoverResultSchema'],
  'channel:partner:invite': ['partners/invite/index.js', 'partnerInviteResultSchema'],
  'channel:partner:list': ['partners/index.js', 'partnerListResultSchema'],
  'channel:practice:outbox': ['practice/control/results.js', 'practiceOutboxResultSchema'],
  'channel:practice:reset': ['practice/control/results.js', 'practiceResetResultSchema'],
  'channel:practice:start': ['practice/control/results.js', 'practiceStartResultSchema'],
  'channel:practice:status': ['practice/control/results.js', 'practiceStatusResultSchema'],
  'channel:practice:stop': ['practice/control/results.js', 'practiceStopResultSchema'],
  'channel:practice:open': ['practice/control/results.js', 'practiceOpenResultSchema'],
  'channel:prm:enable': ['prm/index.js', 'prmEnableResultSchema'],
  'channel:queue:create': ['leads/queues/index.js', 'queueCreateResultSchema'],
  'channel:queue:list': ['leads/queues/index.js', 'queueListResultSchema'],
  'channel:queue:members': ['leads/queues/index.js', 'queueMembersResultSchema'],
  'channel:queue:prepare': ['leads/queues/prepare/index.js', 'queuePrepareResultSchema'],
  'channel:rotation:export': ['leads/rotations/index.js', 'rotationExportResultSchema'],
  'channel:rotation:import': ['leads/rotations/import/index.js', 'rotationImportResultSchema'],
  'channel:rotation:list': ['leads/rotations/index.js', 'rotationListResultSchema'],
  'channel:rotation:publish-rule': ['leads/publish-rule/index.js', 'rotationPublishRuleResultSchema'],
  'channel:rotation:show': ['leads/rotations/index.js', 'rotationShowResultSchema'],
  'channel:rotation:simulate': ['leads/simulate/index.js', 'rotationSimulateResultSchema'],
  'channel:run:list': ['runs/index.js', 'runListResultSchema'],
  'channel:run:resume': ['runs/index.js', 'runResumeResultSchema'],
  'channel:run:show': ['runs/index.js', 'runShowResultSchema'],
  'channel:run:undo': ['runs/index.js', 'runUndoResultSchema'],
  'channel:sharing:apply': ['sharing/apply/index.js', 'sharingApplyResultSchema'],
  'channel:sharing:publish': ['sharing/publish/index.js', 'sharingPublishResultSchema'],
  'channel:sharing:collect': ['sharing/publish/index.js', 'sharingCollectResultSchema'],
  'channel:sharing:check': ['sharing/check/index.js', 'sharingCheckResultSchema'],
  'channel:sharing:review': ['sharing/result.js', 'sharingReviewResultSchema'],
  'channel:site:prepare': ['partners/site/index.js', 'sitePrepareResultSchema'],
  'channel:status': ['status/result.js', 'statusSchema'],
};

/** Schemas of files that people write, for their editors: name of the schema to file of lib, and function. */
const FORMATS = { 'rotation.schema.json': ['leads/rotation/config/index.js', 'rotationJsonSchema'] };

export const fileOf = (command) => join(root, 'schemas', `${command.replaceAll(':', '-')}.json`);

/** Text of a command's schema file. */
export async function schemaText(command) {
  const { z } = await import('zod');
  const [file, name] = RESULTS[command];
  const module = await import(pathToFileURL(join(root, 'lib', file)).href);
  return `${JSON.stringify(z.toJSONSchema(module[name]), undefined, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(root, 'schemas'), { recursive: true });
  for (const command of Object.keys(RESULTS)) writeFileSync(fileOf(command), await schemaText(command));
  for (const [name, [file, make]] of Object.entries(FORMATS)) {
    const module = await import(pathToFileURL(join(root, 'lib', file)).href);
    writeFileSync(join(root, 'schemas', name), `${JSON.stringify(module[make](), undefined, 2)}\n`);
  }
}
