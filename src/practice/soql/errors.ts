/** Query errors with the pointer block that the platform puts before its message. */
import { PlatformError } from '../errors.js';

/** Text of a query, and where in it something stands. */
export type Place = { soql: string; at: number };

const AROUND = 40;

/** The lines that show the place: a part of the query, a caret below it, row and column. */
const pointer = ({ soql, at }: Place): string => {
  const before = soql.slice(0, at);
  const row = before.split('\n').length;
  const column = at - (before.lastIndexOf('\n') + 1) + 1;
  const lineStart = at - column + 1;
  const lineEnd = !soql.includes('\n', at) ? soql.length : soql.indexOf('\n', at);
  const from = Math.max(lineStart, at - AROUND);
  const shown = soql.slice(from, Math.min(lineEnd, at + AROUND));
  return `\n${shown}\n${' '.repeat(at - from)}^\nERROR at Row:${row}:Column:${column}\n`;
};

/** An error of a given code that points into the query. */
export const queryError = (errorCode: string, message: string, place?: Place): PlatformError =>
  new PlatformError(errorCode, place ? pointer(place) + message : message);

export const malformed = (message: string, place?: Place): PlatformError =>
  queryError('MALFORMED_QUERY', message, place);

/** The grammar allows something else here. `token` is the text that stands there, or undefined at the end. */
export const unexpectedToken = (token: string | undefined, place: Place): PlatformError =>
  malformed(`unexpected token: ${token === undefined ? "'<EOF>'" : `'${token}'`}`, place);

const LOOK_IT_UP = 'Please reference your WSDL or the describe call for the appropriate names.';

/** A field that an object does not have, as far as the user sees. */
export class NoSuchColumn extends PlatformError {
  public constructor(
    public readonly column: string,
    public readonly entity: string,
    place?: Place
  ) {
    const message =
      `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append ` +
      `the '__c' after the custom field name. ${LOOK_IT_UP}`;
    super('INVALID_FIELD', place ? pointer(place) + message : message);
  }
}

export const noSuchColumn = (column: string, entity: string, place?: Place): NoSuchColumn =>
  new NoSuchColumn(column, entity, place);

export const noSuchObject = (name: string, place?: Place): PlatformError =>
  queryError(
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the ` +
      `'__c' after the entity name. ${LOOK_IT_UP}`,
    place
  );

export const noSuchRelationship = (name: string, place?: Place): PlatformError =>
  queryError(
    'INVALID_FIELD',
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be ` +
      `sure to append the '__r' after the custom relationship name. ${LOOK_IT_UP}`,
    place
  );

export const noSuchChildren = (name: string, place?: Place): PlatformError =>
  queryError(
    'INVALID_TYPE',
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom ` +
      `relationship, be sure to append the '__r' after the custom relationship name. ${LOOK_IT_UP}`,
    place
  );
