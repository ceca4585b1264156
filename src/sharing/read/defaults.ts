/** Org-wide defaults of the objects that matter, and which objects follow a parent (platform-facts A4). */
import { isIn, select } from '../../org/read/index.js';
import type { Default, SharingSnapshot } from '../model.js';
import { chunks, type Reader } from './reader.js';

type EntityRow = {
  QualifiedApiName: string;
  Label: string | null;
  InternalSharingModel: string | null;
  ExternalSharingModel: string | null;
};

/** Objects a call; the limit is the length of a condition, and names are short. */
const OBJECTS_A_QUERY = 60;

/** Tooling query: the definitions of entities are there with both models. */
export async function readDefaults(reader: Reader, objects: readonly string[]): Promise<Default[]> {
  const fields = ['QualifiedApiName', 'Label', 'InternalSharingModel', 'ExternalSharingModel'];
  const rows: EntityRow[] = [];
  for (const names of chunks(objects, OBJECTS_A_QUERY)) {
    const soql = select({ from: 'EntityDefinition', fields, where: isIn('QualifiedApiName', names) });
    const answer = await reader.attempt('Org-wide defaults', ask(reader, soql));
    rows.push(...(answer?.records ?? []));
  }
  return rows
    .filter(({ ExternalSharingModel, InternalSharingModel }) => ExternalSharingModel ?? InternalSharingModel)
    .map(({ QualifiedApiName, Label, InternalSharingModel, ExternalSharingModel }) => ({
      object: QualifiedApiName,
      label: Label ?? QualifiedApiName,
      internal: InternalSharingModel ?? '',
      external: ExternalSharingModel ?? '',
    }));
}

const LEAD_OR_CONTACT = ['Lead', 'Contact'];

/** Parents of standard objects by the model that makes them follow. */
const STANDARD: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Contact: { ControlledByParent: ['Account'] },
  CampaignMember: {
    ControlledByParent: ['Campaign', ...LEAD_OR_CONTACT],
    ControlledByCampaign: ['Campaign'],
    ControlledByLeadOrContact: LEAD_OR_CONTACT,
  },
  EmailMessage: { ControlledByParent: ['Case'] },
  Asset: { ControlledByParent: ['Account', 'Contact'] },
  Order: { ControlledByParent: ['Account'] },
  Contract: { ControlledByParent: ['Account'] },
};

/** Objects that follow a parent, with their parents; masters of custom objects are described, one call each. */
export async function readParents(reader: Reader, defaults: readonly Default[]): Promise<SharingSnapshot['parents']> {
  const parents: SharingSnapshot['parents'] = {};
  for (const { object, external } of defaults.filter(({ external: model }) => model.startsWith('Controlled'))) {
    const known = STANDARD[object]?.[external];
    if (known) parents[object] = [...known];
    else if (object.endsWith('__c')) parents[object] = await mastersOf(reader, object);
  }
  return parents;
}

async function ask({ conn }: Reader, soql: string): Promise<{ records: EntityRow[] }> {
  return conn.tooling.query<EntityRow>(soql);
}

async function mastersOf(reader: Reader, object: string): Promise<string[]> {
  const described = await reader.attempt(`Masters of ${object}`, reader.conn.describe(object));
  const masters = (described?.fields ?? []).filter(({ cascadeDelete }) => cascadeDelete);
  return [...new Set(masters.flatMap(({ referenceTo }) => referenceTo ?? []))];
}
