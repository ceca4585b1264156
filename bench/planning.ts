/** Planning alone: `npm run bench -- planning`. A million leads over 200 members, with reasons; no network, no disk. */
import { namedWay } from '../src/leads/distribute/named.js';
import { DistributionPlanner } from '../src/leads/distribute/planner.js';
import type { LeadRow, Target } from '../src/leads/distribute/types.js';

const LEADS = 1_000_000;
const MEMBERS = 200;

const targets: Target[] = Array.from({ length: MEMBERS }, (_, index) => ({
  id: `00G${String(index).padStart(15, '0')}`,
  name: `Queue ${index}`,
  kind: 'Queue',
  weight: 1 + ((index * 7) % 13),
}));
const lead: LeadRow = { id: '00Q000000000001AAA', ownerId: '005000000000001AAA', converted: false, stamp: '' };

for (let round = 1; round <= 3; round++) {
  const { seats, engine } = namedWay({ targets, balance: 'assigned', open: new Map() });
  const planner = new DistributionPlanner({ seats, engine: engine('bench') });
  const started = performance.now();
  for (let count = 0; count < LEADS; count++) planner.decide(lead);
  const seconds = (performance.now() - started) / 1000;
  const { worst } = planner.summary(new Map());
  console.log(
    `${LEADS.toLocaleString('en')} leads over ${MEMBERS} members: ${seconds.toFixed(2)} s, furthest from the exact share ${worst.toFixed(4)} leads`
  );
}
