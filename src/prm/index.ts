export { checkSchema, isStopped, preflight, type Check } from './preflight.js';
export { buildPrmPlan, prmDetailsSchema, wantedSwitches, type PrmDetails } from './plan.js';
export { preparePrm, type PrmRequest, type Prepared } from './prepare.js';
export { prove, type Proof } from './proof.js';
export {
  readRehearsal,
  rehearsalCheck,
  RehearsalError,
  rehearsalOf,
  writeRehearsal,
  type Rehearsal,
} from './rehearsal.js';
export { prmEnableResultSchema, prmResult, type PrmEnableResult } from './result.js';
export { readSandboxes } from './sandboxes.js';
export {
  changesFor,
  readCommunities,
  SettingsUnreadable,
  type CommunitiesSettings,
  type SettingChange,
} from './settings.js';
export { readSnapshot, type PrmSnapshot } from './snapshot.js';
