import { expect } from 'chai';
import { Desk } from '../sites/support.js';

type Field = { name: string; restrictedPicklist: boolean; picklistValues: Array<{ value: string; active: boolean }> };

describe('languages, locales and time zones of users over HTTP (platform-facts C3)', () => {
  let desk: Desk;
  before(async () => (desk = await Desk.open()));
  after(() => desk.close());

  const values = async (object: string, name: string): Promise<string[]> => {
    const { body } = await desk.rest('GET', `/sobjects/${object}/describe`);
    const field = (body as { fields: Field[] }).fields.find((one) => one.name === name)!;
    expect(field.restrictedPicklist, name).to.equal(true);
    return field.picklistValues.filter(({ active }) => active).map(({ value }) => value);
  };
  const partner = async (more: Record<string, string>): Promise<Record<string, unknown>> =>
    desk.partner((await desk.freshContact()).contactId, more);

  it('describe lists them, each once, for users and for the org', async () => {
    const locales = await values('User', 'LocaleSidKey');
    expect(locales).to.include.members([
      'cs_CZ',
      'de_DE',
      'ja_JP',
      'pl_PL',
      'hu_HU',
      'tr_TR',
      'pt_BR',
      'es_MX',
      'iw_IL',
    ]);
    for (const locale of locales) expect(locale).to.match(/^[a-z]{2}(_[A-Z]{2}(_[A-Z]+)?)?$/);
    const languages = await values('User', 'LanguageLocaleKey');
    expect(languages).to.include.members(['en_US', 'cs', 'en_GB', 'uk', 'zh_TW']).and.to.have.length(35);
    const zones = await values('User', 'TimeZoneSidKey');
    expect(zones).to.include.members(['Europe/Prague', 'Europe/Berlin', 'Asia/Tokyo', 'GMT']);
    for (const timeZone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone }), timeZone).to.not.throw();
    for (const list of [locales, languages, zones]) expect(new Set(list).size).to.equal(list.length);
    expect(await values('Organization', 'DefaultLocaleSidKey')).to.deep.equal(locales);
    expect(await values('Organization', 'LanguageLocaleKey')).to.deep.equal(languages);
    expect(await values('Organization', 'TimeZoneSidKey')).to.deep.equal(zones);
  });

  it('a Czech, a German and a Japanese partner have theirs', async () => {
    for (const [LocaleSidKey, LanguageLocaleKey, TimeZoneSidKey] of [
      ['cs_CZ', 'cs', 'Europe/Prague'],
      ['de_AT', 'de', 'Europe/Vienna'],
      ['ja_JP', 'ja', 'Asia/Tokyo'],
    ] as const) {
      const wanted = { LocaleSidKey, LanguageLocaleKey, TimeZoneSidKey };
      const id = await desk.create('User', await partner(wanted));
      const { body } = await desk.rest('GET', `/sobjects/User/${id}?fields=${Object.keys(wanted).join()}`);
      expect(body).to.include(wanted);
    }
  });

  for (const [field, bad] of [
    ['LocaleSidKey', 'cz_CZ'],
    ['LanguageLocaleKey', 'cs_CZ'],
    ['TimeZoneSidKey', 'Europe/Praha'],
    ['EmailEncodingKey', 'Windows-1250'],
  ] as const) {
    it(`INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: ${field} ${bad}`, async () => {
      const code = /^400 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST .*: bad value for restricted picklist field: /;
      expect(await desk.refused('POST', '/sobjects/User', await partner({ [field]: bad }))).to.match(code);
      const id = desk.id('User', 'Joel Bramble');
      expect(await desk.refused('PATCH', `/sobjects/User/${id}`, { [field]: bad })).to.match(code);
    });
  }
});
