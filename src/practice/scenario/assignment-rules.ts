/** Assignment rules of leads: the active one sends leads that partners recommended to the queue of their country. */
import type { Body } from '../metadata/types.js';
import type { Seed } from './seed.js';

/** Countries in the words of a criterion, and the queue for them; other leads stay with whoever made them. */
const ROUTES: ReadonlyArray<readonly [countries: string, queue: string]> = [
  ['United Kingdom', 'Partner_Leads_North'],
  ['Germany', 'Partner_Leads_Alps'],
  ['Sweden', 'Partner_Leads_Nordics'],
  ['United States,Canada', 'Partner_Leads_Americas'],
];

const entry = (queue: string, ...criteria: ReadonlyArray<readonly [field: string, value: string]>): Body => ({
  assignedTo: queue,
  assignedToType: 'Queue',
  criteriaItems: criteria.map(([field, value]) => ({ field: `Lead.${field}`, operation: 'equals', value })),
});

const addRule = (seed: Seed, name: string, active: boolean, ruleEntry: Body[]): void => {
  const id = seed.add('AssignmentRule', { Name: name, SobjectType: 'Lead', Active: active }, 800);
  seed.tools.components.put(seed.author(800), {
    type: 'AssignmentRule',
    fullName: `Lead.${name}`,
    id,
    body: { active: String(active), ruleEntry },
  });
};

/** Adds the rule that is active and one that has been switched off. */
export const seedAssignmentRules = (seed: Seed): void => {
  addRule(
    seed,
    'Channel Lead Routing',
    true,
    ROUTES.map(([countries, queue]) => entry(queue, ['LeadSource', 'Partner Referral'], ['Country', countries]))
  );
  addRule(seed, 'Trade Fair Routing', false, [entry('Partner_Leads_West', ['LeadSource', 'Other'])]);
};
