/** The permission set that lets partners read and edit leads: made where it is missing, assigned to those who lack it. */
import type { Connection } from '@salesforce/core';
import { all, compare, queryAll, select } from '../../../org/read/index.js';
import { createRecordsStep, madeBy, type NewRecordRow, type RecordsStep, type RunFolder } from '../../../runs/index.js';
import type { PartnerUser } from './partners.js';

/** API name of the permission set. */
export const PARTNER_SET = 'Partner_Leads';

const LABEL = 'Partner Leads';
const DESCRIPTION = 'Reads and edits leads: for partners who claim leads from queues.';

/** A permission set of our name that does not allow what it is for. */
export class SetInTheWay extends Error {
  public constructor() {
    super(PARTNER_SET);
    this.name = 'SetInTheWay';
  }
}

/** Id of the permission set, if it is there. @throws SetInTheWay where one of its name does not let leads be edited */
export async function findPartnerSet(conn: Connection): Promise<string | undefined> {
  const isOurs = all(compare('Name', '=', PARTNER_SET), compare('IsOwnedByProfile', '=', false));
  const sets = await queryAll<{ Id: string }>(conn, select({ from: 'PermissionSet', fields: ['Id'], where: isOurs }));
  const [set] = sets;
  if (!set) return undefined;
  const edits = all(
    compare('ParentId', '=', set.Id),
    compare('SobjectType', '=', 'Lead'),
    compare('PermissionsEdit', '=', true)
  );
  const rows = await queryAll(conn, select({ from: 'ObjectPermissions', fields: ['Id'], where: edits }));
  if (rows.length === 0) throw new SetInTheWay();
  return set.Id;
}

type Fields = RecordsStep['fields'];

const text = (name: string, from?: string): Fields[number] => ({ name, type: 'text', ...(from ? { from } : {}) });
const flag = (name: string): Fields[number] => ({ name, type: 'boolean' });
const row = (label: string, ...values: string[]): NewRecordRow => ({ id: '', values, was: [], stamp: '', label });

const SET_STEP = 'permission-set';

/** Steps that give the permission to users who lack it. @param setId of the permission set; it is made without one */
export async function permissionSteps(
  folder: RunFolder,
  setId: string | undefined,
  users: readonly PartnerUser[]
): Promise<RecordsStep[]> {
  const lacking = users.filter(({ editsLeads }) => !editsLeads);
  if (lacking.length === 0) return [];
  const made = setId === undefined ? await setSteps(folder) : [];
  const assign = await createRecordsStep(
    folder,
    {
      id: 'assignments',
      title: `Assign the permission set ${LABEL}`,
      object: 'PermissionSetAssignment',
      operation: 'insert',
      fields: [text('AssigneeId'), text('PermissionSetId', setId === undefined ? SET_STEP : undefined)],
      key: ['AssigneeId', 'PermissionSetId'],
      keyIsUnique: false,
      takeBack: 'delete',
      undo: 'exact',
    },
    lacking.map(({ id, name }) => row(name, id, setId ?? madeBy(0)))
  );
  return [...made, assign];
}

async function setSteps(folder: RunFolder): Promise<RecordsStep[]> {
  const insert = { operation: 'insert', keyIsUnique: false, takeBack: 'delete', undo: 'best-effort' } as const;
  return [
    await createRecordsStep(
      folder,
      {
        ...insert,
        id: SET_STEP,
        title: `Make the permission set ${LABEL}`,
        object: 'PermissionSet',
        fields: [text('Name'), text('Label'), text('Description')],
        key: ['Name'],
      },
      [row(LABEL, PARTNER_SET, LABEL, DESCRIPTION)]
    ),
    await createRecordsStep(
      folder,
      {
        ...insert,
        id: 'lead-permission',
        title: `Let ${LABEL} read and edit leads`,
        object: 'ObjectPermissions',
        fields: [text('ParentId', SET_STEP), text('SobjectType'), flag('PermissionsRead'), flag('PermissionsEdit')],
        key: ['ParentId', 'SobjectType'],
      },
      [row('Lead', madeBy(0), 'Lead', 'true', 'true')]
    ),
  ];
}
