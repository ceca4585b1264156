import { createElement } from 'lwc';
import SharingReview from 'c/sharingReview';
import { gql, graphql } from 'lightning/graphql';
import decide from '@salesforce/apex/SharingReviewController.decide';
import { button, nextToast, settled } from 'page-test';

jest.mock('@salesforce/apex/SharingReviewController.decide', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Review_Sharing', () => ({ default: true }), { virtual: true });

jest.mock('@salesforce/label/c.Channel_Desk_Hidden_Fields', () => ({ default: 'Hidden: {0}' }), { virtual: true });

const LONG = 'A name that is far too long for one line of a box, as names of groups are';

const node = (Id, fields = {}) => ({
  node: {
    Id,
    Finding_Key__c: { value: `rule:Lead.${Id}` },
    State__c: { value: 'new' },
    Severity__c: { value: 'high' },
    Kind__c: { value: 'rule', displayValue: 'rule' },
    Object__c: { value: 'Lead' },
    Source_Name__c: { value: `Source ${Id}` },
    Path__c: { value: `Source > ${LONG} > Partners\nSource > Customers` },
    Records_Exposed__c: { value: null },
    Decision__c: { value: 'open' },
    Decision_Reason__c: { value: null },
    Decided_At__c: { value: null },
    Decided_By__r: null,
    Proposal_Exported__c: { value: false },
    ...fields,
  },
});

const group = (field, value) => ({
  edges: [{ node: { aggregate: { [field]: { value }, Id: { count: { value: 2 } } } } }],
});

/** Both wires get every answer here: it holds what either looks for. */
const answer = (edges, page = {}) => ({
  uiapi: {
    query: {
      Sharing_Finding__c: {
        edges,
        pageInfo: { hasNextPage: false, endCursor: 'end', ...page },
        totalCount: edges.length,
      },
    },
    aggregate: {
      severity: group('Severity__c', 'high'),
      kind: group('Kind__c', 'rule'),
      object: group('Object__c', 'Lead'),
    },
  },
});

const show = async (data) => {
  const review = createElement('c-sharing-review', { is: SharingReview });
  document.body.appendChild(review);
  graphql.emit(data);
  await settled();
  return review.shadowRoot;
};

const look = async (root, key) => {
  root.querySelector('c-desk-rows').dispatchEvent(new CustomEvent('choose', { detail: key }));
  await settled();
  return root.querySelector('c-desk-dialog');
};

const choose = async (root, label, value) => {
  const filter = [...root.querySelectorAll('lightning-combobox')].find((one) => one.label === label);
  filter.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
};

/** Fields as the platform has them: a message that was set makes them invalid. */
const fields = (dialog) =>
  ['lightning-radio-group', 'lightning-textarea'].map((name) => {
    const field = dialog.querySelector(name);
    field.setCustomValidity = jest.fn();
    field.reportValidity = () => field.setCustomValidity.mock.lastCall[0] === '';
    return field;
  });

const change = (field, value) => field.dispatchEvent(new CustomEvent('change', { detail: { value } }));

describe('c-sharing-review', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('draws each way from the source to those outside, and tells it in words', async () => {
    const root = await show(answer([node('a1')]));
    const dialog = await look(root, 'a1');
    const [first, second] = dialog.querySelectorAll('svg');
    expect(first.querySelectorAll('rect')).toHaveLength(3);
    expect(first.querySelectorAll('path')).toHaveLength(2);
    expect([...first.querySelectorAll('text')].map((one) => one.textContent).join(' ')).toBe(`Source ${LONG} Partners`);
    expect(first.querySelectorAll('rect')[2].classList).toContain('outside');
    expect(second.querySelectorAll('rect')).toHaveLength(2);
    expect(dialog.textContent).toContain('c.Channel_Desk_Review_Not_Counted');
  });

  it('keeps nothing without a reason, and says what it lacks', async () => {
    const root = await show(answer([node('a1')]));
    const dialog = await look(root, 'a1');
    const [decision, reason] = fields(dialog);
    const save = button(dialog, 'c.Channel_Desk_Review_Save');
    save.click();
    expect(decision.setCustomValidity).toHaveBeenLastCalledWith('c.Channel_Desk_Review_Choose');
    change(decision, 'keep');
    change(reason, '  ');
    save.click();
    expect(reason.setCustomValidity).toHaveBeenLastCalledWith('c.Channel_Desk_Review_Reason_Needed');
    expect(decide).not.toHaveBeenCalled();
    change(reason, 'Meant so');
    decide.mockResolvedValue(undefined);
    const toast = nextToast(root);
    save.click();
    expect((await toast).variant).toBe('success');
    expect(decide).toHaveBeenCalledWith({ findingId: 'a1', decision: 'keep', reason: 'Meant so' });
  });

  it('leaves the question open with what was written where the org refuses', async () => {
    const root = await show(answer([node('a1')]));
    const dialog = await look(root, 'a1');
    const [decision, reason] = fields(dialog);
    change(decision, 'defer');
    change(reason, 'Next year');
    decide.mockRejectedValue({ body: { message: 'The finding is not there any more.' } });
    const toast = nextToast(root);
    button(dialog, 'c.Channel_Desk_Review_Save').click();
    expect(await toast).toMatchObject({ title: 'The finding is not there any more.', variant: 'error' });
    await settled();
    expect(root.querySelector('c-desk-dialog lightning-textarea').value).toBe('Next year');
  });

  it('decides nothing that is gone', async () => {
    const root = await show(answer([node('a1', { State__c: { value: 'gone' } })]));
    const dialog = await look(root, 'a1');
    expect(dialog.textContent).toContain('c.Channel_Desk_Review_Is_Gone');
    expect(button(dialog, 'c.Channel_Desk_Review_Save')).toBeUndefined();
  });

  it('says who decided, and that what has changed since wants another decision', async () => {
    const decided = {
      Decision__c: { value: 'convert' },
      Decided_By__r: { Name: { value: 'Nora' } },
      Decided_At__c: { value: '2026-01-02T10:00:00.000Z' },
    };
    const edges = [
      node('a1', decided),
      node('a2', { ...decided, State__c: { value: 'reopened' }, Proposal_Exported__c: { value: true } }),
      node('a3', { State__c: { value: 'decided' } }),
    ];
    const root = await show(answer(edges));
    expect((await look(root, 'a1')).textContent).toContain('c.Channel_Desk_Review_Waits');
    expect((await look(root, 'a2')).textContent).toContain('c.Channel_Desk_Review_Changed');
    expect((await look(root, 'a3')).textContent).toContain('c.Channel_Desk_Review_In_File');
  });

  it('asks for pages, and for what is chosen alone', async () => {
    const root = await show(answer([node('a1')], { hasNextPage: true }));
    const asked = () => graphql.getLastConfig();
    root.querySelector('c-desk-pager').dispatchEvent(new CustomEvent('more'));
    await settled();
    expect(root.querySelector('c-desk-state').isLoading).toBe(true);
    expect(asked().variables).toEqual({ first: 50, after: 'end' });
    graphql.emit(answer([node('a2')]));
    await settled();
    expect(root.querySelector('c-desk-pager').hasBefore).toBe(true);
    await choose(root, 'c.Channel_Desk_Review_Object', 'Lead');
    graphql.emit(answer([]));
    await settled();
    expect(root.querySelector('c-desk-state').words).toBe('c.Channel_Desk_Review_None_Such');
    expect(asked().variables).toEqual({ object: 'Lead', first: 50, after: null });
  });

  it('shows what failed in words', async () => {
    const root = await show(answer([node('a1')]));
    graphql.emitErrors([{ message: 'Too many requests.' }]);
    await settled();
    expect(root.querySelector('c-desk-state').problem).toBe('Too many requests.');
  });

  it('tells what is hidden from the user apart from what is not there', async () => {
    const { Path__c, Records_Exposed__c, Decided_By__r, ...seen } = node('a1').node;
    expect([Path__c, Records_Exposed__c, Decided_By__r]).not.toContain(undefined);
    const root = await show(answer([{ node: { ...seen, Decision__c: { value: 'keep' } } }]));
    const { words } = root.querySelector('c-desk-state');
    expect(words).toBe('Hidden: c.Channel_Desk_Review_Ways, c.Channel_Desk_Review_Records, c.Channel_Desk_Review_Who');
    expect(root.querySelector('c-desk-rows').rows[0].records).toBe('c.Channel_Desk_Hidden');
    const dialog = await look(root, 'a1');
    expect(dialog.querySelector('[role="region"] p').textContent).toBe('c.Channel_Desk_Hidden');
  });

  it('lets nobody write over a reason that he does not see, and counts what he sees', async () => {
    const { Decision_Reason__c, Kind__c, ...seen } = node('a1').node;
    expect([Decision_Reason__c, Kind__c]).not.toContain(undefined);
    gql.mockImplementation((parts, ...values) => String.raw({ raw: parts }, ...values));
    const root = await show(answer([{ node: seen }]));
    const counts = gql.mock.results.map(({ value }) => value).find((text) => text?.includes('query counts'));
    expect(counts).toContain('object: Sharing_Finding__c');
    expect(counts).not.toContain('kind: Sharing_Finding__c');
    const dialog = await look(root, 'a1');
    expect(dialog.querySelector('lightning-textarea')).toBeNull();
    expect(dialog.textContent).toContain('c.Channel_Desk_Review_Reason_Hidden');
    expect(button(dialog, 'c.Channel_Desk_Review_Save')).toBeUndefined();
  });
});
