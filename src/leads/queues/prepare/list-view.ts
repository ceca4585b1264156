/** The list view by which partners see the leads of a queue (platform-facts B2, B3: ListView.sharedTo). */
import type { Connection } from '@salesforce/core';
import { listMetadata, listOf, retrieveMetadata, textOf, type MetadataBody } from '../../../org/read/index.js';
import type { Deployment, Members } from '../../../runs/index.js';
import type { LeadQueue } from '../read.js';

/** A list view that partners can use, or the one that is to be made. */
export type QueueView = { name: string; label: string; isThere: boolean };

/** Columns that every org has. */
const COLUMNS = ['FULL_NAME', 'LEAD.COMPANY', 'LEAD.STATUS', 'LEAD.CREATED_DATE'];
const LABEL_LENGTH = 40;

/** Looks for a view of the queue that its members see. */
export async function findView(conn: Connection, queue: LeadQueue): Promise<QueueView> {
  const { ListView: all = [] } = await listMetadata(conn, ['ListView']);
  const names = all.filter((name) => name.startsWith('Lead.'));
  const files = names.length > 0 ? await retrieveMetadata(conn, { ListView: names }) : [];
  const views = files.flatMap(({ body }) => listOf(body, 'listViews'));
  const found = views.find((view) => isOfQueue(view, queue) && isSeen(view, queue));
  if (found) return { name: textOf(found, 'fullName') ?? '', label: textOf(found, 'label') ?? '', isThere: true };
  return { name: freeName(queue, names), label: queue.name.slice(0, LABEL_LENGTH), isThere: false };
}

const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

const isOfQueue = (view: MetadataBody, { developerName }: LeadQueue): boolean =>
  textOf(view, 'filterScope') === 'Queue' && same(textOf(view, 'queue'), developerName);

/** Without `sharedTo` everybody sees a view (platform-facts B2). */
function isSeen(view: MetadataBody, { developerName }: LeadQueue): boolean {
  const [shared] = listOf(view, 'sharedTo');
  if (!shared || Object.keys(shared).length === 0) return true;
  return 'allPartnerUsers' in shared || same(textOf(shared, 'queue'), developerName);
}

function freeName({ developerName }: LeadQueue, taken: readonly string[]): string {
  const isTaken = (name: string): boolean => taken.some((one) => same(one, `Lead.${name}`));
  const names = [developerName, ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${developerName.slice(0, 70)}_${number}`)];
  return names.find((name) => !isTaken(name)) ?? developerName;
}

/** The deploy that makes the view, and the one that takes it away. */
export function viewDeployment(queue: LeadQueue, view: QueueView): { deployment: Deployment; backup: Deployment } {
  const listViews: MetadataBody = {
    fullName: view.name,
    columns: COLUMNS,
    filterScope: 'Queue',
    label: view.label,
    queue: queue.developerName,
    sharedTo: { queue: queue.developerName },
  };
  const members: Members = { ListView: [`Lead.${view.name}`] };
  return {
    deployment: { files: [{ path: 'objects/Lead.object', root: 'CustomObject', body: { listViews } }], members },
    backup: { files: [], members: {}, deleteAfter: members },
  };
}
