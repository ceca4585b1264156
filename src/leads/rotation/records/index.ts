export { asPackageMissing, PackageMissing } from '../../../org/read/index.js';
export { MEMBER, MEMBER_FIELDS, ROTATION, ROTATION_FIELDS } from './objects.js';
export { readRotation, readRotations, type StoredMember, type StoredRotation } from './read.js';
export { readTargets, type FoundTarget, type Targets } from './targets.js';
export { memberCells, recordKey, rotationCells } from './values.js';
