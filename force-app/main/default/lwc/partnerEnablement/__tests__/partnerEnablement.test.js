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
jest.mock('@salesforce/customPermission/Channel_Desk_Manage', () => ({ default: true }), { virtual: true });

const ACCOUNT = { accountId: '001A', name: 'Alpha', ownerName: 'Nora', alreadyPartner: false, problems: [], fixes: [] };
const ANN = { contactId: '003A', name: 'Ann' };
const BEN = { contactId: '003B', name: 'Ben', person: { userId: '005B', eligible: 'yes' } };

const ENABLE = 'c.Channel_Desk_Enable_Action';
const INVITE = 'c.Channel_Desk_Enable_Invite';

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
    contacts.mockResolvedValue({ contacts: [ANN, BEN], hasMore: false });
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
});
