import { html, type Html } from './escape.js';
import { count } from './numbers.js';
import { STYLE } from './style.js';

/** A page that needs nothing from outside: styles within, no scripts, no addresses. */
export function page(title: string, body: Html): string {
  const head = html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
    <title>${title}</title>`;
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.text}\n<style>${STYLE}</style>\n</head>\n<body>\n<main>\n${body.text}\n</main>\n</body>\n</html>\n`;
}

/** A column: its heading, and whether it holds numbers, which stand to the right. */
export type Column = string | { number: string };

type Cell = string | number;

/** A table. Its caption says what is in it; the first column names the rows. It can be scrolled where it is too wide. */
export function table(caption: string, columns: readonly Column[], rows: ReadonlyArray<readonly Cell[]>): Html {
  const name = (column: Column): string => (typeof column === 'string' ? column : column.number);
  const align = (index: number): string => (typeof columns[index] === 'string' ? 'text' : 'number');
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        <span>${caption}</span>
      </caption>
      <thead>
        <tr>
          ${columns.map((column, index) => html`<th scope="col" class="${align(index)}">${name(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(([first = '', ...rest]) => {
          const cells = rest.map((cell, index) => html`<td class="${align(index + 1)}">${shown(cell)}</td>`);
          return html`<tr>
            <th scope="row">${shown(first)}</th>
            ${cells}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

const shown = (cell: Cell): string => (typeof cell === 'number' ? count(cell) : cell);

/** Key figures in a row of boxes. */
export function facts(entries: ReadonlyArray<readonly [label: string, value: string | Html]>): Html {
  return html`<dl class="facts">${entries.map(([label, value]) => html`<div>${pair(label, value)}</div>`)}</dl>`;
}

/** What the page is about, a line each. */
export function about(entries: ReadonlyArray<readonly [label: string, value: string]>): Html {
  return html`<dl class="about">${entries.map(([label, value]) => pair(label, value))}</dl>`;
}

const pair = (label: string, value: string | Html): Html =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`;
