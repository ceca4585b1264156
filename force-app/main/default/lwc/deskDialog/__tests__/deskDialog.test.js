import { createElement } from 'lwc';
import { settled } from 'page-test';
import Question from './question/question';

const NONE = [];
const ONE = [{ name: 'a' }];
const THREE = [{ name: 'a', off: true }, { name: 'b' }, { name: 'c' }, { name: 'd', off: true }];

/** A page whose button has the focus, and then its question. */
const show = async (parts) => {
  const page = createElement('c-question', { is: Question });
  page.parts = parts;
  document.body.appendChild(page);
  page.shadowRoot.querySelector('button').focus();
  page.isOpen = true;
  await settled();
  return page;
};

const dialogOf = ({ shadowRoot }) => shadowRoot.querySelector('c-desk-dialog');

/** What has the focus: the name of a part, the tag of something of the page, or what of the dialog itself. */
const focused = ({ shadowRoot }) => {
  const { activeElement: one } = shadowRoot;
  const own = one?.shadowRoot?.activeElement;
  return one?.name || own?.title || own?.getAttribute('role') || one?.tagName;
};

const place = (page, at) => dialogOf(page).shadowRoot.querySelectorAll('div[tabindex="0"]')[at];

const press = (key) => (root) =>
  root.querySelector('[role="dialog"]').dispatchEvent(new KeyboardEvent('keydown', { key }));

describe('c-desk-dialog', () => {
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['at the only part', ONE, 'a'],
    ['at the first part that is not disabled', THREE, 'b'],
    ['at itself where there is nothing to choose', NONE, 'dialog'],
  ])('begins %s', async (_, parts, name) => expect(focused(await show(parts))).toBe(name));

  it.each([
    ['before its start goes to the last part that is not disabled', 0, THREE, 'c'],
    ['before its start goes to the button that closes, where that is all there is', 0, NONE, 'c.Channel_Desk_Close'],
    ['behind its end goes to the button that closes', 1, THREE, 'c.Channel_Desk_Close'],
  ])('keeps the focus inside: what comes %s', async (_, at, parts, name) => {
    const page = await show(parts);
    place(page, at).focus();
    expect(focused(page)).toBe(name);
  });

  it.each([
    ['Escape', press('Escape'), 1],
    ['its button', (root) => root.querySelector('button').click(), 1],
    ['no other key', press('Enter'), 0],
  ])('is closed by %s', async (_, act, times) => {
    const dialog = dialogOf(await show(ONE));
    const closed = jest.fn();
    dialog.addEventListener('close', closed);
    act(dialog.shadowRoot);
    expect(closed).toHaveBeenCalledTimes(times);
  });

  it('gives the focus back to what had it in the page', async () => {
    const page = await show(ONE);
    page.isOpen = false;
    await settled();
    expect(focused(page)).toBe('BUTTON');
  });
});
