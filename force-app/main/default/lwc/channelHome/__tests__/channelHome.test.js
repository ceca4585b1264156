import { createElement } from 'lwc';
import ChannelHome from 'c/channelHome';
import status from '@salesforce/apex/ChannelHomeController.status';
import readiness from '@salesforce/apex/ChannelHomeController.readiness';
import { button, settled } from 'page-test';

jest.mock('@salesforce/apex/ChannelHomeController.status', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/ChannelHomeController.readiness', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Manage', () => ({ default: true }), { virtual: true });

const QUIET = {
  hasPartners: true,
  partners: 4,
  untouchedLeads: 0,
  queuedLeads: 7,
  rotations: 1,
  pausedMembers: 0,
  findings: 0,
  highFindings: 0,
  runs: [],
  sites: [],
};
const NOBODY = { able: 0, unable: 0, unknown: 0, reasons: {} };

const show = async () => {
  const home = createElement('c-channel-home', { is: ChannelHome });
  document.body.appendChild(home);
  await settled();
  await settled();
  return home.shadowRoot;
};

describe('c-channel-home', () => {
  beforeEach(() => readiness.mockResolvedValue(NOBODY));
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('says that all is well, also of leads in queues that a rotation spreads', async () => {
    status.mockResolvedValue(QUIET);
    const root = await show();
    expect(root.textContent).toContain('c.Channel_Desk_Home_All_Well');
    expect(root.querySelector('svg')).toBeNull();
  });

  it('adds up users that are judged part by part', async () => {
    status.mockResolvedValue(QUIET);
    readiness.mockResolvedValueOnce({ able: 3, unable: 1, unknown: 0, reasons: { inactive: 1 }, last: '005C' });
    readiness.mockResolvedValueOnce({ able: 2, unable: 2, unknown: 0, reasons: { inactive: 1, frozen: 1 } });
    const root = await show();
    expect(readiness).toHaveBeenNthCalledWith(2, { after: '005C' });
    const figures = [...root.querySelectorAll('dd')].map((one) => one.textContent);
    expect(figures.slice(0, 3)).toEqual(['4', '5', '3']);
    const [able, unable] = [...root.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('width')));
    expect(able / unable).toBeCloseTo(5 / 3);
    expect(button(root, 'c.Channel_Desk_Home_Go_Partners')).toBeDefined();
  });

  it('leads to the page that mends each thing, the gravest findings alone', async () => {
    status.mockResolvedValue({
      ...QUIET,
      rotations: 0,
      untouchedLeads: 2,
      pausedMembers: 1,
      findings: 3,
      highFindings: 1,
    });
    const root = await show();
    expect([...root.querySelectorAll('li p')].map((one) => one.textContent)).toEqual([
      'c.Channel_Desk_Home_Fix_Untouched',
      'c.Channel_Desk_Home_Fix_Queued',
      'c.Channel_Desk_Home_Fix_Paused',
      'c.Channel_Desk_Home_Fix_High',
    ]);
  });

  it('says what may not be seen, and that a run has stopped', async () => {
    const run = { runId: 'a0', kind: 'lead-distribute', holder: 'x', startedAt: '2026-01-01T10:00:00Z', isOver: true };
    status.mockResolvedValue({ ...QUIET, findings: undefined, highFindings: undefined, runs: [run] });
    const root = await show();
    const figures = [...root.querySelectorAll('dd')].map((one) => one.textContent);
    expect(figures[7]).toBe('c.Channel_Desk_Home_Not_Seen');
    expect(root.textContent).toContain('c.Channel_Desk_Home_Well_Seen');
    expect(root.textContent).not.toContain('c.Channel_Desk_Home_All_Well');
    expect(root.textContent).toContain('c.Channel_Desk_Home_Run_Over');
  });

  it('links sites whose address is known', async () => {
    const sites = [
      { name: 'Central', status: 'Live', url: 'https://example.my.site.com/partners' },
      { name: 'Hidden', status: 'UnderConstruction' },
    ];
    status.mockResolvedValue({ ...QUIET, sites });
    const root = await show();
    expect([...root.querySelectorAll('a')].map((one) => one.textContent)).toEqual(['Central']);
    expect(root.textContent).toContain('c.Channel_Desk_Home_No_Address');
  });

  it('shows what failed in words', async () => {
    status.mockRejectedValue({ body: { message: 'Not now.' } });
    const root = await show();
    expect(root.querySelector('c-desk-state').problem).toBe('Not now.');
  });
});
