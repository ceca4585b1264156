export { AGE_CLASSES, ageClassOf } from './ages.js';
export { DAY, durationText, hoursOf, parseDuration } from './duration.js';
export type { Evidence, Handed, HeldLead, Sources } from './facts.js';
export { EvidenceOfLeads, readHeld, type Held } from './read.js';
export { leadsOf, namedScope, ownersScope, partnerScope, rotationScope, UnknownOwners, type Scope } from './scope.js';
export { SIGNS, standingOf, type Finding, type Judging, type Sign, type Standing } from './signs.js';
export { Sorted } from './sorted.js';
export { readSources } from './sources.js';
