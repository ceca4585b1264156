import { createElement } from 'lwc';
import PartnerInvitation from 'c/partnerInvitation';
import previewInvitation from '@salesforce/apex/PartnerEnablement.previewInvitation';
import choices from '@salesforce/apex/PartnerEnablement.choices';
import review from '@salesforce/apex/PartnerEnablement.review';
import invite from '@salesforce/apex/PartnerEnablement.invite';
import { button, settled } from 'page-test';

jest.mock('@salesforce/apex/PartnerEnablement.previewInvitation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.choices', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.review', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.invite', () => ({ default: jest.fn() }), { virtual: true });

const DRAFT = {
  contactId: '003A',
  accountName: 'Alpha',
  firstName: 'Ann',
  lastName: 'Lake',
  email: 'ann@example.com',
  username: 'ann@example.com',
  profileId: '00eA',
  sendLogin: true,
  welcomingSites: '',
  problems: [],
};

const show = async () => {
  const invitation = createElement('c-partner-invitation', { is: PartnerInvitation });
  Object.assign(invitation, { contactId: '003A', contactName: 'Ann Lake', accountName: 'Alpha' });
  document.body.appendChild(invitation);
  await settled();
  const root = invitation.shadowRoot;
  root.querySelectorAll('lightning-input, lightning-combobox').forEach((input) => (input.reportValidity = () => true));
  return root;
};

const change = (root, name, detail) =>
  root.querySelector(`[data-name="${name}"]`).dispatchEvent(new CustomEvent('change', { detail }));

const press = async (root, label) => {
  button(root, label).click();
  await settled();
};

describe('c-partner-invitation', () => {
  beforeEach(() => {
    previewInvitation.mockResolvedValue(DRAFT);
    choices.mockResolvedValue({ profileId: [{ value: '00eA', label: 'Partner' }] });
    review.mockImplementation(({ changed }) => Promise.resolve(changed));
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('saves what was shown last, and only then', async () => {
    const root = await show();
    change(root, 'username', { value: 'lake@example.com' });
    change(root, 'sendLogin', { checked: false });
    await press(root, 'c.Channel_Desk_Enable_Review');
    const facts = [...root.querySelectorAll('dd')].map((one) => one.textContent);
    expect(facts.slice(0, 4)).toEqual(['Ann Lake', 'Alpha', 'ann@example.com', 'lake@example.com']);
    expect(facts).toContain('Partner');
    expect(root.textContent).toContain('c.Channel_Desk_Enable_No_Login_Mail');
    expect(invite).not.toHaveBeenCalled();
    const invited = new Promise((done) => root.host.addEventListener('invited', ({ detail }) => done(detail)));
    invite.mockResolvedValue('005A');
    await press(root, 'c.Channel_Desk_Enable_Save');
    expect(await invited).toEqual({ name: 'Ann Lake', username: 'lake@example.com' });
    expect(invite).toHaveBeenCalledWith({
      confirmed: expect.objectContaining({ username: 'lake@example.com', sendLogin: false }),
    });
  });

  it('waits for the agreement to a mail that cannot be held back', async () => {
    review.mockImplementation(({ changed }) => Promise.resolve({ ...changed, welcomingSites: 'Central' }));
    const root = await show();
    await press(root, 'c.Channel_Desk_Enable_Review');
    expect(button(root, 'c.Channel_Desk_Enable_Save').disabled).toBe(true);
    change(root, 'acceptsWelcome', { checked: true });
    await settled();
    expect(button(root, 'c.Channel_Desk_Enable_Save').disabled).toBe(false);
    // An agreement counts for the details that were seen: changed ones are agreed to anew.
    await press(root, 'c.Channel_Desk_Enable_Back');
    root.querySelectorAll('lightning-input, lightning-combobox').forEach((one) => (one.reportValidity = () => true));
    await press(root, 'c.Channel_Desk_Enable_Review');
    expect(button(root, 'c.Channel_Desk_Enable_Save').disabled).toBe(true);
  });

  it('offers nothing that the org would refuse', async () => {
    review.mockImplementation(({ changed }) => Promise.resolve({ ...changed, problems: ['Enable it first.'] }));
    const root = await show();
    await press(root, 'c.Channel_Desk_Enable_Review');
    expect(root.querySelector('[role="alert"]').textContent).toContain('Enable it first.');
    expect(button(root, 'c.Channel_Desk_Enable_Save')).toBeUndefined();
  });

  it('keeps the details where saving fails', async () => {
    const root = await show();
    await press(root, 'c.Channel_Desk_Enable_Review');
    invite.mockRejectedValueOnce({ body: { message: 'License Limit Exceeded' } });
    await press(root, 'c.Channel_Desk_Enable_Save');
    expect(root.querySelector('[role="alert"]').textContent).toBe('License Limit Exceeded');
    expect(button(root, 'c.Channel_Desk_Enable_Save').disabled).toBe(false);
  });

  it('stays open while it is saved, and tells what the org refused', async () => {
    const root = await show();
    await press(root, 'c.Channel_Desk_Enable_Review');
    let refuse;
    invite.mockReturnValue(new Promise((_done, fail) => (refuse = fail)));
    const closed = jest.fn();
    root.host.addEventListener('close', closed);
    await press(root, 'c.Channel_Desk_Enable_Save');
    root.querySelector('c-desk-dialog').dispatchEvent(new CustomEvent('close'));
    expect(closed).not.toHaveBeenCalled();
    refuse({ body: { message: 'No licence is left.' } });
    await settled();
    expect(root.querySelector('[role="alert"]').textContent).toBe('No licence is left.');
    root.querySelector('c-desk-dialog').dispatchEvent(new CustomEvent('close'));
    expect(closed).toHaveBeenCalledTimes(1);
  });
});
