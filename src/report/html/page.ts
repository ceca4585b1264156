import { html, type Html } from './escape.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #181c24; --soft: #5a6372; --line: #d5dae2; --paper: #fff; --card: #f5f7fa;
  --before: #9aa5b5; --after: #0b6bcb; --good: #1a7f45; --bad: #b3261e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a6afbd; --line: #3a4250; --paper: #14181f;
  --card: #1d232d; --before: #6b7687; --after: #57a5f5; --good: #5ec98a; --bad: #ff8f85; --warn: #f0c060; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .25rem; line-height: 1.2; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
p { max-width: 44rem; } .soft { color: var(--soft); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0; }
dl.facts div { background: var(--card); border-radius: .5rem; padding: .75rem 1rem; }
dl.facts dt { color: var(--soft); font-size: .85rem; } dl.facts dd { margin: 0; font-size: 1.35rem; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
figure { margin: 0; overflow-x: auto; } figcaption { color: var(--soft); font-size: .9rem; margin-top: .5rem; }
svg { max-width: 100%; height: auto; font: 13px system-ui, sans-serif; } svg text { fill: var(--ink); }
svg .soft { fill: var(--soft); } svg .grid { stroke: var(--line); } svg .before { fill: var(--before); } svg .after { fill: var(--after); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .4rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } th { font-weight: 600; }
code { font: .9em ui-monospace, monospace; background: var(--card); padding: .1rem .35rem; border-radius: .25rem; overflow-wrap: anywhere; }
`;

/** A page that needs nothing from outside: styles within, no scripts, no addresses. */
export function page(title: string, body: Html): string {
  const head = html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
    <title>${title}</title>`;
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.text}\n<style>${STYLE}</style>\n</head>\n<body>\n<main>\n${body.text}\n</main>\n</body>\n</html>\n`;
}

/** A table; the first column is left-aligned, numbers to the right. */
export function table(headings: readonly string[], rows: ReadonlyArray<ReadonlyArray<string | number>>): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`
        )}
      </tbody>
    </table>
  </div>`;
}

/** Key figures in a row of boxes. */
export function facts(entries: ReadonlyArray<readonly [label: string, value: string | number | Html]>): Html {
  return html`<dl class="facts">
    ${entries.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`
    )}
  </dl>`;
}
