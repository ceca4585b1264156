/**
 * Makes the shapes of metadata types for the practice org: `node tools/metadata-schema.mjs <folder with type references>`.
 * Reads facts only (elements, their types, whether they may be absent or repeat, values of enumerations) from the
 * references' WSDL parts. Run by hand when the references change; its output is checked in.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = new URL('../src/practice/metadata/data/schema.json', import.meta.url);

/** References to read, the most complete first: the first definition of a name counts. */
const SOURCES = [
  'SharingRules',
  'Folder',
  'CommunitiesSettings',
  'SharingSettings',
  'LeadConfigSettings',
  'AccountSettings',
  'OrgSettings',
  'Group',
  'Queue',
  'Role',
  'CustomObject',
  'ListView',
  'CustomLabels',
  'PermissionSet',
  'Profile',
  'Network',
  'AssignmentRules',
  'CustomApplication',
  'CustomTab',
  'FlexiPage',
  'QuickAction',
  'EmailTemplate',
  'Workflow',
];

/** Elements that the references leave out, by type (platform-facts A1, B3). */
const SUPPLEMENT = { SharedTo: ['allRestrictedEmployeeUsers string ?'] };

/** Required elements whose absence the platform words by the rule around them (platform-facts B4), so it is checked there. */
const CHECKED_LATER = new Set(['includeRecordsOwnedByAll', 'includeHVUOwnedRecords']);

/** Types that no reference describes. */
const EXTRA = { ExperienceBundleSettings: ['extends Metadata', 'enableExperienceBundleMetadata boolean ?'] };

const plain = (type) => type.replace(/^(?:xsd|tns):/, '');

const elementsOf = (text) =>
  [...text.matchAll(/<xsd:element ([^>]*)\/>/g)].map(([, attributes]) => {
    const get = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const optional = get('minOccurs') === '0' || CHECKED_LATER.has(get('name'));
    const flags = `${optional ? '?' : ''}${get('maxOccurs') === 'unbounded' ? '*' : ''}`;
    return `${get('name')} ${plain(get('type') ?? 'string')}${flags ? ` ${flags}` : ''}`;
  });

const types = { ...EXTRA };
const enums = {};

const readSegment = (text) => {
  for (const [, name, body] of text.matchAll(/<xsd:complexType name="(\w+)">([\s\S]*?)<\/xsd:complexType>/g)) {
    const base = /<xsd:extension base="([^"]+)"/.exec(body)?.[1];
    const elements = [...elementsOf(body), ...(SUPPLEMENT[name] ?? [])];
    types[name] ??= base ? [`extends ${plain(base)}`, ...elements] : elements;
  }
  for (const [, name, body] of text.matchAll(/<xsd:simpleType name="(\w+)">([\s\S]*?)<\/xsd:simpleType>/g)) {
    enums[name] ??= [...body.matchAll(/<xsd:enumeration value="([^"]*)"/g)].map(([, value]) => value);
  }
};

const folder = process.argv[2];
if (!folder) throw new Error('Name the folder with the type references.');
for (const source of SOURCES) {
  const { wsdl_segment: text } = JSON.parse(readFileSync(join(folder, `${source}.json`), 'utf8'));
  readSegment(text);
}
const sorted = (map) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
const lines = (map) =>
  Object.entries(sorted(map))
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n');
writeFileSync(target, `{\n  "types": {\n${lines(types)}\n  },\n  "enums": {\n${lines(enums)}\n  }\n}\n`);
