/** Which contact a row means. */
import { expect } from 'chai';
import { Contacts, type FoundContact } from '../../../src/partners/invite/contacts.js';
import type { InviteWish } from '../../../src/partners/invite/wishes.js';
import { ACCOUNT, contact, wish } from './support.js';

const JAN = contact(1, { first: 'Jan', last: 'Novák', email: 'Office@acme.example.com' });
const EVA = contact(2, { first: 'Eva', last: 'Nováková', email: 'eva@acme.example.com' });
const TWIN = contact(3, { first: 'Eva', last: 'Nováková', email: 'eva@acme.example.com' });
const SILENT = contact(4, { first: null, last: 'Tichá', email: null });
const OTHER = contact(5, { last: 'Other', email: 'office@acme.example.com', accountId: '001000000000009AAA' });

const find = (known: readonly FoundContact[], row: Partial<InviteWish>, accountId?: string): FoundContact | string => {
  const { contact: found, problem } = new Contacts(new Map(known.map((one) => [one.id, one]))).of(wish(row), accountId);
  return found ?? problem;
};

describe('contacts that rows mean', () => {
  it('are found by id of either length, address, or name in the account, whatever the letters', () => {
    const known = [JAN, EVA, SILENT, OTHER];
    expect(find(known, { contactId: JAN.id.slice(0, 15), last: 'Whatever' })).to.equal(JAN);
    expect(find(known, { email: 'EVA@acme.example.com' })).to.equal(EVA);
    expect(find(known, { email: 'office@acme.example.com' }, ACCOUNT.id)).to.equal(JAN);
    expect(find(known, { first: 'eva', last: 'NOVÁKOVÁ' }, ACCOUNT.id)).to.equal(EVA);
    expect(find(known, { last: 'Tichá', email: 'ticha@acme.example.com' }, ACCOUNT.id), 'has no address yet').to.equal(
      SILENT
    );
  });

  it('of one address are told apart by account and name, and are not certain otherwise', () => {
    expect(find([JAN, OTHER], { email: 'office@acme.example.com' })).to.match(/^2 contacts have the e-mail address/);
    expect(find([JAN, OTHER], { email: 'office@acme.example.com', first: 'jan', last: 'novák' })).to.equal(JAN);
    expect(find([EVA, TWIN], { first: 'Eva', last: 'Nováková' }, ACCOUNT.id)).to.contain(`${EVA.id}, ${TWIN.id}`);
    expect(find([EVA], { first: 'Eva', last: 'Nováková', email: 'e@b.example.com' }, ACCOUNT.id)).to.match(
      /has a contact Eva Nováková with another address, eva@acme\.example\.com/
    );
  });

  it('are not somebody else who has the address, however accents are written', () => {
    const office = 'office@acme.example.com';
    for (const last of ['Novak', 'NOVÁK', 'Nova\u0301k'])
      expect(find([JAN], { email: office, last }), last).to.equal(JAN);
    for (const create of [true, false])
      expect(find([JAN], { email: office, first: 'Petr', last: 'Svoboda', create }, ACCOUNT.id)).to.equal(
        `The address belongs to Jan Novák (${JAN.id}). Say which by the Contact Id.`
      );
    expect(find([JAN], { email: office, first: 'NOVAK', last: 'jan' }), 'names that changed places').to.equal(JAN);
    expect(find([JAN], { email: office, first: 'Novak', last: 'Petr' })).to.contain('belongs to Jan Novák');
  });
});
