/** The time zone of a country, where it has one. */

/** Of countries with several: the zone of nearly everybody. Countries without such a zone are not here. */
const MAIN: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
  UA: 'Europe/Kiev',
  UZ: 'Asia/Tashkent',
};

/** Names of today for those Node has kept; Salesforce's picklist has these. */
const TODAY: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
};

/** States by the zone of most of their people; code and name of each. */
const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    'America/New_York': `CT Connecticut, DC District of Columbia, DE Delaware, FL Florida, GA Georgia, IN Indiana, KY Kentucky,
      MA Massachusetts, MD Maryland, ME Maine, MI Michigan, NC North Carolina, NH New Hampshire, NJ New Jersey, NY New York,
      OH Ohio, PA Pennsylvania, RI Rhode Island, SC South Carolina, VA Virginia, VT Vermont, WV West Virginia`,
    'America/Chicago': `AL Alabama, AR Arkansas, IA Iowa, IL Illinois, KS Kansas, LA Louisiana, MN Minnesota, MO Missouri,
      MS Mississippi, ND North Dakota, NE Nebraska, OK Oklahoma, SD South Dakota, TN Tennessee, TX Texas, WI Wisconsin`,
    'America/Denver': 'CO Colorado, ID Idaho, MT Montana, NM New Mexico, UT Utah, WY Wyoming',
    'America/Phoenix': 'AZ Arizona',
    'America/Los_Angeles': 'CA California, NV Nevada, OR Oregon, WA Washington',
    'America/Anchorage': 'AK Alaska',
    'Pacific/Honolulu': 'HI Hawaii',
  },
  CA: {
    'America/Toronto': 'ON Ontario, QC Quebec',
    'America/Winnipeg': 'MB Manitoba',
    'America/Regina': 'SK Saskatchewan',
    'America/Edmonton': 'AB Alberta, NT Northwest Territories',
    'America/Vancouver': 'BC British Columbia',
    'America/Halifax': 'NS Nova Scotia, NB New Brunswick, PE Prince Edward Island',
    'America/St_Johns': 'NL Newfoundland and Labrador',
  },
  AU: {
    'Australia/Sydney': 'NSW New South Wales, ACT Australian Capital Territory',
    'Australia/Melbourne': 'VIC Victoria',
    'Australia/Brisbane': 'QLD Queensland',
    'Australia/Adelaide': 'SA South Australia',
    'Australia/Perth': 'WA Western Australia',
    'Australia/Darwin': 'NT Northern Territory',
    'Australia/Hobart': 'TAS Tasmania',
  },
};

/** Node 22 has the zones as a property, later ones as a method. */
type Zoned = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] | undefined };

/** The zone of a country (ISO code), of one of its states (code or name) where it has several, else undefined. */
export function timeZoneOf(region: string, state: string | undefined): string | undefined {
  const states = STATES[region];
  if (states) return stateZone(states, fold(state ?? ''));
  if (MAIN[region] !== undefined) return MAIN[region];
  const locale = new Intl.Locale(`und-${region}`) as Zoned;
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length === 1 ? (TODAY[zones[0]!] ?? zones[0]) : undefined;
}

function stateZone(zones: Readonly<Record<string, string>>, wanted: string): string | undefined {
  const has = (list: string): boolean =>
    list.split(',').some((state) => {
      const [code = '', ...name] = state.trim().split(/\s+/);
      return fold(code) === wanted || fold(name.join('')) === wanted;
    });
  return wanted === '' ? undefined : Object.keys(zones).find((zone) => has(zones[zone]!));
}

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
