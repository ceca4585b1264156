/** Types whose components are kept as they are: their files byte for byte. */
import { insertRecord, updateRecord } from '../../rules/records.js';
import type { Row } from '../../contracts.js';
import type { SaveTools } from '../../save/context.js';
import { quoted } from '../../store/identifiers.js';
import { listComponents } from '../listing.js';
import { emailTemplate } from './email-template.js';
import type { Incoming, Kind, Place, Work, Written } from '../kind.js';
import type { Body, Component } from '../types.js';
import { textAt } from '../xml/read.js';

/** Record behind a component, for the objects that can be queried. */
type Mirror = (component: Incoming, content: string, tools: SaveTools) => Row;

const contentOf = ({ fullName, files }: Incoming, suffix: string): string =>
  files[`${fullName}.${suffix}`]?.toString('utf8') ?? '';

const apexClass: Mirror = ({ fullName, body }, content) => ({
  Name: fullName,
  ApiVersion: Number(textAt(body, 'apiVersion') ?? 0),
  Status: textAt(body, 'status') ?? 'Active',
  Body: content,
  IsValid: true,
  LengthWithoutComments: content.length,
});

const customPermission: Mirror = ({ fullName, body }) => ({
  DeveloperName: fullName,
  MasterLabel: textAt(body, 'label') ?? fullName,
  Description: textAt(body, 'description') ?? null,
  Language: 'en_US',
});

const isSame = (row: Record<string, unknown>, values: Row): boolean =>
  Object.entries(values).every(([field, value]) => (typeof value === 'boolean' ? Number(value) : value) === row[field]);

const mirror = (work: Work, object: string, id: string | undefined, values: Row): string => {
  const { author, tools } = work;
  if (!id) return insertRecord(author, object, values);
  const row = tools.store.sql(`SELECT * FROM ${quoted(object)} WHERE "Id" = ?`).get(id);
  if (!row) insertRecord(author, object, { ...values, Id: id });
  else if (!isSame(row, values)) updateRecord(author, object, id, values);
  return id;
};

type Options = Place & { name: string; order: number; object?: string; row?: Mirror; parent?: string };

const write =
  ({ name, suffix, object, row }: Options) =>
  (work: Work, incoming: Incoming): Written => {
    const before = work.tools.components.find(name, incoming.fullName);
    const values = row?.(incoming, contentOf(incoming, suffix ?? ''), work.tools);
    const id = object && values ? mirror(work, object, before?.id, values) : undefined;
    return work.tools.components.put(work.author, { type: name, ...incoming, ...(id ? { id } : {}) });
  };

const remove =
  ({ name, object }: Options) =>
  ({ tools }: Work, fullName: string): boolean => {
    const before = tools.components.find(name, fullName);
    if (before && object) tools.store.sql(`DELETE FROM ${quoted(object)} WHERE "Id" = ?`).run(before.id);
    return tools.components.remove(name, fullName);
  };

const find = (tools: SaveTools, name: string, fullName: string): Component | undefined =>
  tools.components.find(name, fullName);

const kept = (options: Options): Kind => {
  const { name, order, parent, object: _object, row: _row, ...place } = options;
  return {
    name,
    ...(parent ? { parent } : { place }),
    order,
    asIs: !parent,
    list: (tools) => listComponents(tools, name),
    read: (tools, fullName): Body | undefined => find(tools, name, fullName)?.body,
    ...(parent ? {} : { files: (tools: SaveTools, fullName: string) => find(tools, name, fullName)?.files }),
    write: write(options),
    remove: remove(options),
  };
};

/** Files with their content in the file itself, such as tabs. */
const plain = (name: string, directory: string, suffix: string, order: number): Kind =>
  kept({ name, directory, suffix, order });

export const keptKinds: Kind[] = [
  kept({ name: 'StaticResource', directory: 'staticresources', suffix: 'resource', metaFile: true, order: 40 }),
  kept({
    name: 'CustomPermission',
    directory: 'customPermissions',
    suffix: 'customPermission',
    order: 41,
    object: 'CustomPermission',
    row: customPermission,
  }),
  kept({
    name: 'ApexClass',
    directory: 'classes',
    suffix: 'cls',
    metaFile: true,
    order: 42,
    object: 'ApexClass',
    row: apexClass,
  }),
  kept({ name: 'ApexTrigger', directory: 'triggers', suffix: 'trigger', metaFile: true, order: 43 }),
  kept({ name: 'LightningComponentBundle', directory: 'lwc', order: 44 }),
  kept({ name: 'AuraDefinitionBundle', directory: 'aura', order: 45 }),
  kept({
    name: 'EmailTemplate',
    directory: 'email',
    suffix: 'email',
    metaFile: true,
    inFolder: true,
    order: 46,
    object: 'EmailTemplate',
    row: emailTemplate,
  }),
  plain('Flow', 'flows', 'flow', 50),
  plain('QuickAction', 'quickActions', 'quickAction', 51),
  plain('FlexiPage', 'flexipages', 'flexipage', 52),
  plain('Layout', 'layouts', 'layout', 53),
  plain('CustomTab', 'tabs', 'tab', 54),
  plain('CustomApplication', 'applications', 'app', 55),
  kept({ name: 'ValidationRule', parent: 'CustomObject', directory: '', order: 30 }),
  kept({ name: 'WebLink', parent: 'CustomObject', directory: '', order: 49 }),
];
