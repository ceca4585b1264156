import type { NativeType } from '../../runtime/native.js';
import { CHANGE_METHODS } from './change.js';
import { KIND_METHODS } from './kinds.js';
import { PART_METHODS } from './parts.js';
import { SEARCH_METHODS } from './search.js';
import { STRING_STATICS } from './statics.js';

/** String of Apex. */
export const STRING: NativeType = {
  name: 'String',
  is: (value) => typeof value === 'string',
  statics: STRING_STATICS,
  methods: { ...SEARCH_METHODS, ...PART_METHODS, ...CHANGE_METHODS, ...KIND_METHODS },
};
