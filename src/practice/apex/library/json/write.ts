/** `JSON.serialize`: what of a value is written, and how. */
import { ApexList, ApexMap, ApexSet } from '../../runtime/collections.js';
import type { Ctx } from '../../runtime/context.js';
import { ApexBlob, ApexDate, ApexDatetime, ApexTime } from '../../runtime/dates.js';
import { ApexObject } from '../../runtime/objects.js';
import { ApexSObject } from '../../runtime/sobjects.js';
import { ApexDecimal, ApexDouble, ApexEnum, type Value } from '../../runtime/values.js';
import { doubleText } from '../numbers/print.js';
import { instanceFields } from './fields.js';

/** The version in addresses of records. On the platform it is the one the class is saved with. */
const API_VERSION = '66.0';

/** JSON that is ready but for its spaces. */
type Piece = string | { items: Piece[] } | { members: Array<[string, Piece]> };

/** Texts as Jackson writes them. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`);

class Writer {
  private readonly open = new Set<Value>();

  public constructor(
    private readonly ctx: Ctx,
    private readonly withoutNulls: boolean,
    private readonly forPages: boolean
  ) {}

  public piece(value: Value): Piece {
    const simple = scalar(value);
    if (simple !== undefined) return simple;
    if (this.open.has(value)) return this.ctx.fail('System.JSONException', 'A value contains itself');
    this.open.add(value);
    const made = this.compound(value);
    this.open.delete(value);
    return made;
  }

  private compound(value: Value): Piece {
    if (value instanceof ApexList) return { items: value.items.map((item) => this.piece(item)) };
    if (value instanceof ApexSet) return { items: value.values().map((item) => this.piece(item)) };
    if (value instanceof ApexMap) return { members: value.entries().map(([key, item]) => this.entry(key, item)) };
    if (value instanceof ApexSObject) return this.record(value);
    if (value instanceof ApexObject) return this.instance(value);
    const name = this.ctx.typeOf(value)?.name ?? 'null';
    return this.ctx.fail('System.JSONException', `Apex Type unsupported in JSON: ${name}`);
  }

  /** Values of maps are written even where they are null. */
  private entry(key: Value, value: Value): [string, Piece] {
    if (key === null) return this.ctx.fail('System.JSONException', 'null key in map is not supported in JSON');
    return [this.ctx.text(key), this.piece(value)];
  }

  private instance(value: ApexObject): Piece {
    const members = instanceFields(this.ctx, value.$info)
      .filter(({ annotations }) => !this.forPages || annotations.some(({ name }) => name === 'auraenabled'))
      .map(({ name }) => [name, this.ctx.fieldOf(value, name)] as const);
    return { members: this.told(members) };
  }

  private told(members: ReadonlyArray<readonly [string, Value]>): Array<[string, Piece]> {
    return members
      .filter(([, value]) => value !== null || !this.withoutNulls)
      .map(([name, value]) => [name, this.piece(value)]);
  }

  private record(value: ApexSObject): Piece {
    const id = value.get('Id');
    const attributes: Array<[string, Piece]> = [['type', quoted(value.typeName)]];
    if (typeof id === 'string') {
      attributes.push(['url', quoted(`/services/data/v${API_VERSION}/sobjects/${value.typeName}/${id}`)]);
    }
    const children = [...value.children].map(([name, list]): [string, Piece] => [name, this.childRecords(list)]);
    return {
      members: [
        ...(this.forPages ? [] : [['attributes', { members: attributes }] as [string, Piece]]),
        ...this.told(recordFields(value)),
        ...this.told([...value.parents]),
        ...children,
      ],
    };
  }

  private childRecords(list: ApexList): Piece {
    const records = list.items.map((item) => this.piece(item));
    return {
      members: [
        ['totalSize', String(records.length)],
        ['done', 'true'],
        ['records', { items: records }],
      ],
    };
  }
}

/** Empty fields of a row of a query are left out, those a program has emptied itself are not (API 28 and later). */
const recordFields = ({ fields, queried }: ApexSObject): Array<[string, Value]> =>
  [...fields].filter(([, value]) => value !== null || !queried);

/** What is one word of JSON. */
const scalar = (value: Value): string | undefined => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint' || value instanceof ApexDecimal) return value.toString();
  if (value instanceof ApexDouble)
    return Number.isFinite(value.value) ? doubleText(value.value) : quoted(doubleText(value.value));
  if (value instanceof ApexEnum) return quoted(value.name);
  if (value instanceof ApexDate || value instanceof ApexDatetime || value instanceof ApexTime)
    return quoted(value.iso());
  return value instanceof ApexBlob ? quoted(value.bytes.toString('base64')) : undefined;
};

const compact = (piece: Piece): string => {
  if (typeof piece === 'string') return piece;
  if ('items' in piece) return `[${piece.items.map(compact).join(',')}]`;
  return `{${piece.members.map(([name, value]) => `${quoted(name)}:${compact(value)}`).join(',')}}`;
};

/** Lists stay on one line, members of objects get one each. */
const pretty = (piece: Piece, indent = ''): string => {
  if (typeof piece === 'string') return piece;
  if ('items' in piece)
    return piece.items.length === 0 ? '[ ]' : `[ ${piece.items.map((item) => pretty(item, indent)).join(', ')} ]`;
  if (piece.members.length === 0) return '{ }';
  const inner = `${indent}  `;
  const lines = piece.members.map(([name, value]) => `${inner}${quoted(name)} : ${pretty(value, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
};

/**
 * A value as JSON.
 * @param options.forPages as components get it: of instances only what is @AuraEnabled, records without their type
 */
export const writeJson = (
  ctx: Ctx,
  value: Value,
  options: { withoutNulls: boolean; pretty: boolean; forPages?: boolean }
): string => {
  const piece = new Writer(ctx, options.withoutNulls, options.forPages ?? false).piece(value);
  return options.pretty ? pretty(piece) : compact(piece);
};
