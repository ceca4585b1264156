/** Style of the sharing report beside that of every report. */
export const SHARING_STYLE = `
td:nth-child(2) { white-space: normal; min-width: 12rem; } tbody th { min-width: 14rem; }
.ways { overflow-x: auto; margin: .75rem 0; } .ways svg { display: block; }
.ways text { font: 12.5px system-ui, sans-serif; fill: var(--ink); } .ways text.number { font-weight: 600; }
.box rect { fill: var(--card); stroke: var(--line); } .box.source rect { stroke: var(--soft); }
.box.outside rect { stroke: var(--bad); stroke-width: 1.5; }
.link { fill: none; stroke: var(--soft); stroke-width: 1.5; } .flow { fill: none; stroke: var(--after); opacity: .45; }
article { border-top: 1px solid var(--line); padding: 1.1rem 0 .6rem; } article h3 { margin: 0; font-size: 1.02rem; overflow-wrap: anywhere; }
article p { overflow-wrap: anywhere; } .tags { display: flex; flex-wrap: wrap; gap: .35rem .6rem; margin: .35rem 0; font-size: .85rem; }
.tag { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .65rem; } .tag.bad, .tag.warn, .tag.good { border-color: currentColor; }
details summary { cursor: pointer; color: var(--soft); } .note { border-left: 3px solid var(--warn); padding-left: .75rem; }
@media print { article { break-inside: avoid; } }
`;
