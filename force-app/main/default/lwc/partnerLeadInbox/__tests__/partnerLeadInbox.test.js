import { createElement } from 'lwc';
import PartnerLeadInbox from 'c/partnerLeadInbox';
import offers from '@salesforce/apex/PartnerInboxController.offers';
import claim from '@salesforce/apex/PartnerInboxController.claim';
import decline from '@salesforce/apex/PartnerInboxController.decline';
import { button, settled } from 'page-test';

jest.mock('@salesforce/apex/PartnerInboxController.offers', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerInboxController.claim', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerInboxController.decline', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Inbox_Count_More', () => ({ default: '{0}: {1}+' }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Inbox_Refused', () => ({ default: '{0}: {1}' }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Inbox_Accepted', () => ({ default: '{0} is yours' }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Hidden_Fields', () => ({ default: 'Hidden: {0}' }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Partner_Inbox', () => ({ default: true }), { virtual: true });

const OFFERED = { leadId: '00Q1', name: 'Ann Example', company: 'Example Mill', queueName: 'North', isAccepted: false };
const OWN = { leadId: '00Q2', name: 'Bo Example', company: 'Example Dairy', email: 'bo@example.com', isAccepted: true };
const GIVEN = { leadId: '00Q3', name: 'Cy Example', company: 'Example Barn', isAccepted: false };

const ACCEPT = 'c.Channel_Desk_Inbox_Accept';
const DECLINE = 'c.Channel_Desk_Inbox_Decline';

const OWN_PART = 'c.Channel_Desk_Inbox_Yours';

const inboxOf = (offered, own, more = {}) => ({
  offered: { leads: offered, hasMore: false },
  own: { leads: own, hasMore: false },
  hidden: {},
  ...more,
});

/** What the page says, by the role that reads it out. */
const said = (root, role) => root.querySelector(`[role="${role}"]`).textContent;

const show = async () => {
  const inbox = createElement('c-partner-lead-inbox', { is: PartnerLeadInbox });
  document.body.appendChild(inbox);
  await settled();
  return inbox.shadowRoot;
};

describe('c-partner-lead-inbox', () => {
  beforeEach(() => offers.mockResolvedValue(inboxOf([OFFERED], [OWN])));
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
    offers.mockResolvedValue(inboxOf([], []));
    const root = await show();
    expect(root.querySelectorAll('li')).toHaveLength(0);
    expect([...root.querySelectorAll('p')].map((one) => one.textContent)).toEqual([
      'c.Channel_Desk_Inbox_None_Offered',
      'c.Channel_Desk_Inbox_None_Yours',
    ]);
  });

  it('says of each part that there is more, and which fields are hidden', async () => {
    const offered = { leads: [OFFERED], hasMore: true };
    offers.mockResolvedValue(inboxOf([], [OWN], { offered, hidden: { Phone: 'Phone', Email: 'Mail' } }));
    const root = await show();
    const titles = [...root.querySelectorAll('h2')].map((one) => one.textContent);
    expect(titles).toEqual(['c.Channel_Desk_Inbox_Offered: 1+', 'c.Channel_Desk_Inbox_Count']);
    const words = [...root.querySelectorAll('p')].map((one) => one.textContent);
    expect(words).toContain('c.Channel_Desk_Inbox_More');
    expect(words).not.toContain('c.Channel_Desk_Inbox_More_Yours');
    expect(words).toContain('Hidden: Phone, Mail');
  });

  it('puts 24 leads of each part into the page, and more of one when asked, with the focus on the first of these', async () => {
    const many = (mark) => Array.from({ length: 30 }, (_, at) => ({ ...OFFERED, leadId: `${mark}${at}` }));
    offers.mockResolvedValue(inboxOf(many('a'), many('b')));
    const root = await show();
    const counts = () => [...root.querySelectorAll('ul')].map((list) => list.children.length);
    expect(counts()).toEqual([24, 24]);
    [...root.querySelectorAll('lightning-button')].find((one) => one.dataset.name === OWN_PART).click();
    await settled();
    expect(counts()).toEqual([24, 30]);
    expect(root.activeElement.dataset.lead).toBe('b24');
    expect([...root.querySelectorAll('lightning-button')].filter((one) => one.dataset.name)).toHaveLength(1);
  });

  it('offers what was given to the partner by name to be accepted, too', async () => {
    claim.mockResolvedValue(undefined);
    offers.mockResolvedValue(inboxOf([], [GIVEN, OWN]));
    const root = await show();
    expect(button(root, ACCEPT, '00Q2')).toBeUndefined();
    expect(button(root, DECLINE, '00Q3')).toBeDefined();
    button(root, ACCEPT, '00Q3').click();
    await settled();
    expect(claim).toHaveBeenCalledWith({ leadId: '00Q3' });
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

  it('accepts a lead, looks at the list again and says in the page what was done', async () => {
    claim.mockResolvedValue(undefined);
    const root = await show();
    button(root, ACCEPT, '00Q1').click();
    await settled();
    expect(said(root, 'status')).toBe('Ann Example is yours');
    expect(said(root, 'alert')).toBe('');
    expect(claim).toHaveBeenCalledWith({ leadId: '00Q1' });
    expect(offers).toHaveBeenCalledTimes(2);
  });

  it('says in the page that somebody else was quicker, until the list is asked for again', async () => {
    claim.mockRejectedValue({ body: { message: 'Somebody else has taken the lead.' } });
    const root = await show();
    button(root, ACCEPT, '00Q1').click();
    await settled();
    expect(said(root, 'alert')).toBe('Ann Example: Somebody else has taken the lead.');
    expect(said(root, 'status')).toBe('');
    expect(offers).toHaveBeenCalledTimes(2);
    button(root, 'c.Channel_Desk_Inbox_Refresh').click();
    await settled();
    expect(said(root, 'alert')).toBe('');
  });

  it('asks before it gives a lead back, and passes the reason on', async () => {
    decline.mockResolvedValue(undefined);
    const root = await show();
    button(root, DECLINE, '00Q2').click();
    await settled();
    expect(decline).not.toHaveBeenCalled();
    root.querySelector('lightning-textarea').value = 'No capacity';
    button(root.querySelector('c-desk-dialog'), DECLINE).click();
    await settled();
    expect(said(root, 'status')).toBe('c.Channel_Desk_Inbox_Declined');
    expect(decline).toHaveBeenCalledWith({ leadId: '00Q2', reason: 'No capacity' });
  });
});
