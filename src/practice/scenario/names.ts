/** Invented names. Companies are clearly examples, addresses end in example.com or .invalid. */

export const FIRST_NAMES = [
  'Ada',
  'Bela',
  'Cleo',
  'Dario',
  'Edda',
  'Fabio',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kira',
  'Levin',
  'Mira',
  'Nils',
  'Oda',
  'Pavel',
  'Quinn',
  'Rosa',
  'Sami',
  'Tilda',
  'Uma',
  'Viggo',
  'Wanda',
  'Xenia',
  'Yann',
  'Zora',
];

export const LAST_NAMES = [
  'Ashgrove',
  'Birkenau',
  'Calloway',
  'Dunmore',
  'Eastvale',
  'Farnwick',
  'Goldmoor',
  'Hartfell',
  'Ironvale',
  'Juniper',
  'Kestrel',
  'Larkspur',
  'Mossbank',
  'Northgate',
  'Oakhollow',
  'Pinecrest',
  'Quarry',
  'Ravenhill',
  'Stonebrook',
  'Thornfield',
  'Underhill',
  'Vineyard',
  'Westerly',
  'Yarrow',
  'Zephyr',
];

export const TRADES = [
  'Harbor',
  'Lantern',
  'Beacon',
  'Facade',
  'Stage',
  'Garden',
  'Tunnel',
  'Museum',
  'Gallery',
  'Stadium',
  'Orchard',
  'Bridge',
  'Market',
  'Station',
  'Theatre',
  'Vineyard',
  'Workshop',
  'Foundry',
  'Mill',
  'Quay',
];

export const FORMS = ['Ltd', 'GmbH', 'Inc', 'AG', 'SARL', 'BV', 'AB', 'SpA'];

export const PLACES: ReadonlyArray<readonly [country: string, city: string]> = [
  ['United Kingdom', 'Leeds'],
  ['Germany', 'Kassel'],
  ['France', 'Lyon'],
  ['Netherlands', 'Utrecht'],
  ['United States', 'Denver'],
  ['Canada', 'Calgary'],
  ['Sweden', 'Uppsala'],
  ['Italy', 'Turin'],
];

export const SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
export const INDUSTRIES = [
  'Construction',
  'Hospitality',
  'Retail',
  'Education',
  'Healthcare',
  'Manufacturing',
  'Energy',
];
export const TITLES = ['Buyer', 'Facility Manager', 'Lighting Designer', 'Project Lead', 'Owner', 'Architect'];

/** Company number `index`; numbers beyond the combinations get a number. */
export const companyName = (index: number): string => {
  const trade = TRADES[index % TRADES.length]!;
  const form = FORMS[Math.floor(index / TRADES.length) % FORMS.length]!;
  const round = Math.floor(index / (TRADES.length * FORMS.length));
  return `Example ${trade}${round === 0 ? '' : ` ${round + 1}`} ${form}`;
};
