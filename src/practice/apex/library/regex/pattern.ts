/** Pattern and Matcher of Apex. */
import type { NativeType } from '../../runtime/native.js';
import { ApexNative, type Value } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';
import { groupOf, regexOf, replaceMatches, splitText, type Compiled } from './use.js';

/** A search: its text, the last match, and where the next one begins. */
type Search = { regex: Compiled; text: string; match: RegExpExecArray | null; from: number };

const pattern = (call: Call): Compiled => (call.self as ApexNative<Compiled>).data;
const search = (call: Call): Search => (call.self as ApexNative<Search>).data;

const matcher = (regex: Compiled, text: string): Value =>
  new ApexNative<Search>('Matcher', { regex, text, match: null, from: 0 });

/** Keeps a match; one of nothing moves the search on all the same. */
const keep = (state: Search, match: RegExpExecArray | null): boolean => {
  state.match = match;
  if (match) state.from = match.index + match[0].length + (match[0] === '' ? 1 : 0);
  return match !== null;
};

const exec = (regex: RegExp, text: string, from: number): RegExpExecArray | null => {
  regex.lastIndex = from;
  return from > text.length ? null : regex.exec(text);
};

const find = (call: Call): boolean => {
  const state = search(call);
  if (call.count > 0) {
    const start = call.integer(0);
    if (start < 0 || start > state.text.length) return call.fail('System.StringException', 'Illegal start index');
    state.from = start;
  }
  return keep(state, exec(state.regex.find, state.text, state.from));
};

const found = (call: Call): RegExpExecArray =>
  search(call).match ?? call.fail('System.StringException', 'No match found');

/** The number of a group that is asked for; 0 is the whole match. */
const groupNumber = (call: Call): number => {
  const group = call.count > 0 ? call.integer(0) : 0;
  if (group < 0 || group > search(call).regex.groups) return call.fail('System.StringException', `No group ${group}`);
  return group;
};

/** Where a group begins (0) or ends (1); -1 where it took no part. */
const border = (call: Call, side: 0 | 1): number => {
  const match = found(call);
  const group = groupNumber(call);
  groupOf(search(call).regex, match, group);
  return match.indices?.[group]?.[side] ?? -1;
};

const reset = (call: Call): Value => {
  const state = search(call);
  if (call.count > 0) state.text = call.text(0);
  state.match = null;
  state.from = 0;
  return call.self;
};

const QUOTED = /\\E/g;

/** Pattern of Apex. */
export const PATTERN: NativeType = {
  name: 'Pattern',
  statics: byLowerName({
    compile: native(1, (call) => new ApexNative('Pattern', regexOf(call.ctx, call.text(0)))),
    matches: native(2, (call) => exec(regexOf(call.ctx, call.text(0)).whole, call.text(1), 0) !== null),
    quote: native(1, (call) => `\\Q${call.text(0).replace(QUOTED, '\\E\\\\E\\Q')}\\E`, 'String'),
  }),
  methods: byLowerName({
    matcher: native(1, (call) => matcher(pattern(call), call.text(0))),
    pattern: native(0, (call) => pattern(call).text, 'String'),
    toString: native(0, (call) => pattern(call).text, 'String'),
    split: native([1, 2], (call) =>
      call.texts(splitText(pattern(call), call.text(0), call.count > 1 ? call.integer(1) : 0))
    ),
  }),
};

/** Matcher of Apex. */
export const MATCHER: NativeType = {
  name: 'Matcher',
  statics: byLowerName({
    quoteReplacement: native(1, (call) => call.text(0).replace(/[\\$]/g, '\\$&'), 'String'),
  }),
  methods: byLowerName({
    find: native([0, 1], find),
    matches: native(0, (call) => keep(search(call), exec(search(call).regex.whole, search(call).text, 0))),
    lookingAt: native(0, (call) => keep(search(call), exec(search(call).regex.starts, search(call).text, 0))),
    group: native([0, 1], (call) => groupOf(search(call).regex, found(call), groupNumber(call)), 'String'),
    groupCount: native(0, (call) => search(call).regex.groups, 'Integer'),
    start: native([0, 1], (call) => border(call, 0), 'Integer'),
    end: native([0, 1], (call) => border(call, 1), 'Integer'),
    pattern: native(0, (call) => new ApexNative('Pattern', search(call).regex)),
    reset: native([0, 1], reset),
    replaceAll: native(1, (call) => replaceMatches(call.ctx, search(call).regex, search(call).text, call.text(0))),
    replaceFirst: native(1, (call) =>
      replaceMatches(call.ctx, search(call).regex, search(call).text, call.text(0), true)
    ),
  }),
};
