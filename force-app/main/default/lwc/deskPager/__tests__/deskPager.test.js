import { createElement } from 'lwc';
import DeskPager from 'c/deskPager';

const show = (properties) => {
  const pager = createElement('c-desk-pager', { is: DeskPager });
  document.body.appendChild(Object.assign(pager, properties));
  return pager;
};

const buttons = ({ shadowRoot }) => [...shadowRoot.querySelectorAll('lightning-button')];

describe('c-desk-pager', () => {
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['on the first of several pages', { hasMore: true }, [true, false]],
    ['on the last', { hasBefore: true }, [false, true]],
    ['between', { hasBefore: true, hasMore: true }, [false, false]],
    ['while a page is on its way', { hasBefore: true, hasMore: true, busy: true }, [true, true]],
    ['where there is one page', {}, []],
  ])('%s, has these buttons disabled', (_, properties, disabled) =>
    expect(buttons(show(properties)).map((one) => one.disabled)).toEqual(disabled)
  );

  it('says which way', () => {
    const pager = show({ hasBefore: true, hasMore: true, words: '26 to 50 of 90' });
    const went = [];
    ['before', 'more'].forEach((way) => pager.addEventListener(way, () => went.push(way)));
    buttons(pager).forEach((one) => one.click());
    expect(went).toEqual(['before', 'more']);
    expect(pager.shadowRoot.querySelector('[role="status"]').textContent).toBe('26 to 50 of 90');
  });
});
