export { offerOf, REPAIRS, type Offer, type Repair } from './offer.js';
export {
  buildRepairPlan,
  countJoinings,
  REPAIR_KIND,
  repairDetailsSchema,
  type Chosen,
  type CountedJoining,
  type RepairDetails,
} from './plan.js';
export { repairResultSchema, type RepairResult } from './result.js';
