import { createElement } from 'lwc';
import DeskRows from 'c/deskRows';
import { settled } from 'page-test';

const rowsOf = (count) =>
  Array.from({ length: count }, (_, at) => ({
    key: `k${at}`,
    name: `Lead ${at}`,
    why: 'due first',
    actionName: `Why: ${at}`,
  }));

const show = (properties) => {
  const table = createElement('c-desk-rows', { is: DeskRows });
  Object.assign(table, {
    label: 'Leads',
    columns: [
      { name: 'name', label: 'Lead' },
      { name: 'why', label: 'Why', action: true },
    ],
    ...properties,
  });
  document.body.appendChild(table);
  return table;
};

const scrollTo = async (table, scrollTop) => {
  const view = table.shadowRoot.querySelector('.view');
  Object.defineProperty(view, 'clientHeight', { value: 360, configurable: true });
  Object.defineProperty(view, 'scrollTop', { value: scrollTop, configurable: true });
  view.dispatchEvent(new CustomEvent('scroll'));
  await settled();
};

const shown = (table) => [...table.shadowRoot.querySelectorAll('tr.row')];
const heightOf = (cell) => parseInt(/(\d+)px/.exec(cell.getAttribute('style'))[1], 10);

describe('c-desk-rows', () => {
  afterEach(() => document.body.replaceChildren());

  it('has no more rows in the page than are in sight and a few', () => {
    const table = show({ rows: rowsOf(10000) });
    expect(shown(table).length).toBeLessThan(60);
    expect(table.shadowRoot.querySelector('table').getAttribute('aria-rowcount')).toBe('10001');
  });

  it('shows the rows of where it is scrolled to, in a table that keeps its height', async () => {
    const table = show({ rows: rowsOf(10000) });
    await scrollTo(table, 36 * 5000);
    const rows = shown(table);
    expect(rows.some((row) => row.textContent.includes('Lead 5005'))).toBe(true);
    expect(rows[0].getAttribute('aria-rowindex')).toBe('4990');
    const gaps = [...table.shadowRoot.querySelectorAll('.gap td')].map(heightOf);
    expect(gaps[0] + gaps[1] + rows.length * 36).toBe(360000);
  });

  it('shows the last rows where those that were in sight have gone', async () => {
    const table = show({ rows: rowsOf(1000) });
    await scrollTo(table, 36 * 900);
    table.rows = rowsOf(100);
    await settled();
    expect(shown(table).pop().textContent).toContain('Lead 99');
    const gaps = [...table.shadowRoot.querySelectorAll('.gap td')].map(heightOf);
    expect(gaps[0] + gaps[1] + shown(table).length * 36).toBe(3600);
  });

  it('asks for more near the end, and only where there is more', async () => {
    const asked = jest.fn();
    const table = show({ rows: rowsOf(500), hasMore: true });
    table.addEventListener('more', asked);
    await scrollTo(table, 36 * 100);
    expect(asked).not.toHaveBeenCalled();
    await scrollTo(table, 36 * 480);
    expect(asked).toHaveBeenCalledTimes(1);
    table.hasMore = false;
    await scrollTo(table, 36 * 470);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('tells which row was chosen', () => {
    const table = show({ rows: rowsOf(3) });
    const chosen = jest.fn();
    table.addEventListener('choose', ({ detail }) => chosen(detail));
    table.shadowRoot.querySelectorAll('button')[1].click();
    expect(chosen).toHaveBeenCalledWith('k1');
    expect(table.shadowRoot.querySelectorAll('button')[1].getAttribute('aria-label')).toBe('Why: 1');
  });

  it('takes the focus back to the button that was chosen, or to the table where that is out of sight', async () => {
    const table = show({ rows: rowsOf(500) });
    const [, second] = table.shadowRoot.querySelectorAll('button');
    second.click();
    table.focus();
    expect(table.shadowRoot.activeElement).toBe(second);
    await scrollTo(table, 36 * 400);
    table.focus();
    expect(table.shadowRoot.activeElement).toBe(table.shadowRoot.querySelector('.view'));
  });
});
