/** Steps of a plan that bring our template and an alert, and that mail the owners. */
import {
  createDeployStep,
  createNotifyStep,
  createRecordsStep,
  readRowSet,
  type Deployment,
  type NotifyStep,
  type PlanStep,
  type RunFolder,
  type UpdateRowsStep,
} from '../../runs/index.js';
import type { ChosenAlert, Template } from './alert.js';

/** Steps before the change of owners; an undo takes back what nobody has changed since. */
export async function bringAlert(
  folder: RunFolder,
  orgId: string,
  version: string,
  { name, exists, template }: ChosenAlert
): Promise<PlanStep[]> {
  if (exists) return [];
  const made = template.id === undefined ? [await templateStep(folder, orgId, template)] : [];
  const fullName = `Lead.${name}`;
  const alert = await createDeployStep({
    folder,
    id: 'alert',
    title: `Bring the e-mail alert ${name}`,
    version,
    deployment: deploymentOf(name, template),
    components: [{ type: 'WorkflowAlert', fullName, action: 'create' }],
    backup: { files: [], members: {}, deleteAfter: { WorkflowAlert: [fullName] } },
    undo: 'exact',
  });
  return [...made, alert];
}

const deploymentOf = (name: string, { fullName }: Template): Deployment => ({
  files: [
    {
      path: 'workflows/Lead.workflow',
      root: 'Workflow',
      body: {
        alerts: [
          {
            fullName: name,
            description: 'Mails the owner of a lead that Channel Desk has given away',
            protected: 'false',
            recipients: { type: 'owner' },
            senderType: 'CurrentUser',
            template: fullName,
          },
        ],
      },
    },
  ],
  members: { WorkflowAlert: [`Lead.${name}`] },
});

/** A template outside folders has the org as its folder. */
function templateStep(folder: RunFolder, orgId: string, { fullName, subject, body }: Template): Promise<PlanStep> {
  const name = fullName.slice(fullName.lastIndexOf('/') + 1);
  const values = {
    ...{ FolderId: orgId, DeveloperName: name, Name: name.replaceAll('_', ' '), TemplateType: 'text' },
    ...{ TemplateStyle: 'none', Encoding: 'UTF-8', IsActive: 'true', Subject: subject, Body: body },
  };
  const fields = Object.keys(values).map((field) => ({
    name: field,
    type: field === 'IsActive' ? ('boolean' as const) : ('text' as const),
  }));
  const step = {
    ...{ id: 'template', title: `Bring the e-mail template ${name}`, object: 'EmailTemplate', fields },
    ...{ operation: 'insert' as const, key: ['DeveloperName'], keyIsUnique: true },
    ...{ takeBack: 'delete' as const, undo: 'exact' as const },
  };
  return createRecordsStep(folder, step, [{ id: '', values: Object.values(values), was: [], stamp: '', label: name }]);
}

/** The step that mails whoever got his lead. */
export async function mailStep(folder: RunFolder, owners: UpdateRowsStep, alert: string): Promise<NotifyStep> {
  const leads: Array<{ id: string; label: string }> = [];
  for await (const rows of readRowSet(owners.rows.file)) leads.push(...rows.map(({ id }) => ({ id, label: id })));
  const step = { id: 'mails', title: 'Mail the new owners', object: 'Lead', alert, onlyIfDone: owners.id };
  return createNotifyStep(folder, { ...step, undo: 'none' }, leads);
}
