import { createElement } from 'lwc';
import RotationBoard from 'c/rotationBoard';
import { graphql } from 'lightning/graphql';
import waiting from '@salesforce/apex/RotationBoardController.waiting';
import members from '@salesforce/apex/RotationBoardController.members';
import pause from '@salesforce/apex/RotationBoardController.pause';
import { button, nextToast, settled } from 'page-test';

jest.mock('@salesforce/apex/RotationBoardController.members', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.waiting', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.preview', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.distribute', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.pause', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.weigh', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RotationBoardController.ownerNames', () => ({ default: jest.fn() }), { virtual: true });
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

const WAITING = {
  leads: [{ leadId: '00Q1', name: 'Ann', company: 'Mill', ownerName: 'Inbox' }],
  total: 1,
  hasMore: false,
};

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
    waiting.mockResolvedValue(WAITING);
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

  it('lets nobody choose another rotation while leads are given, and shows what is true afterwards', async () => {
    const root = await show();
    const given = root.querySelector('c-rotation-waiting');
    given.dispatchEvent(new CustomEvent('work', { detail: true }));
    await settled();
    expect(root.querySelector('lightning-combobox').disabled).toBe(true);
    expect(button(root, 'c.Channel_Desk_Board_Pause', 'a1').disabled).toBe(true);
    members.mockResolvedValue([{ ...NORTH, assigned: 7 }, SOUTH]);
    given.dispatchEvent(new CustomEvent('given'));
    given.dispatchEvent(new CustomEvent('work', { detail: false }));
    await settled();
    expect(root.querySelector('lightning-combobox').disabled).toBe(false);
    expect(root.querySelector('tbody tr').textContent).toContain('7 (77.8%)');
  });

  it('reads members and waiting leads again where the rotations come again', async () => {
    const root = await show();
    expect([members, waiting].map((one) => one.mock.calls.length)).toEqual([1, 1]);
    graphql.emit(rotation());
    await settled();
    expect([members, waiting].map((one) => one.mock.calls.length)).toEqual([2, 2]);
    expect(root.querySelectorAll('tbody tr')).toHaveLength(2);
  });

  it('shows that it loads while nothing is there', async () => {
    let answer;
    members.mockReturnValueOnce(new Promise((done) => (answer = done)));
    const root = await show();
    expect(root.querySelector('c-desk-state').isLoading).toBe(true);
    answer([NORTH]);
    await settled();
    expect(root.querySelector('c-desk-state').isLoading).toBe(false);
    expect(root.querySelectorAll('tbody tr')).toHaveLength(1);
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
    // The day begins by the clock of the user, who lives in Los Angeles.
    expect(pause).toHaveBeenCalledWith({ memberId: 'a1', pausedUntil: '2999-01-01T08:00:00.000Z' });
    expect([members, waiting].map((one) => one.mock.calls.length)).toEqual([2, 2]);
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
