import type { SimulatedConfiguration, SimulationReport } from '../../report/simulation-report.js';
import type { RotationSimulateResult } from './result.js';
import type { Simulation } from './simulation.js';

/** Figures of one or two simulations, as the report shows them. */
export function reportData(
  { arrivals, org, rotations, notes }: RotationSimulateResult,
  simulations: readonly [Simulation, Simulation?]
): SimulationReport {
  const names = new Set(rotations.map(({ name }) => name));
  const configurations = simulations.flatMap((simulation, at) =>
    simulation ? [configuration(rotations[at]!, simulation, names.size < rotations.length)] : []
  );
  const { text, leads, from, to } = arrivals;
  return {
    arrivals: text,
    ...(org ? { org: `${org.domain} (${org.kind})` } : {}),
    leads,
    from,
    to,
    configurations: [configurations[0]!, configurations[1]],
    notes,
  };
}

/** Two variants of one rotation have one name: then the source tells them apart. */
function configuration(
  { source, name, members, ...rest }: RotationSimulateResult['rotations'][number],
  simulation: Simulation,
  isNamedBySource: boolean
): SimulatedConfiguration {
  const keys = simulation.members.map(({ key }) => key);
  return {
    ...rest,
    source,
    title: isNamedBySource ? source : name,
    members: members.map((member, at) => ({ ...member, key: keys[at]! })),
    moments: simulation.moments,
  };
}
