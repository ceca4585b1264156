/** Describe results of the REST API, made from the catalogue. */
import type { Catalog, FieldDef, ObjectDef } from '../catalog/types.js';
import type { Session, Store } from '../contracts.js';
import { quoted } from '../store/identifiers.js';
import { describeField } from './field.js';

type Json = Record<string, unknown>;

const MASTER_RECORD_TYPE = '012000000000000AAA';
const RECENT = 5;

/** Whether an object is shown to a session at all; `Name` stands only behind polymorphic relationships. */
const visible = (def: ObjectDef, session: Session): boolean =>
  def.queryable && !def.tooling && session.can('read', def);

const urls = (def: ObjectDef, version: string): Json => {
  const base = `/services/data/v${version}/sobjects/${def.name}`;
  return {
    ...(def.createable && !def.setup ? { compactLayouts: `${base}/describe/compactLayouts` } : {}),
    rowTemplate: `${base}/{ID}`,
    ...(def.createable && !def.setup ? { approvalLayouts: `${base}/describe/approvalLayouts` } : {}),
    describe: `${base}/describe`,
    ...(def.createable && !def.setup ? { layouts: `${base}/describe/layouts` } : {}),
    sobject: base,
  };
};

const isShare = (def: ObjectDef): boolean => def.name.endsWith('Share');

/** What every describe says of an object, the global one too. */
const head = (def: ObjectDef, session: Session): Json => {
  const business = def.createable && !def.setup && !isShare(def);
  return {
    activateable: false,
    associateEntityType: isShare(def) ? 'Share' : null,
    associateParentEntity: isShare(def) ? def.name.replace(/Share$/, '') : null,
    createable: def.createable && session.can('create', def),
    custom: def.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: def.deletable && session.can('delete', def),
    deprecatedAndHidden: false,
    feedEnabled: business,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: def.keyPrefix || null,
    label: def.label,
    labelPlural: def.labelPlural,
    layoutable: business,
    mergeable: ['Account', 'Case', 'Contact', 'Lead'].includes(def.name),
    mruEnabled: business,
    name: def.name,
    queryable: def.queryable,
    replicateable: def.fields.has('systemmodstamp'),
    retrieveable: def.queryable,
    searchable: business || def.name === 'User',
    triggerable: business || def.name === 'User',
    undeletable: def.deletable && def.fields.has('isdeleted'),
    updateable: def.updateable && session.can('edit', def),
  };
};

const childRelationship = (child: ObjectDef, field: FieldDef): Json => ({
  cascadeDelete: field.cascadeDelete,
  childSObject: child.name,
  deprecatedAndHidden: false,
  field: field.name,
  junctionIdListNames: [],
  junctionReferenceTo: [],
  relationshipName: field.childRelationshipName ?? null,
  restrictedDelete: false,
});

const childRelationships = (def: ObjectDef, catalog: Catalog, session: Session): Json[] =>
  [...catalog.objects()]
    .filter((child) => visible(child, session))
    .flatMap((child) =>
      [...session.view(child).fields.values()]
        .filter((field) => field.referenceTo.includes(def.name))
        .map((field) => childRelationship(child, field))
    );

/** Every object has the master record type; further ones are rows of RecordType, which only the store knows. */
const recordTypeInfos = (def: ObjectDef, version: string): Json[] => [
  {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE,
    urls: { layout: `/services/data/v${version}/sobjects/${def.name}/describe/layouts/${MASTER_RECORD_TYPE}` },
  },
];

const scopes = (def: ObjectDef): Json[] => [
  { label: `All ${def.labelPlural.toLowerCase()}`, name: 'everything' },
  ...(def.fields.has('ownerid') ? [{ label: `My ${def.labelPlural.toLowerCase()}`, name: 'mine' }] : []),
];

/** `GET /sobjects`: every object that the session may read. */
export const describeGlobal = (catalog: Catalog, session: Session, version = '66.0'): Json => ({
  encoding: 'UTF-8',
  maxBatchSize: 200,
  sobjects: [...catalog.objects()]
    .filter((def) => visible(def, session))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((def) => ({ ...head(def, session), urls: urls(def, version) })),
});

/** `GET /sobjects/{Type}/describe`. The caller answers 404 where the object is unknown or not readable. */
export const describeSObject = (def: ObjectDef, catalog: Catalog, session: Session, version = '66.0'): Json => ({
  actionOverrides: [],
  ...head(def, session),
  childRelationships: childRelationships(def, catalog, session),
  compactLayoutable: def.createable && !def.setup,
  dataTranslationEnabled: null,
  defaultImplementation: null,
  extendedBy: null,
  extendsInterfaces: null,
  fields: [...session.view(def).fields.values()].map(describeField),
  implementedBy: null,
  implementsInterfaces: null,
  listviewable: null,
  lookupLayoutable: null,
  namedLayoutInfos: [],
  networkScopeFieldName: null,
  recordTypeInfos: recordTypeInfos(def, version),
  searchLayoutable: def.createable && !def.setup,
  sobjectDescribeOption: 'FULL',
  supportedScopes: scopes(def),
  urls: urls(def, version),
});

/** `GET /sobjects/{Type}`: the object in short, and the records that this user changed last. */
export const describeBasic = (def: ObjectDef, store: Store, session: Session, version = '66.0'): Json => ({
  objectDescribe: { ...head(def, session), urls: urls(def, version) },
  recentItems: recentItems(def, store, session, version),
});

const recentItems = (def: ObjectDef, store: Store, session: Session, version: string): Json[] => {
  const name = [...def.fields.values()].find((field) => field.nameField)?.name;
  if (!name || !def.fields.has('lastmodifiedbyid') || !def.createable) return [];
  const live = def.fields.has('isdeleted') ? 'AND "IsDeleted" IS NOT 1' : '';
  const rows = store
    .sql(
      `SELECT "Id", ${quoted(name)} AS name FROM ${quoted(def.name)} WHERE "LastModifiedById" = ? ${live} ` +
        `ORDER BY "SystemModstamp" DESC LIMIT ${RECENT}`
    )
    .all(session.user.Id);
  return rows.map((row) => ({
    attributes: { type: def.name, url: `/services/data/v${version}/sobjects/${def.name}/${String(row.Id)}` },
    Id: row.Id,
    [name]: row.name,
  }));
};
