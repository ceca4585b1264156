/** Locale, language and time zone of a partner user, from the country of the account. */
import { regionOf } from './regions.js';
import { timeZoneOf } from './time-zones.js';

/** As the User object has them (platform-facts C3): LocaleSidKey, LanguageLocaleKey, TimeZoneSidKey. */
export type PersonLocales = { region: string; locale: string; language: string; timeZone?: string };

/** Where business is done in another language than the one most people speak at home, which is what CLDR says. */
const BUSINESS: ReadonlyArray<readonly [language: string, regions: string]> = [
  ['en', 'GH IN KE LK LS MT MW NA PH PK RW SZ TZ UG ZM ZW'],
  ['fr', 'BI CF MG ML NE SN'],
  ['es', 'PY'],
  ['nl', 'AW CW'],
];

/** Salesforce has the codes of old Java versions. */
const OLD_CODES: Readonly<Record<string, string>> = { he: 'iw', id: 'in', nb: 'no', nn: 'no' };

/** English as in the United States; elsewhere it is British. */
const AMERICAN = new Set(['US', 'CA', 'PH', 'PR', 'GU', 'VI', 'LR']);

/**
 * What people of a country usually have, or undefined where nobody knows the country. The time zone is left out where a country
 * has several and the state does not decide. Belgium, Canada and Switzerland get the language of most.
 */
export function localesOf(country: string | undefined, state?: string): PersonLocales | undefined {
  const key = JSON.stringify([country, state]);
  if (!known.has(key)) known.set(key, findLocales(country, state));
  return known.get(key);
}

/** What was found for a country and state. Thousands of people live in few countries, and each look takes a quarter of a ms. */
const known = new Map<string, PersonLocales | undefined>();

function findLocales(country: string | undefined, state: string | undefined): PersonLocales | undefined {
  const region = regionOf(country);
  if (region === undefined) return undefined;
  const likely = new Intl.Locale(`und-${region}`).maximize();
  const language = BUSINESS.find(([, regions]) => regions.includes(region))?.[0] ?? likely.language;
  const timeZone = timeZoneOf(region, state);
  return {
    region,
    locale: `${OLD_CODES[language] ?? language}_${region}`,
    language: languageKey(language, region, likely.script),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

/** Salesforce's key of a language: most are the bare code, some have a country. */
function languageKey(language: string, region: string, script: string | undefined): string {
  switch (language) {
    case 'en':
      return AMERICAN.has(region) ? 'en_US' : 'en_GB';
    case 'es':
      return region === 'MX' ? 'es_MX' : 'es';
    case 'nl':
      return 'nl_NL';
    case 'pt':
      return region === 'BR' ? 'pt_BR' : 'pt_PT';
    case 'zh':
      return script === 'Hant' ? 'zh_TW' : 'zh_CN';
    default:
      return OLD_CODES[language] ?? language;
  }
}
