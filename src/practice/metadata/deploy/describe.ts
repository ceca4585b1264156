/** A deploy as clients see it, over SOAP and REST alike. */
import type { SaveTools } from '../../save/context.js';
import type { Message } from './result.js';
import { isDone, type Deploy } from './store.js';

const nameOf = (tools: SaveTools, userId: string | null): string | undefined => {
  const row = userId === null ? undefined : tools.store.sql('SELECT "Name" FROM "User" WHERE "Id" = ?').get(userId);
  return row && String(row.Name);
};

const messageOf = (deploy: Deploy, message: Message): object => ({
  changed: message.changed,
  columnNumber: message.columnNumber,
  componentType: message.componentType,
  created: message.created,
  createdDate: deploy.completedDate ?? deploy.lastModifiedDate,
  deleted: message.deleted,
  fileName: message.fileName,
  fullName: message.fullName,
  id: message.id,
  lineNumber: message.lineNumber,
  problem: message.problem,
  problemType: message.problemType,
  success: message.success,
});

/** No tests are run, so there are none to count. */
const runTestResult = { numFailures: 0, numTestsRun: 0, totalTime: 0 };

const detailsOf = (deploy: Deploy): object => ({
  componentFailures: deploy.messages.filter(({ success }) => !success).map((message) => messageOf(deploy, message)),
  componentSuccesses: deploy.messages.filter(({ success }) => success).map((message) => messageOf(deploy, message)),
  runTestResult,
});

/** DeployResult. Properties without a value are left out. */
export const deployResult = (tools: SaveTools, deploy: Deploy, details: boolean): object => {
  const canceledBy = deploy.canceledById ?? undefined;
  return {
    canceledBy,
    canceledByName: nameOf(tools, deploy.canceledById),
    checkOnly: deploy.options.checkOnly,
    completedDate: deploy.completedDate ?? undefined,
    createdBy: deploy.createdById,
    createdByName: nameOf(tools, deploy.createdById),
    createdDate: deploy.createdDate,
    ...(details ? { details: detailsOf(deploy) } : {}),
    done: isDone(deploy),
    errorMessage: deploy.errorMessage ?? undefined,
    errorStatusCode: deploy.errorCode ?? undefined,
    id: deploy.id,
    ignoreWarnings: deploy.options.ignoreWarnings,
    lastModifiedDate: deploy.lastModifiedDate,
    numberComponentErrors: deploy.errors,
    numberComponentsDeployed: deploy.deployed,
    numberComponentsTotal: deploy.total,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: deploy.options.rollbackOnError,
    runTestsEnabled: false,
    startDate: deploy.startDate ?? undefined,
    stateDetail: deploy.stateDetail ?? undefined,
    status: deploy.status,
    success: deploy.status === 'Succeeded' || deploy.status === 'SucceededPartial',
  };
};
