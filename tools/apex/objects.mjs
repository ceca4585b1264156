/** Objects with their fields: standard ones from the practice org's catalogue, ours from force-app. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What every object of ours has. */
const SYSTEM = {
  Id: ['id', 18, ''],
  Name: ['string', 80, 'CU'],
  OwnerId: ['reference', 18, 'CU', '', { ref: ['User'], rel: 'Owner' }],
  CreatedById: ['reference', 18, '', '', { ref: ['User'], rel: 'CreatedBy' }],
  CreatedDate: ['datetime', 0, ''],
  LastModifiedById: ['reference', 18, '', '', { ref: ['User'], rel: 'LastModifiedBy' }],
  LastModifiedDate: ['datetime', 0, ''],
  SystemModstamp: ['datetime', 0, ''],
  IsDeleted: ['boolean', 0, ''],
};

const TYPES = {
  Checkbox: 'boolean',
  Number: 'double',
  Date: 'date',
  DateTime: 'datetime',
  Lookup: 'reference',
  MasterDetail: 'reference',
};

/** @returns by name in lower case: fields by name in lower case, each `{ name, type, writable, target, relationship }` */
export function readObjects(root) {
  const objects = new Map();
  for (const file of globSync('src/practice/catalog/data/*.json', { cwd: root })) {
    const { name, fields } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    if (fields) objects.set(name.toLowerCase(), fieldsOf(fields));
  }
  for (const file of globSync('force-app/**/objects/*/*.object-meta.xml', { cwd: root })) {
    const own = globSync(join(dirname(file), 'fields', '*.field-meta.xml'), { cwd: root });
    const fields = Object.fromEntries(own.map((path) => customField(readFileSync(join(root, path), 'utf8'))));
    objects.set(basename(dirname(file)).toLowerCase(), fieldsOf({ ...SYSTEM, ...fields }));
  }
  return objects;
}

const textAt = (xml, element) => new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];

function customField(xml) {
  const [name, type, target] = ['fullName', 'type', 'referenceTo'].map((element) => textAt(xml, element));
  const more = target ? { ref: [target], rel: name.replace(/__c$/, '__r') } : {};
  return [name, [TYPES[type] ?? 'string', 0, type === 'AutoNumber' ? '' : 'CU', '', more]];
}

const fieldsOf = (fields) =>
  new Map(
    Object.entries(fields).map(([name, [type, , flags, , more = {}]]) => [
      name.toLowerCase(),
      { name, type, writable: /[CU]/.test(flags), targets: more.ref ?? [], relationship: more.rel?.toLowerCase() },
    ])
  );

/** A field by its path from an object, such as `Owner.Name`; null where there is none, undefined where it is not known. */
export function fieldAt(objects, object, path) {
  const fields = objects.get(object.toLowerCase());
  if (!fields) return undefined;
  const [first, ...rest] = path.split('.');
  if (rest.length === 0) return fields.get(first.toLowerCase()) ?? null;
  const relation = [...fields.values()].find(({ relationship }) => relationship === first.toLowerCase());
  if (!relation) return null;
  const answers = relation.targets.map((target) => fieldAt(objects, target, rest.join('.')));
  return answers.find((answer) => answer) ?? (answers.includes(undefined) ? undefined : null);
}
