/** Countries as people write them. */

/** Languages in which the names of countries are known, from Unicode's CLDR inside Node. */
const LANGUAGES =
  'en de fr es it pt nl cs sk pl hu ro hr sl bg el sv da nb fi et lv lt tr ru uk ja ko zh zh-Hant vi'.split(' ');

/** Spellings CLDR does not have: codes of three letters, names of ISO 3166 as in Salesforce's picklist of countries, habits. */
const SPELLINGS: Readonly<Record<string, string>> = {
  US: 'USA / U.S.A. / America / United States of America / Vereinigte Staaten von Amerika / Spojené státy americké / アメリカ / 米国',
  GB: 'GBR / Great Britain / Britain / England / Scotland / Wales / Northern Ireland / Großbritannien / Velká Británie / Anglie / 英国',
  CZ: 'CZE / Czech Republic / Česká republika / ČR / Tschechische Republik / République tchèque / República Checa / Repubblica Ceca',
  SK: 'SVK / Slovak Republic / Slovenská republika / Slowakische Republik',
  DE: 'DEU / GER / Federal Republic of Germany / Bundesrepublik Deutschland / BRD',
  AT: 'AUT / Republik Österreich',
  CH: 'CHE / Schweizerische Eidgenossenschaft',
  NL: 'NLD / Holland / Nederland',
  FR: 'FRA',
  ES: 'ESP',
  IT: 'ITA',
  PL: 'POL',
  HU: 'HUN',
  JP: 'JPN / 日本国',
  CN: "CHN / PRC / P.R. China / Mainland China / People's Republic of China / 中华人民共和国",
  HK: 'Hong Kong / Hongkong / 香港',
  MO: 'Macao / Macau / 澳门',
  TW: 'Taiwan, Province of China / Republic of China',
  KR: 'KOR / Korea / Republic of Korea / Korea, Republic of / South Korea',
  KP: "Korea, Democratic People's Republic of",
  RU: 'Russian Federation',
  TR: 'Turkey / Türkiye / Republic of Türkiye',
  VN: 'Viet Nam / Việt Nam / Vietnam',
  AE: 'UAE',
  IE: 'Republic of Ireland',
  MD: 'Moldova, Republic of',
  MK: 'Macedonia / Macedonia, the former Yugoslav Republic of',
  TZ: 'Tanzania, United Republic of',
  VE: 'Venezuela, Bolivarian Republic of',
  BO: 'Bolivia, Plurinational State of',
  IR: 'Iran, Islamic Republic of',
  SY: 'Syrian Arab Republic',
  LA: "Lao People's Democratic Republic",
  BN: 'Brunei Darussalam',
  CD: 'Congo, the Democratic Republic of the',
  CG: 'Congo',
  VA: 'Holy See (Vatican City State) / Vatican',
  PS: 'Palestine, State of / State of Palestine',
};

let known: Map<string, string> | undefined;

/**
 * ISO code of a country given as a name, in one of thirty languages, or as an ISO code of two letters. Case, marks, punctuation
 * and a leading "the" do not count, and "&" is "and".
 */
export function regionOf(country: string | undefined): string | undefined {
  const text = country?.trim() ?? '';
  if (/^[a-z]{2}$/i.test(text)) return regionOfCode(text);
  // Names are gathered when the first is looked up: 20,000 of them take a few hundredths of a second.
  known ??= allNames();
  return known.get(fold(text));
}

/** Codes of the past and `UK` lead to those of today. */
function regionOfCode(code: string): string | undefined {
  const { region } = new Intl.Locale(`und-${code.toUpperCase()}`);
  return region !== undefined && english().of(region) !== undefined && !NO_COUNTRY.has(region) ? region : undefined;
}

/** Codes with a name that are no country. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

const english = (): Intl.DisplayNames => namesIn('en', 'long');
const namesIn = (language: string, style: 'long' | 'short'): Intl.DisplayNames =>
  new Intl.DisplayNames(language, { type: 'region', fallback: 'none', style });

function allNames(): Map<string, string> {
  const names = new Map<string, string>();
  const add = (name: string | undefined, region: string): void => {
    const key = fold(name ?? '');
    if (key !== '' && !names.has(key)) names.set(key, region);
  };
  for (const [region, spellings] of Object.entries(SPELLINGS)) {
    for (const spelling of spellings.split(' / ')) add(spelling, region);
  }
  const regions = allRegions();
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      const display = namesIn(language, style);
      for (const region of regions) add(display.of(region), region);
    }
  }
  return names;
}

function allRegions(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const display = english();
  return codes.filter((code) => !NO_COUNTRY.has(code) && display.of(code) !== undefined && regionOfCode(code) === code);
}

const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/^\s*the\s+/, '')
    .replaceAll('&', ' and ')
    .replace(/\bsaint\b/g, 'st')
    .replace(/[^\p{L}]/gu, '');
