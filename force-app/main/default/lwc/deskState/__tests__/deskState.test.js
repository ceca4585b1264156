import { createElement } from 'lwc';
import DeskState from 'c/deskState';

const show = (properties) => {
  const state = createElement('c-desk-state', { is: DeskState });
  document.body.appendChild(Object.assign(state, properties));
  return state;
};

describe('c-desk-state', () => {
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['nothing', {}, { spinner: false, alert: undefined, words: '' }],
    ['that it loads', { isLoading: true }, { spinner: true, alert: undefined, words: '' }],
    ['what failed', { problem: 'Broken.' }, { spinner: false, alert: 'Broken.', words: '' }],
    ['that there is nothing', { words: 'None.' }, { spinner: false, alert: undefined, words: 'None.' }],
    ['words beside what failed', { problem: 'No.', words: 'W.' }, { spinner: false, alert: 'No.', words: 'W.' }],
  ])('shows %s', (_, properties, shown) => {
    const { shadowRoot: root } = show(properties);
    expect({
      spinner: root.querySelector('lightning-spinner') !== null,
      alert: root.querySelector('[role="alert"] p')?.textContent,
      words: [...root.children].find((one) => one.tagName === 'P')?.textContent ?? '',
    }).toEqual(shown);
  });

  it('offers to try again what failed', () => {
    const state = show({ problem: 'Broken.' });
    const again = jest.fn();
    state.addEventListener('retry', again);
    state.shadowRoot.querySelector('lightning-button').click();
    expect(again).toHaveBeenCalledTimes(1);
  });
});
