export { buildImportPlan, IMPORT_KIND, importDetailsSchema, readImportFingerprint, rotationLock } from './plan.js';
export { readImport, UnknownMembers, type ImportSnapshot } from './read.js';
export { rotationImportResult, rotationImportResultSchema, type RotationImportResult } from './result.js';
