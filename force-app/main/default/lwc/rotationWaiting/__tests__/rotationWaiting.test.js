import { createElement } from 'lwc';
import RotationWaiting from 'c/rotationWaiting';
import waiting from '@salesforce/apex/RotationBoardController.waiting';
import preview from '@salesforce/apex/RotationBoardController.preview';
import distribute from '@salesforce/apex/RotationBoardController.distribute';
import { button, nextToast, settled } from 'page-test';

jest.mock('@salesforce/apex/RotationBoardController.waiting', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.preview', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.distribute', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Board_Waiting_Count', () => ({ default: '{0} to {1} of {2}' }), {
  virtual: true,
});
jest.mock('@salesforce/label/c.Channel_Desk_Board_Done', () => ({ default: '{0} given, {1} stay' }), { virtual: true });

const lead = (leadId) => ({ leadId, name: `Name ${leadId}`, company: 'Example Mill', ownerName: 'Unassigned' });
const page = (ids, more = {}) => ({ leads: ids.map(lead), total: ids.length, hasMore: false, ...more });
const outcome = (leadId, moved = true) => ({ leadId, moved, ownerName: 'North', reason: 'North due first' });

const show = async () => {
  const leads = createElement('c-rotation-waiting', { is: RotationWaiting });
  leads.rotationKey = 'EMEA';
  document.body.appendChild(leads);
  await settled();
  return leads.shadowRoot;
};

const press = async (root, id) => {
  root.querySelector(`lightning-button[data-id="${id}"]`).click();
  await settled();
};

const canGive = (root) => button(root, 'c.Channel_Desk_Board_Distribute')?.disabled === false;
const rows = (root) => root.querySelector('c-desk-rows').rows;
const pager = (root) => root.querySelector('c-desk-pager');
const state = (root) => root.querySelector('c-desk-state');

/** A promise that is kept when it is told to. */
const later = () => {
  const one = {};
  one.promise = new Promise((done, fail) => Object.assign(one, { done, fail }));
  return one;
};

