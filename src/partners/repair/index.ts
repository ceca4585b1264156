export { offerOf, REPAIRS, type Offer, type Repair } from './offer.js';
export {
  detailsOf,
  repairDetailsSchema,
  stillOffered,
  type Chosen,
  type CountedJoining,
  type RepairDetails,
} from './details.js';
export { buildRepairPlan, countJoinings, REPAIR_KIND } from './plan.js';
export { readLicences, type Seats } from './seats.js';
export { repairResultSchema, type RepairResult } from './result.js';
