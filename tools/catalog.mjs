/**
 * Makes the object catalogue of the practice org: `node tools/catalog.mjs <folder with object references>`.
 * Reads facts only (name, type, properties, reference targets, lengths, labels) and writes one compact file an object
 * to src/practice/catalog/data. Run by hand when the references change; its output is checked in.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as supplement from './catalog-supplement.mjs';

const target = new URL('../src/practice/catalog/data/', import.meta.url);

/** Letters of the compact form, by the reference's word for a property. */
const LETTERS = {
  create: 'C',
  update: 'U',
  filter: 'F',
  group: 'G',
  sort: 'S',
  nillable: 'N',
  idlookup: 'I',
  autonumber: 'A',
  'defaulted on create': 'D',
  'restricted picklist': 'R',
};

const SYSTEM = {
  Id: ['id', 'DFGSI'],
  IsDeleted: ['boolean', 'DFGS'],
  CreatedDate: ['datetime', 'DFS'],
  CreatedById: ['reference', 'DFGS'],
  LastModifiedDate: ['datetime', 'DFS'],
  LastModifiedById: ['reference', 'DFGS'],
  SystemModstamp: ['datetime', 'DFS'],
};

/** Lengths of fields for which the references tell none. */
const USUAL_LENGTHS = {
  string: 255,
  textarea: 255,
  email: 80,
  picklist: 255,
  multipicklist: 4099,
  combobox: 255,
  url: 255,
  phone: 40,
};

const ADDRESS_PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy'];

const words = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/ Id$/, ' ID');
const lettersOf = (properties) =>
  (properties ?? '')
    .split(',')
    .map((word) => LETTERS[word.trim().toLowerCase()] ?? '')
    .join('');
const isDropped = (object, name) =>
  supplement.dropped.some((pattern) => pattern.test(name)) || (supplement.droppedIn[object] ?? []).includes(name);

/** Targets and relationship names of a reference field. */
const relation = (object, name, told) => {
  const known = supplement.references[`${object}.${name}`] ?? supplement.sharedReferences[name];
  if (known) return { ref: known[0], rel: known[1] || undefined, child: known[2] || undefined };
  const targets = (told?.refers_to ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text in supplement.objects);
  return { ref: targets, rel: targets.length > 0 ? (told?.relationship_name ?? undefined) : undefined };
};

const values = (object, name) => supplement.picklists[`${object}.${name}`] ?? supplement.picklists[name];

const sizes = (reference) => ({
  precision: reference?.precision && Number(reference.precision),
  scale: reference?.scale === undefined ? undefined : Number(reference.scale),
  digits: reference?.digits && Number(reference.digits),
});

/** One field in compact form: [type, length, letters, label, more]. */
const field = (object, name, told, reference) => {
  const system = SYSTEM[name];
  const facts = supplement.facts[`${object}.${name}`] ?? {};
  const type = (system?.[0] ?? told?.type ?? reference?.type ?? 'string').toLowerCase();
  const letters = system?.[1] ?? (told?.type ? lettersOf(told.properties) : type === 'boolean' ? 'DFGS' : 'FGNS');
  const without = facts.without ?? '';
  const kept = [...letters].filter((letter) => !without.includes(letter)).join('') + (facts.with ?? '');
  const idLike = type === 'id' || type === 'reference';
  const length = facts.length ?? (idLike ? 18 : Number(reference?.length ?? USUAL_LENGTHS[type] ?? 0));
  const list =
    type === 'picklist' || type === 'multipicklist' || type === 'combobox' ? values(object, name) : undefined;
  const more = {
    ...(type === 'reference' ? relation(object, name, told) : {}),
    ...(['int', 'long', 'double', 'currency', 'percent'].includes(type) ? sizes(reference) : {}),
    ...(list ? { values: list } : {}),
    ...Object.fromEntries(Object.entries(facts).filter(([key]) => !['length', 'with', 'without'].includes(key))),
  };
  const used = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return [type, length, kept, reference?.field_label ?? words(name), ...(Object.keys(used).length > 0 ? [used] : [])];
};

