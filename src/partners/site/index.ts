export { SiteInputError } from './errors.js';
export { deploymentFor, statusBack, type SiteFile } from './live.js';
export { countMails, maySendMails, NO_MAILS, onTheirWay, type MailQuestion } from './mails.js';
export {
  siteDetailsSchema,
  type Group,
  type Mails,
  type Parent,
  type PlannedMember,
  type SiteFacts,
  type SiteRequest,
} from './model.js';
export { type People } from './people.js';
export { memberChanges, SITE_KIND } from './plan.js';
export { prepareSite, readStates, requestOf, suggestMembers, type PreparedSite } from './prepare.js';
export { sitePrepareResult, sitePrepareResultSchema, type SitePrepareResult } from './result.js';
