/**
 * How quick the pages are in a real browser: `npm run bench -- pages [--rows 10000] [--visits 5]`. Prints how long a page takes until it can be
 * used, first and with the vendor bundle in the browser's cache, and the tasks of more than 50 ms while a board of many rows is scrolled
 * to its end. Aims: under 1 s from the cache; no task over 100 ms.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import '../test/helpers/home.js';
import { BoardDesk } from '../test/browser/support/board-desk.js';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000' }, visits: { type: 'string', default: '5' } },
});
const rows = Number(values.rows);
const visits = Number(values.visits);

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

/** Milliseconds from the beginning of the navigation until the members are there. */
const ready = async (page: Page): Promise<number> => {
  await page.getByRole('heading', { name: 'Members' }).waitFor();
  return page.evaluate<number>('Math.round(performance.now())');
};

/** As text, for the page: what is compiled here would need helpers that the page does not have. */
const OBSERVE = `
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => Math.round(entry.duration))))
    .observe({ type: 'longtask', buffered: false });`;

/** Milliseconds until a board that does not come to its end is given up. */
const PATIENCE = 300_000;

type Scrolled = { scrollTop: number; clientHeight: number; scrollHeight: number };

const desk = await BoardDesk.open();
try {
  say(`${rows} gifts on the board ...`);
  await desk.gifts(rows);
  const page = await desk.board();
  say(`page ready, nothing cached: ${await ready(page)} ms`);
  const cached: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    await page.reload();
    cached.push(await ready(page));
  }
  say(`page ready, bundle cached: ${median(cached)} ms (median of ${visits}: ${cached.join(', ')})`);

  await page.getByRole('heading', { name: /Who Got What \(\d/ }).waitFor();
  await page.evaluate(OBSERVE);
  const view = page.getByRole('region', { name: 'Who Got What' });
  const started = performance.now();
  for (let loaded = 0, atEnd = false; loaded < rows || !atEnd;) {
    if (performance.now() - started > PATIENCE) throw new Error(`The board still shows ${loaded} of ${rows} gifts.`);
    await view.hover();
    await page.mouse.wheel(0, 1500);
    await page.waitForTimeout(30);
    const heading = (await page.getByRole('heading', { name: /Who Got What/ }).textContent()) ?? '';
    loaded = Number(/\(([\d,]+)/.exec(heading)?.[1]?.replaceAll(',', '') ?? 0);
    atEnd = await view.evaluate((node) => {
      const { scrollTop, clientHeight, scrollHeight } = node as unknown as Scrolled;
      return scrollTop + clientHeight >= scrollHeight - 2;
    });
  }
  const long = await page.evaluate<number[]>('window.long');
  say(`scrolled through ${rows} rows in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  say(
    `tasks over 50 ms: ${long.length}; the longest ${Math.max(0, ...long)} ms; over 100 ms: ${long.filter((ms) => ms > 100).length}`
  );
} finally {
  await desk.close();
}
