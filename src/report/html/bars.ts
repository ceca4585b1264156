import { html, type Html } from './escape.js';
import { count } from './numbers.js';

export type BarRow = { label: string; before: number; after: number };

/** What the two bars of a row are. */
export type BarNames = { before: string; after: string };

/**
 * Two bars a row, before and after, with the numbers at their ends. Made of boxes, not of a picture: the text keeps its
 * size and its contrast in a narrow window, and readers of screens are told the numbers.
 */
export function pairedBars(rows: readonly BarRow[], names: BarNames = { before: 'before', after: 'after' }): Html {
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]));
  return html`<p class="key"><span class="before">${names.before}</span> <span class="after">${names.after}</span></p>
    <div class="chart" role="list">
      ${rows.map(
        ({ label, before, after }) =>
          html`<div class="row" role="listitem">
            <span class="label">${label}</span>
            <span class="plot">${bar('before', names, before, most)}${bar('after', names, after, most)}</span>
          </div>`
      )}
    </div>`;
}

/** The bar leaves room for the number behind it. */
function bar(name: 'before' | 'after', names: BarNames, value: number, most: number): Html {
  const share = (value / most).toFixed(4);
  return html`<span class="bar"
    ><i class="${name}" style="width: calc((100% - 4.5rem) * ${share})"></i
    ><span><span class="hidden">${names[name]} </span>${count(value)}</span></span
  >`;
}
