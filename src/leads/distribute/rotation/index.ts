export { countsStep } from './counts-step.js';
export { readGround } from './ground.js';
export type { SeatNotes } from './seats.js';
export { narrow } from './selection.js';
export { idsOf, readyRotation, rotationFingerprint, RotationRefusal, rotationWay, type ReadyRotation } from './way.js';
