/** Objects: custom ones are made in the catalogue; of standard ones org-wide defaults are set (platform-facts A4). */
import { customObject, nextKeyPrefix, type CustomObject } from '../../catalog/custom.js';
import { fieldMap } from '../../catalog/fields.js';
import type { ObjectDef } from '../../catalog/types.js';
import { LEAD_HISTORY } from '../../rules/lead-history.js';
import type { SaveTools } from '../../save/context.js';
import type { SharingModel } from '../../sharing/types.js';
import { isVirtual } from '../../store/tables.js';
import { isSameBody } from '../components.js';
import { fromTheStart, listComponents } from '../listing.js';
import { checkApiName, type Incoming, type Kind, type Listed, type Work, type Written } from '../kind.js';
import { Problem } from '../problem.js';
import type { Body } from '../types.js';
import { bodyAt, flagAt, textAt } from '../xml/read.js';
import { objectBody } from './derived.js';
import { isOn } from './settings.js';

/** Parts of the file that the org does not carry out. */
const REFUSED = [
  'businessProcesses',
  'customSettingsType',
  'eventType',
  'externalDataSource',
  'indexes',
  'recordTypes',
  'sharingReasons',
  'sharingRecalculations',
  'mktDataLakeAttributes',
  'mktDataModelAttributes',
];

const MODELS = ['sharingModel', 'externalSharingModel'];

/** What a file of a standard object may say: defaults, and whether leads have a history. */
const OF_STANDARD = [...MODELS, 'enableHistory'];

const isListed = (def: ObjectDef): boolean =>
  def.custom || def.name === 'User' || (def.createable && !def.setup && !isVirtual(def) && !def.name.endsWith('Share'));

const checkElements = (custom: boolean, body: Body): void => {
  for (const element of Object.keys(body)) {
    if (REFUSED.includes(element) || (!custom && !OF_STANDARD.includes(element))) {
      throw new Problem(`${element} of ${custom ? 'custom' : 'standard'} objects is not supported by the practice org`);
    }
  }
};

const describeObject = (name: string, body: Body): CustomObject => {
  const label = textAt(body, 'label');
  if (!label) throw new Problem('Must specify a non-empty label for the CustomObject');
  const labelPlural = textAt(body, 'pluralLabel');
  if (!labelPlural) throw new Problem('Must specify a non-empty pluralLabel for the CustomObject');
  const told = bodyAt(body, 'nameField');
  const type = told && textAt(told, 'type');
  if (type !== 'Text' && type !== 'AutoNumber')
    throw new Problem('Must specify a nameField of type Text or AutoNumber');
  return {
    name,
    label,
    labelPlural,
    nameField: { type, label: textAt(told!, 'label'), displayFormat: textAt(told!, 'displayFormat') },
    fields: [],
  };
};

/** The object with the fields that it has already; a detail from the start where access comes from the parent. */
const definitionOf = (tools: SaveTools, name: string, body: Body): ObjectDef => {
  const before = tools.catalog.object(name);
  const def = customObject(describeObject(name, body), before?.keyPrefix ?? nextKeyPrefix(tools.catalog));
  const isDetail = before ? !before.fields.has('ownerid') : textAt(body, 'sharingModel') === 'ControlledByParent';
  const own = [...def.fields.values()].filter((field) => field.name !== 'OwnerId' || !isDetail);
  const kept = [...(before?.fields.values() ?? [])].filter((field) => field.custom);
  return { ...def, fields: fieldMap([...own, ...kept]) };
};

/** A4: never more open outside than inside; the room of sharing refuses it. */
const setDefaults = (work: Work, def: ObjectDef, body: Body): boolean => {
  const internal = textAt(body, 'sharingModel') as SharingModel | undefined;
  const external = textAt(body, 'externalSharingModel') as SharingModel | undefined;
  if (!internal && !external) return false;
  const { tools, author } = work;
  const before = tools.sharing.defaults.of(def);
  if (external && external !== before.external && !isOn(tools, 'Sharing', 'enableExternalSharingModel')) {
    throw new Problem('externalSharingModel: the external sharing model is not enabled');
  }
  tools.sharing.defaults.set(author, def, { ...(internal ? { internal } : {}), ...(external ? { external } : {}) });
  const after = tools.sharing.defaults.of(def);
  return after.internal !== before.internal || after.external !== before.external;
};

/** Org-wide defaults are kept by the room of sharing. */
const withoutModels = ({ sharingModel: _internal, externalSharingModel: _external, ...kept }: Body): Body => kept;

