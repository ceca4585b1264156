import { createElement } from 'lwc';
import PartnerEnablement from 'c/partnerEnablement';
import previewAccount from '@salesforce/apex/PartnerEnablement.previewAccount';
import enableAccount from '@salesforce/apex/PartnerEnablement.enableAccount';
import contacts from '@salesforce/apex/PartnerEnablement.contacts';
import { button, nextToast, settled } from 'page-test';

jest.mock('@salesforce/apex/PartnerEnablement.previewAccount', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.enableAccount', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.contacts', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.previewInvitation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.choices', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.review', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerEnablement.invite', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Hidden_Fields', () => ({ default: 'Hidden: {0}' }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Enable_Is', () => ({ default: '{0} is one' }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Manage', () => ({ default: true }), { virtual: true });

const ACCOUNT = { accountId: '001A', name: 'Alpha', ownerName: 'Nora', alreadyPartner: false, problems: [], fixes: [] };
const ANN = { contactId: '003A', name: 'Ann' };
const BEN = { contactId: '003B', name: 'Ben', person: { userId: '005B', eligible: 'yes' } };

const ENABLE = 'c.Channel_Desk_Enable_Action';
const INVITE = 'c.Channel_Desk_Enable_Invite';

/** An answer that comes when it is told to. */
const later = () => {
  const one = {};
  one.promise = new Promise((done, fail) => Object.assign(one, { done, fail }));
  return one;
};

const namesIn = (root) => [...root.querySelectorAll('h4')].map((one) => one.textContent);

const show = async () => {
  const page = createElement('c-partner-enablement', { is: PartnerEnablement });
  page.recordId = '001A';
  document.body.appendChild(page);
  await settled();
  return page.shadowRoot;
};

describe('c-partner-enablement', () => {
  beforeEach(() => {
    previewAccount.mockResolvedValue(ACCOUNT);
    contacts.mockResolvedValue({ contacts: [ANN, BEN], hasMore: false, hidden: {} });
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('enables after a question, and shows what is true then', async () => {
    const root = await show();
    expect(button(root, INVITE)).toBeUndefined();
    button(root, ENABLE).click();
    await settled();
    expect(enableAccount).not.toHaveBeenCalled();
    enableAccount.mockResolvedValue({});
    previewAccount.mockResolvedValue({ ...ACCOUNT, alreadyPartner: true });
    const toast = nextToast(root);
    button(root.querySelector('c-desk-dialog'), ENABLE).click();
    expect((await toast).variant).toBe('success');
    expect(enableAccount).toHaveBeenCalledWith({ accountId: '001A' });
    await settled();
    expect(button(root, ENABLE)).toBeUndefined();
    expect(button(root, INVITE, '003A')).toBeDefined();
    expect(button(root, INVITE, '003B')).toBeUndefined();
  });

  it('says what stands in the way, with what to do, and offers nothing', async () => {
    previewAccount.mockResolvedValue({ ...ACCOUNT, problems: ['No role.', 'A person.'], fixes: ['Give one.', ''] });
    const root = await show();
    const items = [...root.querySelectorAll('.slds-list_dotted li')].map((one) => one.textContent);
    expect(items).toEqual(['No role.c.Channel_Desk_Person_Fix', 'A person.']);
    expect(button(root, ENABLE)).toBeUndefined();
  });

  it('tells what the org refuses', async () => {
    const root = await show();
    button(root, ENABLE).click();
    await settled();
    enableAccount.mockRejectedValueOnce({ body: { message: 'Not now.' } });
    const toast = nextToast(root);
    button(root.querySelector('c-desk-dialog'), ENABLE).click();
    expect(await toast).toMatchObject({ variant: 'error', message: 'Not now.' });
  });

  it('shows the account where its contacts cannot be shown', async () => {
    contacts.mockRejectedValueOnce({ body: { message: 'No contacts for you.' } });
    const root = await show();
    const [, state] = root.querySelectorAll('c-desk-state');
    expect(state.problem).toBe('No contacts for you.');
    expect(button(root, ENABLE)).toBeDefined();
  });

  it('reads contacts again when somebody was invited', async () => {
    previewAccount.mockResolvedValue({ ...ACCOUNT, alreadyPartner: true });
    const root = await show();
    button(root, INVITE, '003A').click();
    await settled();
    const toast = nextToast(root);
    const detail = { name: 'Ann', username: 'ann@example.com' };
    root.querySelector('c-partner-invitation').dispatchEvent(new CustomEvent('invited', { detail }));
    expect((await toast).variant).toBe('success');
    expect(contacts).toHaveBeenCalledTimes(2);
    expect(root.querySelector('c-partner-invitation')).toBeNull();
  });

  it('shows nothing of an account that the page has left, whatever comes late', async () => {
    previewAccount.mockImplementation(({ accountId }) =>
      Promise.resolve({ ...ACCOUNT, accountId, name: accountId, alreadyPartner: true })
    );
    const root = await show();
    button(root, INVITE, '003A').click();
    await settled();
    const [old, late] = [later(), later()];
    contacts.mockReturnValueOnce(old.promise).mockReturnValueOnce(late.promise);
    root.host.recordId = '001B';
    await settled();
    expect(root.querySelector('c-partner-invitation')).toBeNull();
    expect(root.textContent).toContain('001B is one');
    expect(namesIn(root)).toEqual([]);
    root.host.recordId = '001C';
    await settled();
    late.done({ contacts: [{ contactId: '003C', name: 'Cleo' }], hasMore: false, hidden: {} });
    await settled();
    old.done({ contacts: [ANN], hasMore: true, hidden: {} });
    await settled();
    expect(namesIn(root)).toEqual(['Cleo']);
  });

  it('tells no trouble of an account that the page has left', async () => {
    const slow = later();
    previewAccount.mockReturnValueOnce(slow.promise);
    const root = await show();
    root.host.recordId = '001B';
    await settled();
    slow.fail({ body: { message: 'Gone.' } });
    await settled();
    expect(root.querySelector('c-desk-state').problem).toBeUndefined();
    expect(root.querySelector('c-desk-state').isLoading).toBe(false);
    expect(namesIn(root)).toEqual(['Ann', 'Ben']);
  });

  it('goes one page on by two clicks, and keeps the page where the next one fails', async () => {
    contacts.mockResolvedValue({ contacts: [ANN, BEN], hasMore: true, hidden: {} });
    const root = await show();
    const pager = () => root.querySelector('c-desk-pager');
    contacts.mockRejectedValueOnce({ body: { message: 'Not now.' } });
    pager().dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(namesIn(root)).toEqual(['Ann', 'Ben']);
    expect([pager().hasBefore, pager().busy]).toEqual([false, false]);
    let answer;
    contacts.mockReturnValueOnce(new Promise((done) => (answer = done)));
    pager().dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(pager().busy).toBe(true);
    answer({ contacts: [ANN, BEN], hasMore: true, hidden: {} });
    await settled();
    expect(pager().busy).toBe(false);
    pager().dispatchEvent(new CustomEvent('before'));
    await settled();
    pager().dispatchEvent(new CustomEvent('more'));
    pager().dispatchEvent(new CustomEvent('more'));
    await settled();
    pager().dispatchEvent(new CustomEvent('before'));
    await settled();
    expect(pager().hasBefore).toBe(false);
    expect(contacts).toHaveBeenLastCalledWith({ accountId: '001A', afterName: null, afterId: null });
  });

  it('says which fields of contacts are hidden, and nothing about an address that is hidden', async () => {
    contacts.mockResolvedValue({ contacts: [ANN], hasMore: false, hidden: { Email: 'Mail' } });
    const root = await show();
    expect(root.textContent).toContain('Hidden: Mail');
    expect(root.textContent).not.toContain('c.Channel_Desk_Enable_No_Mail');
  });
});
