export { conversionOf, type Conversion } from './analyse/conversion.js';
export { analyse, edgesIn, type Analysis } from './analyse/analyse.js';
export { ManagerError } from './managers.js';
export { ProfileError, reviewSharing, type Review, type ReviewRequest } from './review.js';
export { sharingReport, sharingReviewResult, sharingReviewResultSchema, type SharingReviewResult } from './result.js';
export { sizeOf, usersOf } from './words.js';
export { terminalAsker } from './walk/prompts.js';
export { walk, type Asker, type WalkEnd } from './walk/run.js';
