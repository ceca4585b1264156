/** Which objects have record-level access, and which hold their shares. */
import type { Catalog, FieldDef, ObjectDef } from '../catalog/types.js';

/**
 * Standard objects whose records are hidden from those who have no access. Users are not among them: everybody reads
 * every user here, also from outside, as where Community User Visibility is on (platform-facts A3). Tasks, reports and
 * setup are seen by everybody who may read the object.
 */
const SHARED: ReadonlySet<string> = new Set([
  'Account',
  'Campaign',
  'CampaignMember',
  'Case',
  'Contact',
  'EmailMessage',
  'Lead',
  'Opportunity',
]);

/** Share objects by what they share. Users are seen by everybody here, so their shares mean nothing. */
const SHARES: Readonly<Record<string, string>> = {
  Account: 'AccountShare',
  Campaign: 'CampaignShare',
  Case: 'CaseShare',
  Contact: 'ContactShare',
  Lead: 'LeadShare',
  Opportunity: 'OpportunityShare',
};

const SHARE_OBJECTS: ReadonlySet<string> = new Set(Object.values(SHARES));

/** Whether an object holds shares of another one: who may see the record may see them. */
export const isShare = (def: ObjectDef): boolean => SHARE_OBJECTS.has(def.name);

/** Whether an object holds what became of the fields of another one: who may see the record may see it. */
export const isHistory = (def: ObjectDef): boolean => def.name === 'LeadHistory';

/** Whether access to the records of an object is looked at one by one. */
export const isShared = (def: ObjectDef): boolean =>
  SHARED.has(def.name) || def.custom || isShare(def) || isHistory(def);

/** The object with the shares of an object. */
export const shareOf = (catalog: Catalog, def: ObjectDef): ObjectDef | undefined => {
  const name = SHARES[def.name];
  return name === undefined ? undefined : catalog.object(name);
};

/** The field of a share, or of a history, that names the record. */
export const sharedField = (share: ObjectDef): FieldDef =>
  share.fields.get(`${share.name.replace(/(?:Share|History)$/, '')}Id`.toLowerCase())!;

/** The field of a share with the access to the record. */
export const accessFieldOf = (share: ObjectDef): FieldDef | undefined =>
  share.fields.get(`${share.name.replace(/Share$/, '')}AccessLevel`.toLowerCase());
