/** Sharing review: `npm run bench -- sharing`. 5,000 rules, 2,000 groups, 300 roles, 900 partner users; no network. */
import { analyse } from '../src/sharing/analyse/analyse.js';
import { largeOrg } from './support/sharing-org.js';

const SIZE = { rules: 5_000, groups: 2_000, roles: 300, partners: 900, people: 1_500 };
const snapshot = largeOrg(SIZE);

for (let round = 1; round <= 5; round++) {
  const started = performance.now();
  const { findings, dormant } = analyse(snapshot, { managerRoles: ['r:R1', 'r:R2'], partnerRoles: 3 });
  const seconds = (performance.now() - started) / 1000;
  console.log(`Analysis: ${seconds.toFixed(3)} s, ${findings.length} findings, ${dormant.length} asleep`);
}
