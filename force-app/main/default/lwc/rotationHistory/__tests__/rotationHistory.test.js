import { createElement } from 'lwc';
import RotationHistory from 'c/rotationHistory';
import { graphql } from 'lightning/graphql';
import ownerNames from '@salesforce/apex/RotationBoardController.ownerNames';
import { settled } from 'page-test';

jest.mock('@salesforce/apex/RotationBoardController.ownerNames', () => ({ default: jest.fn() }), { virtual: true });

jest.mock('@salesforce/label/c.Channel_Desk_Hidden_Fields', () => ({ default: 'Hidden: {0}' }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Not_Shown', () => ({ default: 'Needed: {0}' }), { virtual: true });

const gift = (at) => ({
  node: {
    Id: `a${at}`,
    CreatedDate: { value: '2026-11-29T12:00:00.000Z', displayValue: 'today' },
    Outcome__c: { value: 'Offered', displayValue: 'Offered' },
    Reason__c: { value: `reason ${at}` },
    Owner_After__c: { value: '00G1' },
    Lead__r: { Name: { value: `Lead ${at}` } },
  },
});

const page = (from, count, hasNextPage) => ({
  uiapi: {
    query: {
      Lead_Assignment__c: {
        edges: Array.from({ length: count }, (_, at) => gift(from + at)),
        pageInfo: { hasNextPage, endCursor: `c${from + count}` },
        totalCount: 30,
      },
    },
  },
});

const show = async () => {
  const history = createElement('c-rotation-history', { is: RotationHistory });
  history.rotationId = 'a0';
  history.members = [];
  document.body.appendChild(history);
  await settled();
  return history;
};

const stateOf = ({ shadowRoot }) => shadowRoot.querySelector('c-desk-state');

const more = async (history) => {
  history.shadowRoot.querySelector('c-desk-rows').dispatchEvent(new CustomEvent('more'));
  await settled();
};

/** An answer of the org, or of what Lightning Data Service has kept. */
const answer = async (...what) => {
  graphql.emit(...what);
  await settled();
};

const type = (history, value) =>
  history.shadowRoot.querySelector('lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value } }));

const rowsOf = ({ shadowRoot }) => shadowRoot.querySelector('c-desk-rows').rows;

describe('c-rotation-history', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    ownerNames.mockResolvedValue({});
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.clearAllMocks();
    document.body.replaceChildren();
  });

  it('adds page to page, and asks for the next one behind the last gift', async () => {
    const history = await show();
    graphql.emit(page(0, 20, true));
    await settled();
    expect(rowsOf(history)).toHaveLength(20);
    history.shadowRoot.querySelector('c-desk-rows').dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(graphql.getLastConfig().variables).toMatchObject({ rotation: 'a0', after: 'c20' });
    graphql.emit(page(20, 10, false));
    await settled();
    expect(rowsOf(history)).toHaveLength(30);
    expect(history.shadowRoot.querySelector('c-desk-rows').hasMore).toBe(false);
  });

  it('takes a page that comes again for the one it is', async () => {
    const history = await show();
    await answer(page(0, 20, true));
    await more(history);
    await answer(page(20, 10, false));
    await answer(page(20, 10, false));
    expect(rowsOf(history).map(({ key }) => key)).toEqual(Array.from({ length: 30 }, (_, at) => `a${at}`));
  });

  it('reads the newest again after a gift, though an older answer was kept; what is shown stays until then', async () => {
    const history = await show();
    await answer(page(0, 20, true));
    await more(history);
    await answer(page(20, 10, false));
    history.refresh();
    await settled();
    expect(rowsOf(history)).toHaveLength(30);
    expect(graphql.getLastConfig().variables.after).toBeNull();
    const again = jest.fn().mockResolvedValue(undefined);
    await answer(page(0, 20, true), undefined, again);
    expect(again).toHaveBeenCalledTimes(1);
    await answer(page(100, 20, true), undefined, again);
    expect(again).toHaveBeenCalledTimes(1);
    expect(rowsOf(history)[0].key).toBe('a100');
  });

  it('keeps the first page where the org has nothing newer', async () => {
    const history = await show();
    const again = jest.fn().mockResolvedValue(undefined);
    await answer(page(0, 20, true), undefined, again);
    await history.refresh();
    await settled();
    expect(again).toHaveBeenCalledTimes(1);
    expect(rowsOf(history)).toHaveLength(20);
    expect(stateOf(history).isLoading).toBe(false);
    again.mockRejectedValue(new Error('Not now.'));
    await history.refresh();
    await settled();
    expect(stateOf(history).problem).toBe('Not now.');
  });

  it('says that nothing was given only once that is known, and of a name that nothing has it', async () => {
    const history = await show();
    expect([stateOf(history).isLoading, stateOf(history).words]).toEqual([true, undefined]);
    await answer(page(0, 0, false));
    expect([stateOf(history).isLoading, stateOf(history).words]).toEqual([false, 'c.Channel_Desk_Board_None_Given']);
    type(history, 'x');
    jest.advanceTimersByTime(300);
    await settled();
    expect([stateOf(history).isLoading, stateOf(history).words]).toEqual([true, undefined]);
    await answer(page(0, 0, false));
    expect([stateOf(history).isLoading, stateOf(history).words]).toEqual([false, 'c.Channel_Desk_Board_None_Found']);
  });

  it('tells owners by the names of members; asks once for others, and says of who is gone that it is somebody', async () => {
    const history = await show();
    history.members = [{ ownerId: '00G1', name: 'North' }];
    const gifts = page(0, 4, true);
    ['00G1', '005A', '005A', '005B'].forEach((value, at) => {
      gifts.uiapi.query.Lead_Assignment__c.edges[at].node.Owner_After__c = { value };
    });
    let tell;
    ownerNames.mockReturnValueOnce(new Promise((done) => (tell = done)));
    await answer(gifts);
    expect(ownerNames.mock.calls).toEqual([[{ ownerIds: ['005A', '005B'] }]]);
    expect(rowsOf(history).map(({ owner }) => owner)).toEqual(['North', '', '', '']);
    tell({ '005A': 'Ann' });
    await settled();
    const somebody = 'c.Channel_Desk_Board_Somebody';
    expect(rowsOf(history).map(({ owner }) => owner)).toEqual(['North', 'Ann', 'Ann', somebody]);
    await answer(gifts);
    expect(ownerNames).toHaveBeenCalledTimes(1);
    history.members = [{ ownerId: '005B', name: 'Bea' }];
    await settled();
    expect(rowsOf(history)[3].owner).toBe('Bea');
  });

  it('says somebody where the names cannot be asked for', async () => {
    const history = await show();
    ownerNames.mockRejectedValueOnce({ body: { message: 'Not now.' } });
    await answer(page(0, 1, false));
    expect(rowsOf(history)[0].owner).toBe('c.Channel_Desk_Board_Somebody');
  });

  it('looks for a name as it was typed, once and from the first page on; another rotation looks for none', async () => {
    const history = await show();
    await answer(page(0, 20, true));
    await more(history);
    type(history, '50');
    jest.advanceTimersByTime(299);
    type(history, '50%_a');
    await settled();
    expect(graphql.getLastConfig().variables).not.toHaveProperty('name');
    jest.advanceTimersByTime(300);
    await settled();
    expect(graphql.getLastConfig().variables).toMatchObject({ after: null, name: '%50\\%\\_a%' });
    history.rotationId = 'b0';
    await settled();
    expect(graphql.getLastConfig().variables).not.toHaveProperty('name');
    expect(graphql.getLastConfig().variables.rotation).toBe('b0');
  });

  it('shows a reason in full, and what failed in words', async () => {
    const history = await show();
    graphql.emit(page(0, 2, false));
    await settled();
    history.shadowRoot.querySelector('c-desk-rows').dispatchEvent(new CustomEvent('choose', { detail: 'a1' }));
    await settled();
    expect(history.shadowRoot.querySelector('c-desk-dialog').textContent).toContain('reason 1');
    graphql.emitErrors([{ message: 'Not now.' }]);
    await settled();
    expect(history.shadowRoot.querySelector('c-desk-state').problem).toBe('Not now.');
  });

  it('says in words what is hidden from the user, and shows the others', async () => {
    const history = await show();
    const { Id, CreatedDate, Outcome__c } = gift(0).node;
    const seen = page(0, 0, false);
    seen.uiapi.query.Lead_Assignment__c.edges = [{ node: { Id, CreatedDate, Outcome__c } }];
    graphql.emit(seen);
    await settled();
    expect(rowsOf(history)[0]).toMatchObject({
      name: 'c.Channel_Desk_Hidden_Lead',
      owner: 'c.Channel_Desk_Hidden',
      outcome: 'Offered',
      why: 'c.Channel_Desk_Hidden',
    });
    const { words } = history.shadowRoot.querySelector('c-desk-state');
    expect(words).toBe('Hidden: c.Channel_Desk_Lead, c.Channel_Desk_Board_Member, c.Channel_Desk_Board_Why');
  });

  it('says that it needs what is hidden', async () => {
    const history = await show();
    const message = 'Cannot query field "Rotation__c" on type "Lead_Assignment__c".';
    graphql.emitErrors([{ message, extensions: { ErrorType: 'ValidationError' } }]);
    await settled();
    const { problem } = history.shadowRoot.querySelector('c-desk-state');
    expect(problem).toBe(`Needed: ${message}`);
  });
});
