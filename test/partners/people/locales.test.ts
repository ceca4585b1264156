import { expect } from 'chai';
import { fitTimeZone, fitToPicklist, localesOf, regionOf } from '../../../src/partners/people/index.js';

describe('partners: countries', () => {
  const NAMES: Readonly<Record<string, readonly string[]>> = {
    CZ: ['cz', 'CZE', 'Czechia', 'Czech Republic', 'ČESKO', 'ceska republika', 'Tschechien', 'Tchéquie', 'チェコ'],
    DE: ['DE', 'Germany', 'Deutschland', 'Německo', 'Allemagne', 'Alemania', 'Germania', 'ドイツ', '德国'],
    GB: ['UK', 'U.K.', 'GB', 'United Kingdom', 'Great Britain', 'England', 'Vereinigtes Königreich', 'イギリス'],
    US: ['us', 'USA', 'U.S.A.', 'United States', 'The United States of America', 'Spojené státy', 'アメリカ'],
    JP: ['Japan', '日本', 'Japonsko', 'Japon'],
    AT: ['Österreich', 'Rakousko', ' Austria '],
    NL: ['The Netherlands', 'Holland', 'Niederlande'],
    KR: ['Korea, Republic of', 'South Korea', '대한민국'],
    TT: ['Trinidad and Tobago', 'Trinidad & Tobago'],
    LC: ['Saint Lucia', 'St. Lucia'],
    CI: ["Cote d'Ivoire", 'Côte d’Ivoire'],
    VN: ['Viet Nam', 'Việt Nam'],
  };
  for (const [region, names] of Object.entries(NAMES)) {
    it(`knows ${region} by ${names.length} names`, () => {
      for (const name of names) expect(regionOf(name), name).to.equal(region);
    });
  }

  it('does not know what is no country', () => {
    for (const name of [undefined, '', ' ', '-', 'Atlantis', 'EU', 'XX', 'ZZ', 'Europe']) {
      expect(regionOf(name), name).to.equal(undefined);
      expect(localesOf(name), name).to.equal(undefined);
    }
  });
});

describe('partners: locale, language and time zone of a country', () => {
  const of = (country: string, state?: string): Array<string | undefined> => {
    const { locale, language, timeZone } = localesOf(country, state)!;
    return [locale, language, timeZone];
  };

  it('are those of its people, by the keys of Salesforce', () => {
    const cases: Array<[string, string, string, string | undefined]> = [
      ['CZ', 'cs_CZ', 'cs', 'Europe/Prague'],
      ['DE', 'de_DE', 'de', 'Europe/Berlin'],
      ['CH', 'de_CH', 'de', 'Europe/Zurich'],
      ['GB', 'en_GB', 'en_GB', 'Europe/London'],
      ['JP', 'ja_JP', 'ja', 'Asia/Tokyo'],
      ['NL', 'nl_NL', 'nl_NL', 'Europe/Amsterdam'],
      ['ES', 'es_ES', 'es', 'Europe/Madrid'],
      ['PT', 'pt_PT', 'pt_PT', 'Europe/Lisbon'],
      ['NO', 'no_NO', 'no', 'Europe/Oslo'],
      ['IL', 'iw_IL', 'iw', 'Asia/Jerusalem'],
      ['ID', 'in_ID', 'in', undefined],
      ['IN', 'en_IN', 'en_GB', 'Asia/Kolkata'],
      ['VN', 'vi_VN', 'vi', 'Asia/Ho_Chi_Minh'],
      ['CN', 'zh_CN', 'zh_CN', 'Asia/Shanghai'],
      ['TW', 'zh_TW', 'zh_TW', 'Asia/Taipei'],
      ['HK', 'zh_HK', 'zh_TW', 'Asia/Hong_Kong'],
      ['BR', 'pt_BR', 'pt_BR', undefined],
      ['MX', 'es_MX', 'es_MX', undefined],
      ['RU', 'ru_RU', 'ru', undefined],
    ];
    for (const [country, ...expected] of cases) expect(of(country), country).to.deep.equal(expected);
  });

  it('takes the time zone of the state where the country has several', () => {
    expect(of('US')).to.deep.equal(['en_US', 'en_US', undefined]);
    for (const [country, state, zone] of [
      ['USA', 'TX', 'America/Chicago'],
      ['USA', 'new york', 'America/New_York'],
      ['USA', 'West Virginia', 'America/New_York'],
      ['USA', 'Hawaii', 'Pacific/Honolulu'],
      ['USA', 'Springfield', undefined],
      ['Canada', 'Québec', 'America/Toronto'],
      ['Kanada', 'BC', 'America/Vancouver'],
      ['Australia', 'WA', 'Australia/Perth'],
      ['Germany', 'WA', 'Europe/Berlin'],
    ])
      expect(localesOf(country, state)?.timeZone, state).to.equal(zone);
  });
});

describe('partners: what an org has of it', () => {
  it('fits a language or locale to the picklist', () => {
    const languages = ['en_US', 'de', 'es_MX', 'es', 'pt_BR', 'zh_CN', 'iw', 'no'];
    const fit = (wanted: string | undefined): string => fitToPicklist(wanted, languages, 'FALLBACK');
    expect(['de', 'DE', 'en_GB', 'es_AR', 'pt_PT', 'iw', 'he'].map(fit)).to.deep.equal([
      'de',
      'de',
      'en_US',
      'es',
      'pt_BR',
      'iw',
      'iw',
    ]);
    expect([fit('zh_TW'), fit('nb'), fit('cs'), fit(undefined), fit('???')]).to.deep.equal([
      'FALLBACK',
      'no',
      'FALLBACK',
      'FALLBACK',
      'FALLBACK',
    ]);
    const locales = ['de_AT', 'de_DE', 'en_AU', 'fr_CA', 'zh_TW_STROKE', 'th_TH_TH'];
    expect(['de_LI', 'en_GB', 'fr_BE', 'zh_HK', 'th_TH'].map((one) => fitToPicklist(one, locales, 'x'))).to.deep.equal([
      'de_DE',
      'en_AU',
      'fr_CA',
      'zh_TW_STROKE',
      'th_TH_TH',
    ]);
  });

  it('fits a time zone by its other names and by its clock', () => {
    const zones = [
      'GMT',
      'Europe/London',
      'Africa/Ceuta',
      'Europe/Berlin',
      'Asia/Colombo',
      'Asia/Kolkata',
      'America/New_York',
    ];
    const fit = (wanted: string | undefined): string => fitTimeZone(wanted, zones, 'FALLBACK');
    expect(['Europe/London', 'Asia/Calcutta', 'Europe/Prague', 'America/Toronto'].map(fit)).to.deep.equal([
      'Europe/London',
      'Asia/Kolkata',
      'Europe/Berlin',
      'America/New_York',
    ]);
    expect(fit('Europe/Athens'), 'nothing with that clock').to.equal('FALLBACK');
    expect(fitTimeZone('Asia/Nicosia', ['GMT', 'Europe/Athens'], 'FALLBACK')).to.equal('Europe/Athens');
    expect([fit('Asia/Tokyo'), fit('America/Phoenix'), fit(undefined), fit('Mars/Base')]).to.deep.equal(
      Array(4).fill('FALLBACK')
    );
  });
});
