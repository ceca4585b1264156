/** Channel managers by what people call them, among the users of the example company. */
import { expect } from 'chai';
import type { Connection } from '@salesforce/core';
import { findManagers, whyNoOwner, type ManagerAnswer } from '../../../src/partners/managers.js';
import { connect } from '../../helpers/exposure.js';
import { Desk } from '../../practice/sites/support.js';

describe('channel managers by name', function () {
  this.timeout(60_000);
  let desk: Desk;
  let conn: Connection;
  before(async () => {
    desk = await Desk.open();
    ({ conn } = await connect(desk.test.username));
  });
  after(() => desk.close());

  const find = async (text: string): Promise<ManagerAnswer> => (await findManagers(conn, [text]))(text);
  const nora = (): string => desk.id('User', 'Nora Fieldgate');
  const rename = (name: string, values: Record<string, string | number>): void => {
    const columns = Object.keys(values).map((column) => `"${column}" = ?`);
    desk.test.org.store
      .sql(`UPDATE "User" SET ${columns.join(', ')} WHERE "Id" = ?`)
      .run(...Object.values(values), desk.id('User', name));
  };

  it('are found by id, username, e-mail address and name, in any letters', async () => {
    const id = nora();
    for (const text of [
      id,
      id.slice(0, 15),
      'NORA.fieldgate@practice.example.com',
      'Nora.Fieldgate@example.com',
      'nora fieldgate',
    ])
      expect((await find(text)).manager, text).to.deep.equal({
        id,
        name: 'Nora Fieldgate',
        active: true,
        role: 'Channel Manager North',
      });
  });

  it('are users of the company, and nobody else', async () => {
    const [partner] = desk.test.query<{ Id: string; Username: string; Name: string }>(
      "SELECT Id, Username, Name FROM User WHERE UserType = 'PowerPartner' LIMIT 1"
    );
    for (const text of [partner!.Id, partner!.Username, partner!.Name, 'Nobody', "O'Hara' OR Name LIKE '%"])
      expect((await find(text)).problem, text).to.equal(
        `None of your users is called ${text}, by name, username, e-mail address or id.`
      );
  });

  it('are the active one of those with one name, and not certain where several are', async () => {
    rename('Marek Coldwater', { Name: 'Stellan Moor' });
    expect((await find('Stellan Moor')).manager).to.include({ active: true, role: 'Channel Manager South' });
    rename('Jory Penrose', { Name: 'Esme Larchwood' });
    const answer = await find('Esme Larchwood');
    expect(answer.manager).to.equal(undefined);
    expect(answer.problem)
      .to.contain('Several users are called Esme Larchwood')
      .and.contain('jory.penrose@practice.example.com')
      .and.contain('esme.larchwood@practice.example.com');
    expect((await find('esme.larchwood@practice.example.com')).manager).to.include({ role: 'Channel Manager East' });
  });

  it('are told by the surest of what they are called: a username goes before the name of somebody else', async () => {
    rename('Lene Ashdown', { Name: 'wim.overbeek@practice.example.com' });
    expect((await find('wim.overbeek@practice.example.com')).manager!.name).to.equal('Wim Overbeek');
  });

  it('are answered many at once, each for itself', async () => {
    const names = Array.from({ length: 1200 }, (_, at) => `Nobody Number ${at}`);
    const answer = await findManagers(conn, [...names, 'Ilse Marchetti', nora()]);
    expect(answer('Ilse Marchetti').manager!.role).to.equal('Channel Director');
    expect(answer(nora()).manager!.name).to.equal('Nora Fieldgate');
    expect(names.filter((name) => answer(name).manager)).to.deep.equal([]);
  });

  it('own partner accounts where they are active and have a role', async () => {
    expect(whyNoOwner((await find('Ilse Marchetti')).manager!)).to.equal(undefined);
    expect(whyNoOwner((await find('Kaja Fernhill')).manager!)).to.contain('Kaja Fernhill has no role');
    expect(whyNoOwner((await find('Otto Greenhalgh')).manager!)).to.contain('Otto Greenhalgh is not active');
  });
});
