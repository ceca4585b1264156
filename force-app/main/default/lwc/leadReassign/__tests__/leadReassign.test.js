import { createElement } from 'lwc';
import LeadReassign from 'c/leadReassign';
import owners from '@salesforce/apex/LeadReassignController.owners';
import facts from '@salesforce/apex/LeadReassignController.facts';
import reassign from '@salesforce/apex/LeadReassign.reassign';
import { button, settled } from 'page-test';

jest.mock('@salesforce/apex/LeadReassignController.owners', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/LeadReassignController.facts', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/LeadReassign.reassign', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Distribute', () => ({ default: true }), { virtual: true });
jest.mock(
  'lightning/actions',
  () => ({
    CloseActionScreenEvent: class extends CustomEvent {
      constructor() {
        super('closescreen');
      }
    },
  }),
  { virtual: true }
);

const NEW = {
  ownerId: '005N',
  name: 'Ann',
  kind: 'User',
  username: 'ann@example.com',
  eligible: 'yes',
  mailsKnown: true,
};
const FROZEN = { ...NEW, ownerId: '005F', name: 'Bo', eligible: 'no', reason: 'Frozen.', fix: 'Unfreeze.' };

const idsOf = (count) => Array.from({ length: count }, (_, at) => `00Q${at}`);
const factOf = (leadId) => ({
  leadId,
  name: leadId,
  company: 'Mill',
  ownerId: '005O',
  isConverted: false,
  mayGive: true,
});
const doneOf = ({ leadId }) => ({ leadId, isDone: true });

/** Long enough for many calls, one after the other. */
const all = async () => {
  // eslint-disable-next-line no-await-in-loop
  for (let turn = 0; turn < 60; turn += 1) await settled();
};

const show = async (leadIds) => {
  const page = createElement('c-lead-reassign', { is: LeadReassign });
  page.leadIds = leadIds;
  document.body.appendChild(page);
  await all();
  return page.shadowRoot;
};

const press = async (root, label) => {
  button(root, `c.Channel_Desk_Reassign_${label}`).click();
  await all();
};

const chooseAndReview = async (root) => {
  root.querySelector('input[type=radio]').dispatchEvent(new CustomEvent('change'));
  await settled();
  await press(root, 'Review');
};

describe('c-lead-reassign', () => {
  beforeEach(() => {
    owners.mockResolvedValue({ owners: [NEW, FROZEN], hasMore: false });
    facts.mockImplementation(async ({ leadIds }) => leadIds.map(factOf));
    reassign.mockImplementation(async ({ rows }) => rows.map(doneOf));
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('offers those who can take leads; the others only when asked, without a choice', async () => {
    const root = await show(['00Q1']);
    expect(root.querySelectorAll('input[type=radio]')).toHaveLength(1);
    expect(root.textContent).not.toContain('Frozen.');
    await press(root, 'Show_Others');
    expect(root.textContent).toContain('Frozen.');
    expect(root.querySelectorAll('input[type=radio]')).toHaveLength(1);
    expect(button(root, 'c.Channel_Desk_Reassign_Review').disabled).toBe(true);
  });

  it('gives 5,000 leads away in calls of 200, each with the owner that it must still have', async () => {
    const root = await show(idsOf(5000));
    expect(facts).toHaveBeenCalledTimes(3);
    await chooseAndReview(root);
    expect(reassign).not.toHaveBeenCalled();
    await press(root, 'Go');
    expect(reassign).toHaveBeenCalledTimes(25);
    const [{ rows, notify }] = reassign.mock.calls[24];
    expect(rows).toHaveLength(200);
    expect(rows[199]).toEqual({ leadId: '00Q4999', ownerId: '005N', ownerBefore: '005O' });
    expect(notify).toBe(false);
    expect(root.querySelector('c-desk-rows').rows).toHaveLength(5000);
  });

  it('leaves out what cannot go there, and says how many and why', async () => {
    facts.mockResolvedValue([
      factOf('00Q1'),
      { ...factOf('00Q2'), isConverted: true },
      { ...factOf('00Q3'), ownerId: '005N' },
      { ...factOf('00Q5'), mayGive: false },
    ]);
    const root = await show(['00Q1', '00Q2', '00Q3', '00Q4', '00Q5', '00Q1']);
    await chooseAndReview(root);
    expect(root.querySelectorAll('li')).toHaveLength(4);
    await press(root, 'Go');
    expect(reassign.mock.calls[0][0].rows.map(({ leadId }) => leadId)).toEqual(['00Q1']);
  });

  it('tries again what was locked, and that alone', async () => {
    reassign.mockResolvedValueOnce([
      { leadId: '00Q1', isDone: false, code: 'CHANGED', message: 'Changed.' },
      { leadId: '00Q2', isDone: false, code: 'UNABLE_TO_LOCK_ROW', message: 'Locked.' },
    ]);
    const root = await show(['00Q1', '00Q2']);
    await chooseAndReview(root);
    await press(root, 'Go');
    await press(root, 'Retry');
    expect(reassign.mock.calls[1][0].rows.map(({ leadId }) => leadId)).toEqual(['00Q2']);
    expect(root.querySelector('c-desk-rows').rows.map(({ key, result }) => [key, result])).toEqual([
      ['00Q1', 'Changed.'],
      ['00Q2', 'c.Channel_Desk_Reassign_Is_Done'],
    ]);
    expect(button(root, 'c.Channel_Desk_Reassign_Retry')).toBeUndefined();
  });

  it('a call that fails as a whole holds up no other, and can be tried again', async () => {
    reassign.mockRejectedValueOnce({ body: { message: 'Log in again.' } });
    const root = await show(idsOf(300));
    await chooseAndReview(root);
    await press(root, 'Go');
    expect(root.querySelector('c-desk-rows').rows.filter(({ result }) => result === 'Log in again.')).toHaveLength(200);
    expect(button(root, 'c.Channel_Desk_Reassign_Retry')).toBeDefined();
  });

  it('stops before the next call once its panel is closed', async () => {
    let answer;
    reassign.mockImplementationOnce(({ rows }) => new Promise((done) => (answer = () => done(rows.map(doneOf)))));
    const root = await show(idsOf(600));
    await chooseAndReview(root);
    await press(root, 'Go');
    document.body.replaceChildren();
    answer();
    await all();
    expect(reassign).toHaveBeenCalledTimes(1);
  });

  it('says what to do where no lead is selected, and closes the action', async () => {
    const root = await show([]);
    expect(root.querySelector('c-desk-state').words).toBe('c.Channel_Desk_Reassign_No_Leads');
    const action = createElement('c-lead-reassign', { is: LeadReassign });
    const ends = jest.fn();
    action.addEventListener('closescreen', ends);
    document.body.appendChild(action);
    action.recordId = '00Q1';
    await all();
    button(action.shadowRoot, 'c.Channel_Desk_Cancel').click();
    expect(ends).toHaveBeenCalledTimes(1);
  });
});
