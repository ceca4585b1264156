export { PORTAL_ROLES } from './invitee.js';
export { refusedInvites } from './outcome.js';
export { buildInvitePlan, INVITE_KIND, inviteDetailsSchema, type InviteDetails } from './plan.js';
export {
  InviteInputError,
  readInvite,
  readInviteFingerprint,
  type InviteRequest,
  type InviteSnapshot,
} from './read.js';
export { partnerInviteResult, partnerInviteResultSchema, userOf, type PartnerInviteResult } from './result.js';
