export type { Arrival, Arrivals } from './arrivals.js';
export { LeadsCsv } from './leads-csv.js';
export { notesOf, type Note } from './notes.js';
export { readReplay, type Replay } from './replay.js';
export { reportData } from './report-data.js';
export {
  arrivalsResult,
  memberRows,
  rotationSimulateResultSchema,
  simulationResult,
  type RotationSimulateResult,
  type Source,
} from './result.js';
export { simulate, type Simulation } from './simulation.js';
export { isDate, syntheticArrivals, today } from './synthetic.js';
