/** Custom fields: into the catalogue, so that they can be queried at once. */
import { withFields, type CustomField, type CustomFieldType } from '../../catalog/custom.js';
import { fieldMap } from '../../catalog/fields.js';
import type { ObjectDef, PicklistValue } from '../../catalog/types.js';
import type { SaveTools } from '../../save/context.js';
import { forgetNumbers } from '../../save/numbers.js';
import { quoted } from '../../store/identifiers.js';
import { isSameBody } from '../components.js';
import { fromTheStart, listComponents } from '../listing.js';
import { checkApiName, splitName, type Incoming, type Kind, type Listed, type Work, type Written } from '../kind.js';
import { notFound, Problem, required } from '../problem.js';
import type { Body } from '../types.js';
import { bodiesAt, bodyAt, flagAt, textAt, textOf } from '../xml/read.js';
import { checkFormula, checkNumbering, fillExisting, formulaOf } from './computed-field.js';
import { fieldBody } from './derived.js';
import { usedBy } from './field-uses.js';

const SUPPORTED = new Set<string>([
  'AutoNumber',
  'Checkbox',
  'Currency',
  'Date',
  'DateTime',
  'Email',
  'Html',
  'Location',
  'LongTextArea',
  'Lookup',
  'MasterDetail',
  'MultiselectPicklist',
  'Number',
  'Percent',
  'Phone',
  'Picklist',
  'Text',
  'TextArea',
  'Time',
  'Url',
] satisfies CustomFieldType[]);

const NEEDS_LENGTH = new Set(['Text', 'LongTextArea', 'Html']);
/** Sizes of formula fields that say none. */
const FORMULA_LENGTH = 1300;
const FORMULA_PRECISION = 18;

const NEEDS_SCALE = new Set(['Number', 'Currency', 'Percent']);

const numberAt = (body: Body, name: string): number | undefined => {
  const text = textAt(body, name);
  return text === undefined ? undefined : Number(text);
};

const typeOf = (body: Body): CustomFieldType => {
  const type = textAt(body, 'type');
  if (!type) throw required('type');
  if (!SUPPORTED.has(type)) throw new Problem(`Fields of type ${type} are not supported by the practice org`);
  return type as CustomFieldType;
};

const checkSizes = (type: CustomFieldType, body: Body): void => {
  if (NEEDS_LENGTH.has(type) && !numberAt(body, 'length'))
    throw new Problem(`Must specify 'length' for a CustomField of type ${type}`);
  if (NEEDS_SCALE.has(type) && numberAt(body, 'precision') === undefined) {
    throw new Problem(`Must specify 'precision' for a CustomField of type ${type}`);
  }
};

const valuesOf = (body: Body): { values?: PicklistValue[]; restricted?: boolean } => {
  const set = bodyAt(body, 'valueSet');
  if (!set) return {};
  if (textAt(set, 'valueSetName')) throw new Problem('Global value sets are not supported by the practice org');
  const values = bodiesAt(bodyAt(set, 'valueSetDefinition') ?? {}, 'value').map((value) => ({
    value: textOf(value, 'fullName'),
    label: textAt(value, 'label') ?? textOf(value, 'fullName'),
    active: flagAt(value, 'isActive') ?? true,
    default: flagAt(value, 'default') ?? false,
  }));
  return { values, restricted: flagAt(set, 'restricted') ?? false };
};

const referenceOf = (tools: SaveTools, type: CustomFieldType, body: Body): Partial<CustomField> => {
  if (type !== 'Lookup' && type !== 'MasterDetail') return {};
  const target = textAt(body, 'referenceTo');
  if (!target) throw new Problem(`Must specify 'referenceTo' for a CustomField of type ${type}`);
  const def = tools.catalog.object(target);
  if (!def) throw notFound('referenceTo', 'CustomObject', target);
  const name = textAt(body, 'relationshipName');
  return { referenceTo: def.name, ...(name ? { relationshipName: name } : {}) };
};

/** Literals only: what a formula gives as default is left to the client. */
const defaultOf = (type: CustomFieldType, body: Body): string | number | boolean | undefined => {
  const text = textAt(body, 'defaultValue');
  if (text === undefined || text === '') return undefined;
  if (type === 'Checkbox') return text === 'true';
  if (NEEDS_SCALE.has(type)) return Number.isNaN(Number(text)) ? undefined : Number(text);
  return /^".*"$|^'.*'$/s.exec(text) ? text.slice(1, -1) : undefined;
};