describe('c-rotation-waiting', () => {
  beforeEach(() => waiting.mockResolvedValue(page(['1', '2'])));
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('gives what was previewed and nothing else, then says so and reads again', async () => {
    preview.mockResolvedValue([outcome('1'), outcome('2', false)]);
    distribute.mockResolvedValue([outcome('1'), outcome('2', false)]);
    const root = await show();
    expect(canGive(root)).toBe(false);
    await press(root, 'preview');
    expect(rows(root).map(({ would, why }) => [would, why])).toEqual([
      ['North', 'North due first'],
      ['c.Channel_Desk_Board_Stays', 'North due first'],
    ]);
    const told = [];
    ['work', 'given'].forEach((name) => root.host.addEventListener(name, ({ detail }) => told.push([name, detail])));
    const toast = nextToast(root);
    waiting.mockResolvedValue(page(['2']));
    await press(root, 'distribute');
    expect(await toast).toMatchObject({ title: '1 given, 1 stay', variant: 'success' });
    expect(distribute).toHaveBeenCalledWith({ rotationKey: 'EMEA', leadIds: ['1', '2'] });
    expect(told).toEqual([
      ['work', true],
      ['given', null],
      ['work', false],
    ]);
    expect(rows(root).map(({ key }) => key)).toEqual(['2']);
    expect(canGive(root)).toBe(false);
  });

  it.each([
    ['another rotation is chosen', (root) => (root.host.rotationKey = 'APAC')],
    ['the leads are read again', (root) => root.host.refresh()],
  ])('a preview that is answered after %s allows nothing', async (_, change) => {
    const slow = later();
    preview.mockReturnValueOnce(slow.promise);
    const root = await show();
    await press(root, 'preview');
    change(root);
    await settled();
    slow.done([outcome('1'), outcome('2')]);
    await settled();
    expect(canGive(root)).toBe(false);
    expect(rows(root)[0].would).toBeUndefined();
  });

  it('forgets a preview when the leads are read again', async () => {
    preview.mockResolvedValue([outcome('1'), outcome('2')]);
    const root = await show();
    await press(root, 'preview');
    expect(canGive(root)).toBe(true);
    waiting.mockResolvedValue(page(['1', '2', '3']));
    root.host.refresh();
    await settled();
    expect(canGive(root)).toBe(false);
  });

  it('leaves everything alone while the board is at work', async () => {
    const root = await show();
    root.host.busy = true;
    await settled();
    expect(button(root, 'c.Channel_Desk_Board_Preview').disabled).toBe(true);
    expect(pager(root).busy).toBe(true);
  });

  it('a gift stays one though the leads cannot be read afterwards', async () => {
    preview.mockResolvedValue([outcome('1'), outcome('2')]);
    distribute.mockResolvedValue([outcome('1'), outcome('2')]);
    const root = await show();
    await press(root, 'preview');
    waiting.mockRejectedValue({ body: { message: 'Not now.' } });
    const toast = nextToast(root);
    await press(root, 'distribute');
    expect((await toast).variant).toBe('success');
    expect(state(root).problem).toBe('Not now.');
  });

  it('says what the org refuses', async () => {
    preview.mockRejectedValue({ body: { message: 'Hidden.' } });
    const root = await show();
    const toast = nextToast(root);
    await press(root, 'preview');
    expect(await toast).toMatchObject({ title: 'Hidden.', variant: 'error' });
    expect(canGive(root)).toBe(false);
  });

  it('goes on to the leads behind these, and gives those that are shown', async () => {
    waiting.mockResolvedValueOnce(page(['1', '2'], { total: 3, hasMore: true }));
    waiting.mockResolvedValueOnce(page(['3'], { total: 3 }));
    preview.mockResolvedValue([outcome('3')]);
    distribute.mockResolvedValue([outcome('3')]);
    const root = await show();
    expect([pager(root).words, pager(root).hasMore]).toEqual(['1 to 2 of 3', true]);
    pager(root).dispatchEvent(new CustomEvent('more'));
    pager(root).dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(waiting.mock.calls.map(([asked]) => asked.afterId)).toEqual([null, '2']);
    expect([pager(root).words, pager(root).hasBefore, pager(root).hasMore]).toEqual(['3 to 3 of 3', true, false]);
    await press(root, 'preview');
    // What was the last page has gone: the first one is shown.
    waiting.mockResolvedValueOnce(page([], { total: 2 }));
    await press(root, 'distribute');
    expect(distribute).toHaveBeenCalledWith({ rotationKey: 'EMEA', leadIds: ['3'] });
    expect(waiting.mock.calls.map(([asked]) => asked.afterId)).toEqual([null, '2', '2', null]);
    expect(pager(root).words).toBe('1 to 2 of 2');
  });

  it.each([
    ['nothing waits', page([]), 'c.Channel_Desk_Board_None_Waiting'],
    ['the leads cannot be told', page([], { total: null, refusal: 'Hidden: Lead.Fax.' }), 'Hidden: Lead.Fax.'],
  ])('says so where %s', async (_, answer, words) => {
    waiting.mockResolvedValue(answer);
    const root = await show();
    expect([state(root).words, state(root).problem]).toEqual([words, undefined]);
    expect(root.querySelector('c-desk-rows')).toBeNull();
  });

  it('loads, fails in words and tries again', async () => {
    const slow = later();
    waiting.mockReturnValueOnce(slow.promise);
    const root = await show();
    expect([state(root).isLoading, state(root).words]).toEqual([true, undefined]);
    slow.fail({ body: { message: 'Not now.' } });
    await settled();
    expect([state(root).isLoading, state(root).problem]).toEqual([false, 'Not now.']);
    state(root).dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(rows(root)).toHaveLength(2);
  });

  it('shows a reason in full', async () => {
    preview.mockResolvedValue([outcome('1'), outcome('2')]);
    const root = await show();
    await press(root, 'preview');
    root.querySelector('c-desk-rows').dispatchEvent(new CustomEvent('choose', { detail: '2' }));
    await settled();
    const dialog = root.querySelector('c-desk-dialog');
    expect([dialog.heading, dialog.querySelector('p').textContent]).toEqual(['Name 2', 'North due first']);
  });
});
