import { scaleLinear } from 'd3-scale';
import { html, type Html } from './escape.js';

export type BarRow = { label: string; before: number; after: number };

const WIDTH = 860;
const LABEL = 230;
const ROW = 44;

/** Horizontal bars, two a row: before and after. `what` names what is counted, for people who cannot see it. */
export function pairedBars(rows: readonly BarRow[], what: string): Html {
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]));
  const x = scaleLinear([0, most], [LABEL, WIDTH - 70]).nice(5);
  const height = rows.length * ROW + 30;
  const ticks = x
    .ticks(5)
    .map(
      (tick) =>
        html`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${height - 24}" />
          <text class="soft" x="${x(tick)}" y="${height - 8}" text-anchor="middle">${tick.toLocaleString('en')}</text>`
    );
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" role="img" aria-label="${what}, before and after">
    ${ticks}${rows.map((row, index) => pair(row, index * ROW, x))}
  </svg>`;
}

function pair({ label, before, after }: BarRow, top: number, x: (value: number) => number): Html {
  return html`<text x="${LABEL - 10}" y="${top + 24}" text-anchor="end">${short(label)}</text>
    ${bar(before, top + 4, 'before', x)}${bar(after, top + 20, 'after', x)}`;
}

function bar(value: number, top: number, className: string, x: (value: number) => number): Html {
  const width = Math.max(0, x(value) - x(0));
  return html`<rect class="${className}" x="${x(0)}" y="${top}" width="${width.toFixed(1)}" height="14" rx="2" />
    <text class="soft" x="${x(value) + 6}" y="${top + 12}">${value.toLocaleString('en')}</text>`;
}

const short = (label: string): string => (label.length > 30 ? `${label.slice(0, 29)}…` : label);
