export { formatHours, HoursError, parseHours } from './hours.js';
export { rotationOfContent, type RotationContent } from './lenient.js';
export { RotationFileError, type RotationProblem } from './problems.js';
export { parseRotation, readRotationFile } from './read.js';
export { rotationFileSchema, rotationJsonSchema } from './schema.js';
export { SCHEMA_FILE, writeRotationFile } from './write.js';
