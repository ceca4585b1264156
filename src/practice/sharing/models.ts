/** Values of org-wide defaults and what they give (platform-facts A4). */
import type { ObjectDef } from '../catalog/types.js';
import type { OrgDefault, SharingModel } from './types.js';

/** What a default gives everybody. */
const OPENNESS: Readonly<Record<SharingModel, number>> = {
  Private: 0,
  // Depends on the parent; between nothing and reading as far as external may not be more open than internal.
  ControlledByParent: 0.5,
  ControlledByLeadOrContact: 0.5,
  ControlledByCampaign: 0.5,
  Read: 1,
  ReadSelect: 1,
  ReadWrite: 2,
  ReadWriteTransfer: 3,
  FullAccess: 4,
};

/** Whether a model gives more than another. */
export const isMoreOpen = (model: SharingModel, than: SharingModel): boolean => OPENNESS[model] > OPENNESS[than];

export const givesRead = (model: SharingModel): boolean => OPENNESS[model] >= OPENNESS.Read;
export const givesEdit = (model: SharingModel): boolean => OPENNESS[model] >= OPENNESS.ReadWrite;
export const givesTransfer = (model: SharingModel): boolean => OPENNESS[model] >= OPENNESS.ReadWriteTransfer;
export const givesAll = (model: SharingModel): boolean => model === 'FullAccess';

/** Whether access to another record decides. */
export const isControlled = (model: SharingModel): boolean => model.startsWith('ControlledBy');

const CONTROLLED: Readonly<Record<string, SharingModel[]>> = {
  Contact: ['ControlledByParent'],
  CampaignMember: ['ControlledByParent', 'ControlledByCampaign', 'ControlledByLeadOrContact'],
  EmailMessage: ['ControlledByParent'],
  ContentVersion: ['ControlledByParent'],
};

const isDetail = (def: ObjectDef): boolean => def.custom && !def.fields.has('ownerid');

/** Models that an object may have (A4: transfer for leads and cases, full access for campaigns). */
export const isAllowed = (def: ObjectDef, model: SharingModel): boolean => {
  if (isControlled(model))
    return (isDetail(def) && model === 'ControlledByParent') || CONTROLLED[def.name]?.includes(model) === true;
  if (model === 'ReadWriteTransfer') return def.name === 'Lead' || def.name === 'Case';
  if (model === 'FullAccess') return def.name === 'Campaign';
  return model !== 'ReadSelect' || def.name === 'Pricebook2';
};

/** Defaults of an object that nobody has set. */
export const usualDefault = (def: ObjectDef): OrgDefault => {
  if (isDetail(def) || (def.name !== 'Contact' && CONTROLLED[def.name])) {
    return { internal: 'ControlledByParent', external: 'ControlledByParent' };
  }
  if (def.setup) return { internal: 'Read', external: 'Private' };
  const transfer = def.name === 'Lead' || def.name === 'Case';
  return { internal: transfer ? 'ReadWriteTransfer' : 'ReadWrite', external: 'Private' };
};
