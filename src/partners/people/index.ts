export { aliasOf, nicknameOf } from './alias.js';
export { latinOf, type LatinContext } from './latin.js';
export { localesOf, type PersonLocales } from './locales.js';
export type { Person } from './person.js';
export { fitTimeZone, fitToPicklist } from './picklist.js';
export { regionOf } from './regions.js';
export {
  checkUsernamePattern,
  DEFAULT_USERNAME_PATTERN,
  uniqueUsername,
  USERNAME_TOKENS,
  UsernameError,
  usernameOf,
} from './username.js';
