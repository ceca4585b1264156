import { createElement } from 'lwc';
import RotationHistory from 'c/rotationHistory';
import { graphql } from 'lightning/graphql';
import { settled } from 'page-test';

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

const rowsOf = ({ shadowRoot }) => shadowRoot.querySelector('c-desk-rows').rows;

describe('c-rotation-history', () => {
  afterEach(() => document.body.replaceChildren());

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

  it('tells owners by the names of members, also of those who come later', async () => {
    const history = await show();
    graphql.emit(page(0, 1, false));
    await settled();
    expect(rowsOf(history)[0].owner).toBe('00G1');
    history.members = [{ ownerId: '00G1', name: 'North' }];
    await settled();
    expect(rowsOf(history)[0].owner).toBe('North');
  });

  it('looks for a name as it was typed, from the first page on; another rotation looks for none', async () => {
    const history = await show();
    const input = history.shadowRoot.querySelector('lightning-input');
    input.dispatchEvent(new CustomEvent('change', { detail: { value: '50%_a' } }));
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
