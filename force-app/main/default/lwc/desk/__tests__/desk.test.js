import { dayIn, errorText, fill, hiddenText, numberWriter, startOf, timeText } from 'c/desk';

jest.mock('@salesforce/label/c.Channel_Desk_Hidden_Fields', () => ({ default: 'Hidden: {0}' }), { virtual: true });
jest.mock('@salesforce/label/c.Channel_Desk_Not_Shown', () => ({ default: 'Needed: {0}' }), { virtual: true });

const UNKNOWN = 'c.Channel_Desk_Unknown_Problem';

describe('texts that components share', () => {
  it.each([
    ['{0} of {1}', [3, 9], '3 of 9'],
    ['{1}: {0}, {1}', ['a', 'b'], 'b: a, b'],
    ['{0} of {1}', [0], '0 of '],
    ['nothing', ['a'], 'nothing'],
  ])('%s filled with %j is %s', (label, values, text) => expect(fill(label, ...values)).toBe(text));

  it.each([
    ['an answer of Apex', { body: { message: 'Taken.' } }, 'Taken.'],
    ['several of UI API', { body: [{ message: 'One.' }, { message: 'Two.' }] }, 'One. Two.'],
    [
      'fields of UI API',
      { body: { message: 'General.', output: { errors: [], fieldErrors: { Name: [{ message: 'Too long.' }] } } } },
      'Too long.',
    ],
    ['the same twice from GraphQL', [{ message: 'No.' }, { message: 'No.' }], 'No.'],
    [
      'a field that GraphQL does not know',
      [{ message: 'X', extensions: { ErrorType: 'ValidationError' } }],
      'Needed: X',
    ],
    ['a plain error', new Error('Broken.'), 'Broken.'],
    ['nothing that says anything', {}, UNKNOWN],
    ['no error at all', undefined, UNKNOWN],
  ])('tells %s in words', (_, error, text) => expect(errorText(error)).toBe(text));

  it.each([
    ['no records', [], undefined],
    ['all there', [{ node: { A: null, B: {} } }], undefined],
    ['one left out', [{ node: { A: {} } }], 'Hidden: Bee'],
  ])('of hidden fields, with %s, says %s', (_, edges, text) =>
    expect(hiddenText(edges, { A: 'Ay', B: 'Bee' })).toBe(text)
  );
});

/** The user of unit tests lives in Los Angeles; where the browser is does not matter. */
describe('times of the user', () => {
  it.each([
    ['2026-01-02T07:30:00.000Z', 'Jan 1, 2026, 11:30 PM'],
    ['2026-07-02T07:30:00.000Z', 'Jul 2, 2026, 12:30 AM'],
    [undefined, undefined],
  ])('%s reads %s', (time, text) => expect(timeText(time)?.replace(/\s/g, ' ')).toBe(text));

  it.each([
    ['2026-01-02', '2026-01-02T08:00:00.000Z'],
    ['2026-07-02', '2026-07-02T07:00:00.000Z'],
    ['2026-03-08', '2026-03-08T08:00:00.000Z'],
    ['2026-03-09', '2026-03-09T07:00:00.000Z'],
    ['2026-11-01', '2026-11-01T07:00:00.000Z'],
    ['2026-11-02', '2026-11-02T08:00:00.000Z'],
  ])('%s begins at %s', (day, time) => expect(startOf(day).toISOString()).toBe(time));

  it('counts days by the clock of the user', () => {
    jest.useFakeTimers({ now: new Date('2026-01-31T07:59:59Z') });
    expect([dayIn(0), dayIn(1), dayIn(2)]).toEqual(['2026-01-30', '2026-01-31', '2026-02-01']);
    jest.useRealTimers();
  });

  it('writes numbers as the locale does', () => {
    expect(numberWriter()(1234.5)).toBe('1,234.5');
    expect(numberWriter({ style: 'percent' })(0.25)).toBe('25%');
  });
});
