import { expect } from 'chai';
import { Desk } from '../sites/support.js';

type Saved = { success: boolean; errors: Array<{ statusCode: string }> };

/** Texts are unverified [M]; what is refused is not (platform-facts C1, C3). */
describe('what cannot be deleted because of partner users, over HTTP', () => {
  let desk: Desk;
  before(async () => (desk = await Desk.open()));
  after(() => desk.close());

  const alive = (object: string, id: string): boolean =>
    desk.test.query(`SELECT Id FROM ${object} WHERE Id = '${id}'`).length === 1;
  const deleteAll = async (...ids: string[]): Promise<string[]> => {
    const { body } = await desk.rest('DELETE', `/composite/sobjects?ids=${ids.join()}`);
    return (body as Saved[]).map(({ success, errors }) => (success ? 'ok' : errors[0]!.statusCode));
  };

  it('a contact that has a user, active or not; one without is deleted', async () => {
    const { accountId, contactId } = await desk.freshContact();
    const userId = await desk.create('User', desk.partner(contactId));
    const refusal = new RegExp(`^400 DELETE_FAILED .*portal user ${userId}`);
    expect(await desk.refused('DELETE', `/sobjects/Contact/${contactId}`)).to.match(refusal);
    await desk.update('User', userId, { IsActive: false });
    expect(await desk.refused('DELETE', `/sobjects/Contact/${contactId}`)).to.match(refusal);
    const other = await desk.create('Contact', { LastName: 'Other', AccountId: accountId });
    expect(await deleteAll(contactId, other)).to.deep.equal(['DELETE_FAILED', 'ok']);
    expect([alive('Contact', contactId), alive('Contact', other)]).to.deep.equal([true, false]);
  });

  it('a partner account, with and without users; once it is none and had no users, it is deleted', async () => {
    const { accountId } = await desk.freshContact();
    expect(await desk.refused('DELETE', `/sobjects/Account/${accountId}`)).to.match(
      /^400 DELETE_FAILED .*partner account/
    );
    const plain = await desk.create('Account', { Name: 'Example Plain' });
    expect(await deleteAll(accountId, plain)).to.deep.equal(['DELETE_FAILED', 'ok']);
    expect([alive('Account', accountId), alive('Account', plain)]).to.deep.equal([true, false]);
    await desk.update('Account', accountId, { IsPartner: false });
    expect(await deleteAll(accountId)).to.deep.equal(['ok']);
  });

  it('an account that is no partner, through which the contact of a user would go too', async () => {
    const OwnerId = desk.id('User', 'Nora Fieldgate');
    const AccountId = await desk.create('Account', { Name: 'Example Never Partner', OwnerId });
    const contactId = await desk.create('Contact', { LastName: 'Kept', AccountId });
    await desk.create('User', desk.partner(contactId));
    expect(await deleteAll(AccountId)).to.deep.equal(['DELETE_FAILED']);
    expect([alive('Account', AccountId), alive('Contact', contactId)]).to.deep.equal([true, true]);
  });

  it('the contact of a user keeps its account', async () => {
    const { contactId } = await desk.freshContact();
    await desk.create('User', desk.partner(contactId));
    const path = `/sobjects/Contact/${contactId}`;
    const other = await desk.create('Account', { Name: 'Example Elsewhere' });
    for (const AccountId of [null, other]) {
      expect(await desk.refused('PATCH', path, { AccountId })).to.match(/^400 FIELD_INTEGRITY_EXCEPTION /);
    }
  });
});
