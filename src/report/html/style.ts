/** Style of every report: one column, light or dark as the reader's system is, readable from 320 pixels on. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #181c24; --soft: #565f6e; --line: #d5dae2; --paper: #fff; --card: #f4f6f9;
  --before: #7c8798; --after: #0b6bcb; --good: #1a7440; --bad: #b3261e; --warn: #805300; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a6afbd; --line: #3a4250; --paper: #14181f;
  --card: #1d232d; --before: #8491a4; --after: #57a5f5; --good: #5ec98a; --bad: #ff8f85; --warn: #f0c060; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; margin: 0; line-height: 1.2; } h2 { font-size: 1.2rem; margin: 3rem 0 .5rem; }
p { max-width: 46rem; margin: .5rem 0; } .soft { color: var(--soft); }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .9rem; }
.badge { border: 1px solid; border-radius: 1rem; padding: .05rem .75rem; font-size: .9rem; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
dl.about { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 1rem 0 0; }
dl.about dt { color: var(--soft); } dl.about dd { margin: 0; overflow-wrap: anywhere; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.75rem 0 .75rem; }
dl.facts div { display: flex; flex-direction: column; justify-content: space-between; background: var(--card);
  border-radius: .5rem; padding: .7rem .9rem; }
dl.facts dt { color: var(--soft); font-size: .85rem; line-height: 1.3; }
dl.facts dd { margin: .2rem 0 0; font-size: 1.4rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0 0; } figcaption { color: var(--soft); font-size: .9rem; margin-top: .9rem; max-width: 46rem; }
.key { display: flex; gap: 1.25rem; font-size: .9rem; margin: 0 0 .75rem; }
.key span::before { content: ""; display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; }
.key .before::before, i.before { background: var(--before); } .key .after::before, i.after { background: var(--after); }
.chart .row { display: grid; grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr); gap: 0 1rem; align-items: center;
  padding: .35rem 0; }
.chart .row + .row { border-top: 1px solid var(--line); }
.chart.ends .row { grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr) 4.5rem; }
.chart.pairs .row { grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr) 8rem; }
.chart .label { overflow-wrap: anywhere; line-height: 1.3; } .chart .end { text-align: right; font-variant-numeric: tabular-nums; }
.chart .head { color: var(--soft); font-size: .85rem; } .axis { display: flex; justify-content: space-between; }
.bar { display: flex; align-items: center; gap: .5rem; font-size: .85rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
.bar i { display: block; height: .8rem; min-width: 2px; border-radius: 2px; }
.plot svg { display: block; width: 100%; height: 3rem; }
.plot svg > * { vector-effect: non-scaling-stroke; fill: none; }
.strokes { stroke: var(--after); } .zero { stroke: var(--soft); stroke-width: 1; }
.bound { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 4; }
.climb { stroke-width: 2; } .climb.after { stroke: var(--after); } .climb.before { stroke: var(--before); stroke-dasharray: 5 3; }
.wide { overflow-x: auto; margin-top: .75rem; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .4rem; }
caption span { display: inline-block; max-width: min(46rem, 86vw); }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 10rem; }
thead th { font-weight: 600; border-bottom-color: var(--soft); } .number { text-align: right; }
pre { background: var(--card); border-radius: .5rem; padding: .7rem .9rem; margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
pre, code { font: .9rem/1.6 ui-monospace, monospace; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 36rem) { .chart .row, .chart.ends .row { grid-template-columns: minmax(0, 1fr) 3.5rem; } .chart.pairs .row { grid-template-columns: minmax(0, 1fr) 7rem; }
  .chart .label { grid-column: 1 / -1; } .chart:not(.ends) .plot { grid-column: 1 / -1; }
  dl.about { grid-template-columns: 1fr; } dl.about dt:not(:first-child) { margin-top: .4rem; } }
@media print { main { padding: 0; } .chart .row, dl.facts div { break-inside: avoid; }
  .bar i, .key span::before { print-color-adjust: exact; } }
`;
