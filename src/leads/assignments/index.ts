export { BYTES_A_RECORD, ASSIGNMENT, type AssignmentOutcome } from './objects.js';
export { readAssignments, type Assignment } from './read.js';
export { ASSIGNMENT_STEP, createAssignmentsStep, type AssignmentsRequest } from './step.js';
