/**
 * Sharing review: `npm run bench -- sharing`. Analysis of 5,000 rules, 2,000 groups and 300 roles without a network, and
 * the API calls of whole reviews of a practice org that has more and more rules.
 */
import { analyse } from '../src/sharing/analyse/analyse.js';
import { reviewCalls } from './support/review-calls.js';
import { printTable } from './support/run.js';
import { largeOrg } from './support/sharing-org.js';

const SIZE = { rules: 5_000, groups: 2_000, roles: 300, partners: 900, people: 1_500 };
const snapshot = largeOrg(SIZE);

for (let round = 1; round <= 5; round++) {
  const started = performance.now();
  const { findings, dormant } = analyse(snapshot, { managerRoles: ['r:R1', 'r:R2'], partnerRoles: 3 });
  const seconds = (performance.now() - started) / 1000;
  console.log(`Analysis: ${seconds.toFixed(3)} s, ${findings.length} findings, ${dormant.length} asleep`);
}

console.log();
printTable([
  ['Sharing rules', 'objects', 'API calls', 'without counts'],
  ...(await reviewCalls([0, 100, 150])).map(({ rules, objects, counted, uncounted }) => [
    String(rules),
    String(objects),
    String(counted),
    String(uncounted),
  ]),
]);
