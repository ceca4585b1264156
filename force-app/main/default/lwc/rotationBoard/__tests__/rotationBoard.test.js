import { createElement } from 'lwc';
import RotationBoard from 'c/rotationBoard';
import { graphql } from 'lightning/graphql';
import members from '@salesforce/apex/RotationBoardController.members';
import waiting from '@salesforce/apex/RotationBoardController.waiting';
import preview from '@salesforce/apex/RotationBoardController.preview';
import distribute from '@salesforce/apex/RotationBoardController.distribute';
import pause from '@salesforce/apex/RotationBoardController.pause';
import { button, nextToast, settled } from 'page-test';

jest.mock('@salesforce/apex/RotationBoardController.members', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.waiting', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.preview', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.distribute', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.pause', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.weigh', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Channel_Desk_Distribute', () => ({ default: true }), { virtual: true });

const NORTH = {
  memberId: 'a1',
  ownerId: '00G1',
  name: 'North',
  weight: 3,
  assigned: 6,
  deficit: 0.4,
  cap: 10,
  inPeriod: 2,
};
const SOUTH = { memberId: 'a2', ownerId: '00G2', name: 'South', weight: 1, assigned: 2, deficit: -0.4, away: 'hours' };
const LEADS = [{ leadId: '00Q1', name: 'Ann Example', company: 'Example Mill', ownerName: 'Unassigned' }];

const rotation = (Active__c = true) => ({
  uiapi: {
    query: {
      Lead_Rotation__c: {
        edges: [
          { node: { Id: 'a0', Name: { value: 'EMEA' }, Key__c: { value: 'EMEA' }, Active__c: { value: Active__c } } },
        ],
      },
      Lead_Assignment__c: { edges: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 },
    },
  },
});

const show = async (data = rotation()) => {
  const board = createElement('c-rotation-board', { is: RotationBoard });
  document.body.appendChild(board);
  graphql.emit(data);
  await settled();
  return board.shadowRoot;
};

describe('c-rotation-board', () => {
  beforeEach(() => {
    members.mockResolvedValue([NORTH, SOUTH]);
    waiting.mockResolvedValue(LEADS);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows shares, what was got and what is owed', async () => {
    const root = await show();
    const cells = [...root.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent)
    );
    expect(cells[0].slice(0, 6)).toEqual(['North', '', '75.0%', '6 (75.0%)', '+0.40', 'c.Channel_Desk_Board_Of_Cap']);
    expect(cells[1].slice(2, 5)).toEqual(['25.0%', '2 (25.0%)', '-0.40']);
    expect(cells[1][6]).toBe('c.Channel_Desk_Board_Hours');
    const bars = [...root.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('x')));
    expect(bars[0]).toBe(350);
    expect(bars[1]).toBeLessThan(350);
  });

  it('gives nothing that was not previewed', async () => {
    preview.mockResolvedValue([{ leadId: '00Q1', moved: true, ownerName: 'North', reason: 'North due first' }]);
    distribute.mockResolvedValue([{ leadId: '00Q1', moved: true, ownerName: 'North', reason: 'North due first' }]);
    const root = await show();
    expect(button(root, 'c.Channel_Desk_Board_Distribute').disabled).toBe(true);
    button(root, 'c.Channel_Desk_Board_Preview').click();
    await settled();
    expect(root.querySelector('c-desk-rows').rows[0]).toMatchObject({ would: 'North', why: 'North due first' });
    const toast = nextToast(root);
    button(root, 'c.Channel_Desk_Board_Distribute').click();
    expect((await toast).variant).toBe('success');
    expect(distribute).toHaveBeenCalledWith({ rotationKey: 'EMEA', leadIds: ['00Q1'] });
    expect(members).toHaveBeenCalledTimes(2);
  });

  it('pauses nobody until a time that is over', async () => {
    const root = await show();
    button(root, 'c.Channel_Desk_Board_Pause', 'a1').click();
    await settled();
    const until = root.querySelector('c-desk-dialog lightning-input');
    until.setCustomValidity = jest.fn();
    until.reportValidity = () => until.setCustomValidity.mock.lastCall[0] === '';
    until.value = '2020-01-01';
    const confirm = button(root.querySelector('c-desk-dialog'), 'c.Channel_Desk_Board_Pause');
    confirm.click();
    expect(pause).not.toHaveBeenCalled();
    until.value = '2999-01-01';
    pause.mockResolvedValue(undefined);
    const toast = nextToast(root);
    confirm.click();
    expect((await toast).variant).toBe('success');
    expect(pause).toHaveBeenCalledWith({ memberId: 'a1', pausedUntil: new Date('2999-01-01T00:00').toISOString() });
  });

  it('shows members where the waiting leads cannot be told', async () => {
    waiting.mockRejectedValue({ body: { message: 'The rotation names no leads.' } });
    const root = await show();
    expect(root.querySelectorAll('tbody tr')).toHaveLength(2);
    expect(root.textContent).toContain('The rotation names no leads.');
  });

  it('says so where a rotation is not active, and asks nothing of it', async () => {
    const root = await show(rotation(false));
    expect(root.querySelector('c-desk-state').words).toBe('c.Channel_Desk_Board_Inactive');
    expect(members).not.toHaveBeenCalled();
  });

  it('shows what failed in words', async () => {
    members.mockRejectedValue({ body: { message: 'There is no rotation EMEA.' } });
    const root = await show();
    expect(root.querySelector('c-desk-state').problem).toBe('There is no rotation EMEA.');
  });
});
