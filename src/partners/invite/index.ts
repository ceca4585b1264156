export { PORTAL_ROLES } from './invitee.js';
export { refusedInvites } from './outcome.js';
export {
  buildInvitePlan,
  INVITE_KIND,
  inviteDetailsSchema,
  sourceOfPlan,
  USERS_STEP,
  type InviteDetails,
} from './plan.js';
export { PEOPLE_COLUMNS, peopleRow, plannedUsers, userOf, type ShownUser } from './people.js';
export { haveMailsChanged, readInviteFingerprint } from './relies.js';
export { InviteInputError, readInvite, type InviteRequest, type InviteSnapshot } from './read.js';
export { partnerInviteResult, partnerInviteResultSchema, type PartnerInviteResult } from './result.js';
