/** Methods of String that ask: where, whether, how many, what comes first. */
import type { NativeType } from '../../runtime/native.js';
import type { Value } from '../../runtime/values.js';
import { byLowerName, native, type Call } from '../args.js';

const own = (call: Call): string => call.self as string;

type Ask<Answer extends Value> = (
  arity: number | number[],
  run: (text: string, call: Call) => Answer
) => ReturnType<typeof native>;

const asksNumber: Ask<number> = (arity, run) => native(arity, (call) => run(own(call), call), 'Integer');
const asksTruth: Ask<boolean> = (arity, run) => native(arity, (call) => run(own(call), call), 'Boolean');
const asksText: Ask<string> = (arity, run) => native(arity, (call) => run(own(call), call), 'String');

/** Both texts alike, whatever their case: Java compares capitals, then small letters. */
export const folded = (text: string): string => text.toUpperCase().toLowerCase();

/** How often a text is found, without overlaps. */
const countOf = (text: string, part: string): number => (part === '' ? 0 : text.split(part).length - 1);

/** The hash of Java's String. */
export const hashOfText = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
};

/** Java's order of texts: the difference of the first characters that differ, else of the lengths. */
export const compareTexts = (left: string, right: string): number => {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const difference = left.charCodeAt(at) - right.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

const charsOf = (text: string): Set<string> => new Set(text);

const firstIndex = (text: string, wanted: (char: string) => boolean): number => {
  let at = 0;
  for (const char of text) {
    if (wanted(char)) return at;
    at += char.length;
  }
  return -1;
};

/** Where two texts begin to differ; -1 where they do not. */
const differenceAt = (left: string, right: string): number => {
  if (left === right) return -1;
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) if (left[at] !== right[at]) return at;
  return shared;
};

/** The least number of changes of one character that make one text of the other. */
const distance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let at = 0; at < left.length; at++) {
    const next = [at + 1];
    for (let to = 0; to < right.length; to++) {
      const change = row[to]! + (left[at] === right[to] ? 0 : 1);
      next.push(Math.min(change, row[to + 1]! + 1, next[to]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
};

const charAt = (text: string, call: Call): string => {
  const at = call.integer(0);
  if (at < 0 || at >= text.length) return call.fail('System.StringException', 'Specified index is invalid.');
  return text[at]!;
};

const from = (call: Call): number => (call.count > 1 ? call.integer(1) : 0);
const back = (call: Call): number => (call.count > 1 ? call.integer(1) : Infinity);
const lastIndex = (text: string, part: string, start: number): number =>
  start < 0 ? -1 : text.lastIndexOf(part, start);

const INDEX = {
  indexOf: asksNumber([1, 2], (text, call) => text.indexOf(call.text(0), from(call))),
  indexOfIgnoreCase: asksNumber([1, 2], (text, call) =>
    text.toLowerCase().indexOf(call.text(0).toLowerCase(), from(call))
  ),
  indexOfChar: asksNumber([1, 2], (text, call) => text.indexOf(String.fromCodePoint(call.integer(0)), from(call))),
  indexOfAny: asksNumber(1, (text, call) => {
    const chars = charsOf(call.text(0));
    return firstIndex(text, (char) => chars.has(char));
  }),
  indexOfAnyBut: asksNumber(1, (text, call) => {
    const chars = charsOf(call.text(0));
    return chars.size === 0 ? -1 : firstIndex(text, (char) => !chars.has(char));
  }),
  indexOfDifference: asksNumber(1, (text, call) => differenceAt(text, call.text(0))),
  lastIndexOf: asksNumber([1, 2], (text, call) => lastIndex(text, call.text(0), back(call))),
  lastIndexOfIgnoreCase: asksNumber([1, 2], (text, call) =>
    lastIndex(text.toLowerCase(), call.text(0).toLowerCase(), back(call))
  ),
  lastIndexOfChar: asksNumber([1, 2], (text, call) =>
    lastIndex(text, String.fromCodePoint(call.integer(0)), back(call))
  ),
};

const CONTAINS = {
  contains: asksTruth(1, (text, call) => text.includes(call.text(0))),
  containsIgnoreCase: asksTruth(1, (text, call) => folded(text).includes(folded(call.text(0)))),
  containsAny: asksTruth(1, (text, call) => {
    const chars = charsOf(call.text(0));
    return [...text].some((char) => chars.has(char));
  }),
  containsNone: asksTruth(1, (text, call) => {
    const chars = charsOf(call.text(0));
    return ![...text].some((char) => chars.has(char));
  }),
  containsOnly: asksTruth(1, (text, call) => {
    const chars = charsOf(call.text(0));
    return [...text].every((char) => chars.has(char));
  }),
  startsWith: asksTruth(1, (text, call) => text.startsWith(call.text(0))),
  startsWithIgnoreCase: asksTruth(1, (text, call) => folded(text).startsWith(folded(call.text(0)))),
  endsWith: asksTruth(1, (text, call) => text.endsWith(call.text(0))),
  endsWithIgnoreCase: asksTruth(1, (text, call) => folded(text).endsWith(folded(call.text(0)))),
  countMatches: asksNumber(1, (text, call) => countOf(text, call.text(0))),
};

const COMPARE = {
  length: asksNumber(0, (text) => text.length),
  equals: asksTruth(1, (text, call) => text === call.value(0)),
  equalsIgnoreCase: asksTruth(1, (text, call) => {
    const other = call.textOrNull(0);
    return other !== null && folded(text) === folded(other);
  }),
  compareTo: asksNumber(1, (text, call) => compareTexts(text, call.text(0))),
  hashCode: asksNumber(0, hashOfText),
  difference: asksText(1, (text, call) => {
    const at = differenceAt(text, call.text(0));
    return at < 0 ? '' : call.text(0).slice(at);
  }),
  getLevenshteinDistance: asksNumber([1, 2], (text, call) => {
    const steps = distance(text, call.text(0));
    return call.count > 1 && steps > call.integer(1) ? -1 : steps;
  }),
  charAt: asksNumber(1, (text, call) => charAt(text, call).charCodeAt(0)),
  codePointAt: asksNumber(1, (text, call) => {
    const at = call.integer(0);
    const found = at < 0 ? undefined : text.codePointAt(at);
    return found ?? call.fail('System.StringException', `Starting position out of bounds: ${at}`);
  }),
};

/** Methods of String that look into a text. */
export const SEARCH_METHODS: NonNullable<NativeType['methods']> = byLowerName({ ...INDEX, ...CONTAINS, ...COMPARE });
