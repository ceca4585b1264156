/** Static methods of String. */
import { ApexSet, ApexList } from '../../runtime/collections.js';
import { ApexDate, ApexDatetime } from '../../runtime/dates.js';
import type { NativeType } from '../../runtime/native.js';
import type { Value } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';
import { plainMoment } from '../dates/moment.js';
import { WHITESPACE } from './change.js';
import { formatMessage } from './message-format.js';

const BLANK = new RegExp(`^[${WHITESPACE}]*$`);

const blank = (call: Call): boolean => call.isNull(0) || BLANK.test(call.text(0));
const empty = (call: Call): boolean => call.isNull(0) || call.text(0) === '';

const valueOf = (call: Call): Value => {
  const value = call.value(0);
  // Other than `+`, valueOf shows a day without a time.
  return value instanceof ApexDate ? value.iso() : value === null ? null : call.ctx.text(value);
};

const elements = (call: Call, at: number): readonly Value[] => {
  const value = call.given(at);
  if (value instanceof ApexList) return value.items;
  return value instanceof ApexSet ? value.values() : call.wrong(value, 'List or Set');
};

/** Nothing shows where an element is null. */
const joined = (call: Call): string =>
  elements(call, 0)
    .map((item) => (item === null ? '' : call.ctx.text(item)))
    .join(call.textOrNull(1) ?? '');

const formatted = (call: Call): string => {
  const texts = elements(call, 1).map((item) => (item === null ? 'null' : call.ctx.text(item)));
  return formatMessage(call.ctx, call.text(0), texts);
};

const commonPrefix = (texts: readonly Value[]): string => {
  const all = texts.map((text) => (typeof text === 'string' ? text : ''));
  const first = all[0] ?? '';
  let length = 0;
  while (length < first.length && all.every((text) => text[length] === first[length])) length++;
  return first.slice(0, length);
};

/** Static methods of String. */
export const STRING_STATICS: NonNullable<NativeType['statics']> = byLowerName({
  valueOf: native(1, valueOf, 'String'),
  valueOfGmt: native(
    1,
    (call) => {
      const value = call.given(0);
      return value instanceof ApexDatetime ? plainMoment(value, 'UTC') : call.wrong(value, 'Datetime');
    },
    'String'
  ),
  join: native(2, joined, 'String'),
  format: native(2, formatted, 'String'),
  isBlank: native(1, blank),
  isNotBlank: native(1, (call) => !blank(call)),
  isEmpty: native(1, empty),
  isNotEmpty: native(1, (call) => !empty(call)),
  escapeSingleQuotes: native(1, (call) => call.text(0).replaceAll("'", "\\'"), 'String'),
  fromCharArray: native(
    1,
    (call) =>
      elements(call, 0)
        .map((code) => String.fromCharCode(Number(code)))
        .join(''),
    'String'
  ),
  getCommonPrefix: native(1, (call) => commonPrefix(elements(call, 0)), 'String'),
});
