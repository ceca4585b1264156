/** The standard library of Apex, as far as it needs no org. What is not in these tables does not exist for programs here. */
import type { NativeType } from '../runtime/native.js';
import { ITERATOR } from './collections/elements.js';
import { ITERABLE, LIST } from './collections/list.js';
import { MAP } from './collections/map.js';
import { SET } from './collections/set.js';
import { DATE } from './dates/date.js';
import { DATETIME } from './dates/datetime.js';
import { TIME, TIME_ZONE } from './dates/time.js';
import { JSON_TYPE } from './json/json.js';
import { MATH } from './numbers/math.js';
import { BOOLEAN, DECIMAL, DOUBLE, INTEGER, LONG, ROUNDING_MODE } from './numbers/types.js';
import { MATCHER, PATTERN } from './regex/pattern.js';
import { ASSERT } from './system/assert.js';
import { BLOB, CRYPTO, ENCODING_UTIL, UUID } from './system/bytes.js';
import { ID } from './system/id.js';
import { LIMITS, LOGGING_LEVEL, SYSTEM } from './system/system.js';
import { STRING } from './text/string.js';

/** All types of the library. */
export const LIBRARY: readonly NativeType[] = [
  STRING,
  ID,
  INTEGER,
  LONG,
  DECIMAL,
  DOUBLE,
  BOOLEAN,
  ROUNDING_MODE,
  MATH,
  DATE,
  DATETIME,
  TIME,
  TIME_ZONE,
  LIST,
  SET,
  MAP,
  ITERABLE,
  ITERATOR,
  PATTERN,
  MATCHER,
  JSON_TYPE,
  SYSTEM,
  LOGGING_LEVEL,
  LIMITS,
  ASSERT,
  BLOB,
  ENCODING_UTIL,
  CRYPTO,
  UUID,
];
