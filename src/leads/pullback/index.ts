export { SIGNS } from '../holding/index.js';
export { UnknownOwners, durationText } from '../holding/index.js';
export { pullbackNow, TouchedMeanwhile } from './again.js';
export { pullbackDetailsSchema, type PullbackDetails, type PullbackRequest } from './details.js';
export { buildPullback, PULLBACK_KIND } from './plan.js';
export { PullbackError, readPullback } from './request.js';
export { leadPullbackResult, leadPullbackResultSchema, type LeadPullbackResult } from './result.js';