const writeCustom = (work: Work, { fullName, body }: Incoming): Written => {
  const { tools, author } = work;
  checkApiName(fullName.slice(0, -'__c'.length));
  checkElements(true, body);
  const isNew = !tools.catalog.object(fullName);
  const def = definitionOf(tools, fullName, body);
  if (isNew && !textAt(body, 'sharingModel')) throw new Problem('Must specify a sharingModel for the CustomObject');
  const kept = withoutModels(body);
  const same = !isNew && isSameBody(withoutModels(read(tools, fullName)!), kept);
  const { id } = same ? { id: '' } : tools.components.put(author, { type: 'CustomObject', fullName, body: kept });
  if (!same) tools.catalog.add(def);
  const opened = setDefaults(work, def, body);
  return { id, created: isNew, changed: !same || opened };
};

/** Tracking of leads; what becomes of the other standard objects is not written down. */
const trackHistory = ({ tools }: Work, def: ObjectDef, body: Body): boolean => {
  const on = flagAt(body, 'enableHistory');
  if (on === undefined || (def.name !== 'Lead' && !on)) return false;
  if (def.name !== 'Lead') throw new Problem(`enableHistory of ${def.name} is not supported by the practice org`);
  if (tools.preferences.on(LEAD_HISTORY) === on) return false;
  tools.preferences.set(LEAD_HISTORY, on);
  return true;
};

const write = (work: Work, incoming: Incoming): Written => {
  const { fullName, body } = incoming;
  if (fullName.endsWith('__c')) return writeCustom(work, incoming);
  const def = work.tools.catalog.object(fullName);
  if (!def || !isListed(def)) throw new Problem(`Entity name: ${fullName} not found`);
  checkElements(false, body);
  const tracked = trackHistory(work, def, body);
  return { id: '', created: false, changed: setDefaults(work, def, body) || tracked };
};

const read = (tools: SaveTools, fullName: string): Body | undefined => {
  const def = tools.catalog.object(fullName);
  if (!def || !isListed(def)) return undefined;
  const { internal, external } = tools.sharing.defaults.of(def);
  const kept = tools.components.find('CustomObject', fullName)?.body ?? (def.custom ? objectBody(def) : {});
  const history = def.name === 'Lead' && tools.preferences.on(LEAD_HISTORY) ? { enableHistory: 'true' } : {};
  return { ...kept, ...history, externalSharingModel: external, sharingModel: internal };
};

/** Name of an object with a field that refers to this one. */
const referredBy = (tools: SaveTools, name: string): string | undefined => {
  for (const def of tools.catalog.objects()) {
    if (def.name === name) continue;
    for (const field of def.fields.values())
      if (field.custom && field.referenceTo.includes(name)) return `${def.name}.${field.name}`;
  }
  return undefined;
};

const remove = ({ tools, author }: Work, fullName: string): boolean => {
  const def = tools.catalog.object(fullName);
  if (!def) return false;
  if (!def.custom) throw new Problem(`Standard objects cannot be deleted: ${fullName}`);
  const user = referredBy(tools, def.name);
  if (user) throw new Problem(`This custom object is referenced elsewhere: ${user}`, undefined, 'DEPENDENCY_EXISTS');
  for (const rule of tools.sharing.rules.list(def.name)) tools.sharing.rules.remove(author, def.name, rule.name);
  for (const type of ['CustomField', 'ListView', 'ValidationRule', 'WebLink']) {
    for (const part of tools.components.list(type)) {
      if (part.fullName.startsWith(`${def.name}.`)) tools.components.remove(type, part.fullName);
    }
  }
  tools.store.sql('DELETE FROM "ListView" WHERE "SobjectType" = ?').run(def.name);
  tools.components.remove('CustomObject', def.name);
  tools.catalog.remove(def.name);
  return true;
};

const list = (tools: SaveTools): Listed[] => {
  const kept = listComponents(tools, 'CustomObject');
  const known = new Set(kept.map(({ fullName }) => fullName));
  const others = [...tools.catalog.objects()].filter((def) => isListed(def) && !known.has(def.name));
  return [...kept, ...others.map(({ name }) => fromTheStart(tools, name))].sort((a, b) =>
    a.fullName < b.fullName ? -1 : 1
  );
};

export const customObjectKind: Kind = {
  name: 'CustomObject',
  place: { directory: 'objects', suffix: 'object' },
  parts: { fields: 'CustomField', listViews: 'ListView', validationRules: 'ValidationRule', webLinks: 'WebLink' },
  order: 10,
  needs: ['CustomizeApplication', 'ModifyAllData'],
  // Standard objects have to be named.
  inWildcard: (fullName) => fullName.endsWith('__c'),
  list,
  read,
  write,
  remove,
};
