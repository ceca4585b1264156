import { createElement } from 'lwc';
import PartnerLeadInbox from 'c/partnerLeadInbox';
import offers from '@salesforce/apex/PartnerInboxController.offers';
import claim from '@salesforce/apex/PartnerInboxController.claim';
import decline from '@salesforce/apex/PartnerInboxController.decline';
import { button, nextToast, settled } from 'page-test';

jest.mock('@salesforce/apex/PartnerInboxController.offers', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerInboxController.claim', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerInboxController.decline', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Partner_Inbox', () => ({ default: true }), { virtual: true });

const OFFERED = { leadId: '00Q1', name: 'Ann Example', company: 'Example Mill', isMine: false, queueName: 'North' };
const OWN = { leadId: '00Q2', name: 'Bo Example', company: 'Example Dairy', email: 'bo@example.com', isMine: true };

const show = async () => {
  const inbox = createElement('c-partner-lead-inbox', { is: PartnerLeadInbox });
  document.body.appendChild(inbox);
  await settled();
  return inbox.shadowRoot;
};

describe('c-partner-lead-inbox', () => {
  beforeEach(() => offers.mockResolvedValue([OFFERED, OWN]));
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('lists offered and own leads apart, and leaves out facts that are not told', async () => {
    const root = await show();
    const sections = [...root.querySelectorAll('ul')].map((list) => list.textContent);
    expect(sections[0]).toContain('Ann Example');
    expect(sections[0]).toContain('Example Mill');
    expect(sections[1]).toContain('bo@example.com');
    expect(root.querySelectorAll('dt')).toHaveLength(3);
  });

  it('says so where there is nothing', async () => {
    offers.mockResolvedValue([]);
    const root = await show();
    expect(root.querySelectorAll('li')).toHaveLength(0);
    expect(root.querySelectorAll('.slds-text-color_weak')).toHaveLength(2);
  });

  it('shows what the org said where the list fails, and tries again when asked', async () => {
    offers.mockRejectedValueOnce({ body: { message: 'Log in again.' } });
    const root = await show();
    const state = root.querySelector('c-desk-state');
    expect(state.problem).toBe('Log in again.');
    state.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(root.querySelectorAll('li')).toHaveLength(2);
  });

  it('accepts a lead and looks at the list again', async () => {
    claim.mockResolvedValue({ ...OFFERED, isMine: true });
    const root = await show();
    const toast = nextToast(root);
    button(root, 'c.Channel_Desk_Inbox_Accept', '00Q1').click();
    expect((await toast).variant).toBe('success');
    expect(claim).toHaveBeenCalledWith({ leadId: '00Q1' });
    expect(offers).toHaveBeenCalledTimes(2);
  });

  it('says in words that somebody else was quicker', async () => {
    claim.mockRejectedValue({ body: { message: 'Somebody else has taken the lead.' } });
    const root = await show();
    const toast = nextToast(root);
    button(root, 'c.Channel_Desk_Inbox_Accept', '00Q1').click();
    expect(await toast).toMatchObject({ variant: 'error', message: 'Somebody else has taken the lead.' });
    expect(offers).toHaveBeenCalledTimes(2);
  });

  it('asks before it gives a lead back, and passes the reason on', async () => {
    decline.mockResolvedValue(undefined);
    const root = await show();
    button(root, 'c.Channel_Desk_Inbox_Decline', '00Q2').click();
    await settled();
    expect(decline).not.toHaveBeenCalled();
    root.querySelector('lightning-textarea').value = 'No capacity';
    const toast = nextToast(root);
    button(root.querySelector('c-desk-dialog'), 'c.Channel_Desk_Inbox_Decline').click();
    expect((await toast).variant).toBe('success');
    expect(decline).toHaveBeenCalledWith({ leadId: '00Q2', reason: 'No capacity' });
  });
});