const fieldOf = (tools: SaveTools, name: string, body: Body): CustomField => {
  const type = typeOf(body);
  const formula = formulaOf(type, body);
  if (!formula) checkSizes(type, body);
  checkNumbering(type, body);
  const label = textAt(body, 'label');
  if (!label) throw new Problem('Must specify a non-empty label for the CustomField');
  return {
    name,
    label,
    type,
    length: formula ? FORMULA_LENGTH : numberAt(body, 'length'),
    precision: numberAt(body, 'precision') ?? (formula ? FORMULA_PRECISION : undefined),
    scale: numberAt(body, 'scale'),
    required: flagAt(body, 'required') ?? false,
    unique: flagAt(body, 'unique') ?? false,
    externalId: flagAt(body, 'externalId') ?? false,
    caseSensitive: flagAt(body, 'caseSensitive') ?? false,
    defaultValue: defaultOf(type, body),
    displayFormat: textAt(body, 'displayFormat'),
    ...(formula ? { formula } : {}),
    ...referenceOf(tools, type, body),
    ...valuesOf(body),
  };
};

/** A detail record has no owner of its own, and can only become one while there are none. */
const asDetail = (tools: SaveTools, def: ObjectDef): ObjectDef => {
  if (!def.fields.has('ownerid')) return def;
  if (!def.custom) throw new Problem(`${def.name} cannot be the detail side of a master-detail relationship`);
  if (tools.store.sql(`SELECT 1 FROM ${quoted(def.name)} LIMIT 1`).get()) {
    throw new Problem('Cannot create a master-detail field on an object that has records');
  }
  return { ...def, fields: fieldMap([...def.fields.values()].filter(({ name }) => name !== 'OwnerId')) };
};

const checkName = (fullName: string): void => {
  const { name } = splitName(fullName);
  if (!name.endsWith('__c')) throw new Problem(`Standard fields cannot be deployed to the practice org: ${fullName}`);
  checkApiName(name.slice(0, -'__c'.length));
};

const checkType = (fullName: string, before: Body | undefined, body: Body): void => {
  if (!before) return;
  const [from, to] = [textOf(before, 'type'), textOf(body, 'type')];
  const isComputed = textAt(body, 'formula') !== undefined;
  if (from !== to) throw new Problem(`Cannot change the type of ${fullName} from ${from} to ${to}`);
  if ((textAt(before, 'formula') !== undefined) !== isComputed)
    throw new Problem(`Cannot change ${fullName} between a formula and a field of its own`);
};

const write = (work: Work, { fullName, body }: Incoming): Written => {
  const { tools, author } = work;
  const { object, name } = splitName(fullName);
  const def = tools.catalog.object(object);
  if (!def) throw notFound('CustomObject', 'CustomObject', object);
  checkName(fullName);
  const before = read(tools, fullName);
  checkType(fullName, before, body);
  const field = fieldOf(tools, name, body);
  if (before && isSameBody(before, body)) return { id: '', created: false, changed: false };
  const next = withFields(field.type === 'MasterDetail' ? asDetail(tools, def) : def, [field]);
  if (field.formula) checkFormula(next, name);
  const written = tools.components.put(author, { type: 'CustomField', fullName: `${def.name}.${name}`, body });
  if (written.changed) {
    tools.catalog.add(next);
    fillExisting(work, tools.catalog.require(def.name), name, body, !before);
  }
  return { ...written, created: !before };
};

const remove = ({ tools }: Work, fullName: string): boolean => {
  const { object, name } = splitName(fullName);
  const def = tools.catalog.object(object);
  const field = def?.fields.get(name.toLowerCase());
  if (!def || !field?.custom) return false;
  const user = usedBy(tools, def, field.name);
  if (user) throw new Problem(`This custom field is referenced elsewhere: ${user}`, undefined, 'DEPENDENCY_EXISTS');
  tools.components.remove('CustomField', fullName);
  if (field.autoNumber) forgetNumbers(tools.store, def, field);
  if (field.type !== 'location') tools.store.sql(`UPDATE ${quoted(def.name)} SET ${quoted(field.name)} = NULL`).run();
  tools.catalog.add({ ...def, fields: fieldMap([...def.fields.values()].filter((one) => one !== field)) });
  return true;
};

/** Fields that were deployed, and those that came with the org. */
const list = (tools: SaveTools): Listed[] => {
  const kept = listComponents(tools, 'CustomField');
  const known = new Set(kept.map(({ fullName }) => fullName));
  const names = [...tools.catalog.objects()].flatMap((def) =>
    [...def.fields.values()].filter(({ custom }) => custom).map(({ name }) => `${def.name}.${name}`)
  );
  return [...kept, ...names.filter((name) => !known.has(name)).map((name) => fromTheStart(tools, name))];
};

const read = (tools: SaveTools, fullName: string): Body | undefined => {
  const { object, name } = splitName(fullName);
  const field = tools.catalog.object(object)?.fields.get(name.toLowerCase());
  if (!field?.custom) return undefined;
  return tools.components.find('CustomField', fullName)?.body ?? fieldBody(field);
};

export const customFieldKind: Kind = {
  name: 'CustomField',
  parent: 'CustomObject',
  order: 12,
  needs: ['CustomizeApplication', 'ModifyAllData'],
  list,
  read,
  write,
  remove,
};