const isPermission = (object, name) =>
  (object === 'Profile' || object === 'PermissionSet') &&
  supplement.permissions.includes(name.replace(/^Permissions/, '')) &&
  name.startsWith('Permissions');

const permissionField = (object, name) => {
  const result = field(object, name, {
    type: 'boolean',
    properties: 'Create, Filter, Defaulted on create, Update, Group, Sort',
  });
  if (object === 'Profile') result[2] = result[2].replace('C', '');
  return [result[0], result[1], result[2], words(name.replace(/^Permissions/, ''))];
};

/** Marks the parts of names and addresses. */
const markCompounds = (fields) => {
  const mark = (part, whole) => {
    const found = fields[part];
    if (found) found[4] = { ...found[4], compound: whole };
  };
  if (fields.FirstName && fields.LastName && fields.Name)
    for (const part of ['FirstName', 'LastName', 'Salutation']) mark(part, 'Name');
  for (const [name, value] of Object.entries(fields)) {
    if (value[0] !== 'address') continue;
    for (const part of ADDRESS_PARTS) mark(name.replace(/Address$/, '') + part, name);
  }
};

const objectFields = (object, source) => {
  const fields = {};
  const references = source.field_reference ?? {};
  const keep = (name, told) => {
    if (isDropped(object, name) || name in fields || told?.type === 'JunctionIdList' || name.endsWith('__c')) return;
    fields[name] = field(object, name, told, references[name]);
  };
  keep('Id');
  for (const [name, told] of Object.entries(source.fields))
    if (!name.startsWith('Permissions') || !(object in { Profile: 1, PermissionSet: 1 })) keep(name, told);
  for (const name of Object.keys(SYSTEM)) if (name in references) keep(name);
  for (const name of Object.keys(references))
    if (isPermission(object, name)) fields[name] = permissionField(object, name);
  for (const [name, value] of Object.entries(supplement.added[object] ?? {})) fields[name] ??= value;
  markCompounds(fields);
  return fields;
};

const singular = (object) => supplement.objectLabels[object] ?? words(object);

const write = (name, data) => {
  const lines = Object.entries(data.fields).map(
    ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`
  );
  const head = Object.entries(data)
    .filter(([key]) => key !== 'fields')
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  writeFileSync(
    new URL(`${name}.json`, target),
    `{\n${head.join('\n')}\n  "fields": {\n${lines.join(',\n')}\n  }\n}\n`
  );
};

const likeness = (like, model) => {
  const fields = Object.fromEntries(
    Object.entries(model.fields).map(([name, value]) => {
      const renamed = like.rename[name] ?? name;
      const copy = structuredClone(value);
      if (copy[4]?.ref?.[0] === 'Lead') copy[4] = { ref: [like.parent], rel: like.parent, child: 'Shares' };
      copy[3] = copy[3].replace('Lead', like.parent);
      return [renamed, copy];
    })
  );
  return {
    ...model,
    name: like.name,
    label: words(like.name),
    plural: `${words(like.name)}s`,
    prefix: like.prefix,
    fields,
  };
};

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Usage: node tools/catalog.mjs <folder with object references>');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const made = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const name = file.slice(0, -'.json'.length);
  const known = supplement.objects[name];
  if (!known) continue;
  const [prefix, plural, may, nameField] = known;
  const fields = objectFields(name, JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const named = nameField ?? ('Name' in fields ? 'Name' : '-');
  made[name] = { name, label: singular(name), plural, prefix, may, nameField: named, fields };
}
for (const like of supplement.likenesses) made[like.name] = likeness(like, made[like.of]);
for (const [name, { fields, ...head }] of Object.entries(supplement.extra))
  made[name] = { name, label: singular(name), ...head, fields };
for (const [name, data] of Object.entries(made)) write(name, data);
process.stdout.write(`${Object.keys(made).length} objects\n`);
