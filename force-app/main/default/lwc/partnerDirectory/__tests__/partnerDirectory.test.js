import { createElement } from 'lwc';
import PartnerDirectory from 'c/partnerDirectory';
import find from '@salesforce/apex/PartnerDirectoryController.find';
import people from '@salesforce/apex/PartnerDirectoryController.people';
import { settled } from 'page-test';

jest.mock('@salesforce/apex/PartnerDirectoryController.find', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/PartnerDirectoryController.people', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Manage', () => ({ default: true }), { virtual: true });

jest.mock('@salesforce/label/c.Channel_Desk_Directory_Count', () => ({ default: '{0} to {1} of {2}' }), {
  virtual: true,
});

const partner = (accountId, name, more = {}) => ({
  accountId,
  name,
  ownerName: 'Nora',
  users: 2,
  able: 1,
  unknown: 0,
  openLeads: 4,
  activity: [],
  ...more,
});

const show = async () => {
  const directory = createElement('c-partner-directory', { is: PartnerDirectory });
  document.body.appendChild(directory);
  await settled();
  return directory.shadowRoot;
};

const pager = (root) => root.querySelector('c-desk-pager');

describe('c-partner-directory', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows accounts with what is not known in words', async () => {
    find.mockResolvedValue({
      partners: [
        partner('001A', 'Alpha', { activity: [{ outcome: 'Accepted', happenedAt: '2026-01-02T10:00:00Z' }] }),
        partner('001B', 'Beta', { users: 5000, able: undefined, openLeads: undefined }),
      ],
      hasMore: false,
      total: 2,
    });
    const root = await show();
    const cells = [...root.querySelectorAll('li')].map((row) =>
      [...row.querySelectorAll('dd')].map((one) => one.textContent)
    );
    expect(cells[0]).toEqual([
      'Nora',
      'c.Channel_Desk_Directory_Of',
      '4',
      'c.Channel_Desk_Directory_Never',
      'c.Channel_Desk_Directory_Accepted',
    ]);
    expect(cells[1].slice(1, 3)).toEqual(['c.Channel_Desk_Directory_Too_Many', 'c.Channel_Desk_Directory_Leads_Many']);
  });

  it('says of leads and activity that the user may not see them', async () => {
    const hidden = partner('001A', 'Alpha', { openLeads: null, activity: null });
    find.mockResolvedValue({ partners: [hidden], hasMore: false, total: 1, leadsHidden: true });
    const root = await show();
    const cells = [...root.querySelectorAll('li dd')].map((one) => one.textContent);
    const words = 'c.Channel_Desk_Home_Not_Seen';
    expect([cells[0], cells[2], cells[4]]).toEqual(['Nora', words, words]);
  });

  it('goes on after the last account of a page, and back to where it was', async () => {
    find.mockResolvedValueOnce({ partners: [partner('001A', 'Alpha')], hasMore: true, total: 2 });
    find.mockResolvedValueOnce({ partners: [partner('001B', 'Beta')], hasMore: false });
    find.mockResolvedValueOnce({ partners: [partner('001A', 'Alpha')], hasMore: true, total: 2 });
    const root = await show();
    pager(root).dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(find).toHaveBeenLastCalledWith({ search: '', mine: false, afterName: 'Alpha', afterId: '001A' });
    expect(root.querySelector('h2').textContent).toBe('Beta');
    expect([pager(root).hasBefore, pager(root).hasMore]).toEqual([true, false]);
    pager(root).dispatchEvent(new CustomEvent('before'));
    await settled();
    expect(find).toHaveBeenLastCalledWith({ search: '', mine: false, afterName: null, afterId: null });
    expect(pager(root).hasBefore).toBe(false);
  });

  it('goes one page on for two clicks, and keeps the page with its count where the next one fails', async () => {
    find.mockResolvedValueOnce({ partners: [partner('001A', 'Alpha')], hasMore: true, total: 3 });
    let answer;
    find.mockReturnValueOnce(new Promise((done) => (answer = done)));
    const root = await show();
    pager(root).dispatchEvent(new CustomEvent('more'));
    pager(root).dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(pager(root).busy).toBe(true);
    expect(find).toHaveBeenCalledTimes(2);
    answer({ partners: [partner('001B', 'Beta')], hasMore: true });
    await settled();
    expect([pager(root).busy, pager(root).words]).toEqual([false, '2 to 2 of 3']);
    find.mockRejectedValueOnce({ body: { message: 'Not now.' } });
    pager(root).dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(root.querySelector('c-desk-state').problem).toBe('Not now.');
    expect([root.querySelector('h2').textContent, pager(root).words]).toEqual(['Beta', '2 to 2 of 3']);
    find.mockResolvedValueOnce({ partners: [partner('001C', 'Gamma')], hasMore: false });
    root.querySelector('c-desk-state').dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find).toHaveBeenLastCalledWith({ search: '', mine: false, afterName: 'Beta', afterId: '001B' });
    expect([root.querySelector('h2').textContent, pager(root).words]).toEqual(['Gamma', '3 to 3 of 3']);
  });

  it('asks once for a name that is typed, and shows the answer to the last one', async () => {
    find.mockResolvedValueOnce({ partners: [], hasMore: false, total: 0 });
    const root = await show();
    let late;
    find.mockReturnValueOnce(new Promise((done) => (late = done)));
    find.mockResolvedValueOnce({ partners: [partner('001B', 'Beta')], hasMore: false, total: 1 });
    const input = root.querySelector('lightning-input');
    const type = (value) => input.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    type('a');
    type('al');
    jest.advanceTimersByTime(300);
    expect(find).toHaveBeenCalledTimes(2);
    type('be');
    jest.advanceTimersByTime(300);
    await settled();
    late({ partners: [partner('001A', 'Alpha')], hasMore: false, total: 1 });
    await settled();
    expect(root.querySelector('h2').textContent).toBe('Beta');
  });

  it('opens the people of an account, with what failed in words', async () => {
    find.mockResolvedValue({ partners: [partner('001A', 'Alpha')], hasMore: false, total: 1 });
    people.mockRejectedValueOnce({ body: { message: 'There is no such account for you.' } });
    people.mockResolvedValueOnce({ people: [{ userId: '005', name: 'Ann', eligible: 'no' }], others: 3 });
    const root = await show();
    const toggle = root.querySelector('button');
    toggle.click();
    await settled();
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    const state = root.querySelector('li c-desk-state');
    expect(state.problem).toBe('There is no such account for you.');
    state.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(root.querySelector('c-partner-person').person).toMatchObject({ name: 'Ann' });
    expect(root.textContent).toContain('c.Channel_Desk_Directory_Others');
    toggle.click();
    await settled();
    expect(root.querySelector('c-partner-person')).toBeNull();
  });

  it('says so where nothing is found, and where the org fails', async () => {
    find.mockResolvedValueOnce({ partners: [], hasMore: false, total: 0 });
    const root = await show();
    const state = root.querySelector('c-desk-state');
    expect(state.words).toBe('c.Channel_Desk_Directory_None_Yet');
    find.mockRejectedValueOnce({ body: { message: 'This org has no partners yet.' } });
    root.querySelector('lightning-combobox').dispatchEvent(new CustomEvent('change', { detail: { value: 'mine' } }));
    await settled();
    expect(state.problem).toBe('This org has no partners yet.');
    expect(find).toHaveBeenLastCalledWith(expect.objectContaining({ mine: true }));
  });
});
