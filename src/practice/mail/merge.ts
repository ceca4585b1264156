/** Merge fields of templates, such as `{!Lead.Name}`. */
import type { ObjectDef } from '../catalog/types.js';
import type { Row, Value } from '../contracts.js';
import type { SaveTools } from '../save/context.js';

/** What a mail speaks of. */
export type MailSubject = { def: ObjectDef; id: string; senderId: string };

/** Parts of a name that merge fields of owners ask for. */
const OWNER_FIELDS: Readonly<Record<string, string>> = {
  ownerfullname: 'Name',
  ownerfirstname: 'FirstName',
  ownerlastname: 'LastName',
  owneremail: 'Email',
};

const shown = (value: Value | undefined): string => (value === null || value === undefined ? '' : String(value));

const recordOf = (tools: SaveTools, object: string, id: string): Row =>
  tools.store.find(tools.catalog.require(object), id, true) ?? {};

/** A field of a record by its name in any case; undefined where the object has none of that name. */
const fieldOf = (def: ObjectDef, row: Row, name: string): string | undefined => {
  const field = def.fields.get(name.toLowerCase());
  return field && shown(row[field.name]);
};

const ownerOf = (tools: SaveTools, row: Row): Row => {
  const id = shown(row.OwnerId);
  return id === '' ? {} : recordOf(tools, id.startsWith('00G') ? 'Group' : 'User', id);
};

class Merge {
  private readonly row: Row;
  private readonly records = new Map<string, Row>();

  public constructor(
    private readonly tools: SaveTools,
    private readonly subject: MailSubject
  ) {
    this.row = recordOf(tools, subject.def.name, subject.id);
  }

  /** Text of a merge field, or undefined where it names nothing that is known. */
  public text(object: string, name: string): string | undefined {
    const { def, id, senderId } = this.subject;
    if (object.toLowerCase() === def.name.toLowerCase()) return this.ofRecord(name, id);
    if (/^(?:sending_)?user$/i.test(object)) return this.of('User', senderId, name);
    if (/^(?:organization)$/i.test(object)) return this.of('Organization', this.organizationId(), name);
    return undefined;
  }

  private ofRecord(name: string, id: string): string | undefined {
    if (/^link$/i.test(name)) return `${this.tools.outbox.origin()}/${id}`;
    const ofOwner = OWNER_FIELDS[name.toLowerCase()];
    if (ofOwner) return shown(this.kept('owner', () => ownerOf(this.tools, this.row))[ofOwner]);
    return fieldOf(this.subject.def, this.row, name);
  }

  private of(object: string, id: string, name: string): string | undefined {
    const row = this.kept(object, () => recordOf(this.tools, object, id));
    return fieldOf(this.tools.catalog.require(object), row, name);
  }

  private kept(key: string, read: () => Row): Row {
    let row = this.records.get(key);
    if (!row) this.records.set(key, (row = read()));
    return row;
  }

  private organizationId(): string {
    return String(this.tools.store.sql('SELECT "Id" FROM "Organization" LIMIT 1').get()!.Id);
  }
}

const FIELD = /\{!\s*(\w+)\.(\w+)\s*\}/g;

/** A function that fills the merge fields of texts about one record. What it does not know stays as it is written. */
export const mergeFor = (tools: SaveTools, subject: MailSubject): ((text: string) => string) => {
  const merge = new Merge(tools, subject);
  return (text) => text.replace(FIELD, (whole, object: string, name: string) => merge.text(object, name) ?? whole);
};
