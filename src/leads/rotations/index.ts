export { differences, memberName } from './compare.js';
export { exportRotations, FilesDiffer, rotationExportResultSchema, type RotationExportResult } from './export.js';
export { requireRotations, ROTATION_FOLDER, rotationFilesIn, RotationFilesError } from './files.js';
export { listRotations, rotationListResultSchema, type RotationListResult } from './list.js';
export { rotationShowResultSchema, shownFile, shownStored, type RotationShowResult } from './show.js';
