/** Pictures of ways outside: boxes from the source on the left to those outside on the right, as SVG in the page. */
import { html, type Html } from './html/escape.js';

const BOX = { width: 176, line: 16, pad: 10, gapX: 44, gapY: 14 };

/** Letters a line of a box; the font is small and its letters are of different widths, so a little less than fits. */
const LETTERS = 25;
const MOST_LINES = 4;

/** Letters of a label of the overview, which has a number beside it. */
const OVERVIEW_LETTERS = 19;

/** Ways that are drawn; more would be a wall. */
const MOST_WAYS = 8;

type Box = { label: string; lines: string[]; column: number; x: number; y: number; height: number; end: boolean };

/** Picture of the ways of one finding. Boxes that several ways share are drawn once. */
export function waysPicture(chains: ReadonlyArray<readonly string[]>): Html {
  const drawn = chains.slice(0, MOST_WAYS);
  const boxes = layOut(drawn);
  const edges = edgesOf(drawn, boxes);
  const all = [...boxes.values()];
  const width = Math.max(...all.map(({ x }) => x)) + BOX.width + 2;
  const height = Math.max(...all.map((box) => box.y + box.height)) + 2;
  const told = drawn.map((chain) => chain.join(' to ')).join('; ');
  const rest = chains.length - drawn.length;
  return html`<div class="ways" role="region" aria-label="Ways outside" tabindex="0">
      <svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${told}">
        ${edges.map((d) => html`<path class="link" d="${d}" />`)}${all.map(drawBox)}
      </svg>
    </div>
    ${rest > 0 ? html`<p class="soft">and ${rest} more ways like these</p>` : html``}`;
}

/** A box a label and column; the last column is that of those outside, whatever the length of the way. */
function layOut(chains: ReadonlyArray<readonly string[]>): Map<string, Box> {
  const last = Math.max(1, ...chains.map(({ length }) => length - 1));
  const boxes = new Map<string, Box>();
  const bottoms: number[] = [];
  for (const chain of chains) {
    chain.forEach((label, index) => {
      const end = index === chain.length - 1 && index > 0;
      const column = end ? last : index;
      const name = `${column} ${label}`;
      if (boxes.has(name)) return;
      const lines = wrap(label);
      const height = lines.length * BOX.line + 2 * BOX.pad;
      const y = bottoms[column] ?? 1;
      boxes.set(name, { label, lines, column, x: 1 + column * (BOX.width + BOX.gapX), y, height, end });
      bottoms[column] = y + height + BOX.gapY;
    });
  }
  return boxes;
}

function edgesOf(chains: ReadonlyArray<readonly string[]>, boxes: ReadonlyMap<string, Box>): string[] {
  const last = Math.max(1, ...chains.map(({ length }) => length - 1));
  const at = (chain: readonly string[], index: number): Box =>
    boxes.get(`${index === chain.length - 1 && index > 0 ? last : index} ${chain[index]}`)!;
  const edges = chains.flatMap((chain) =>
    chain.slice(1).map((_label, index) => curve(at(chain, index), at(chain, index + 1)))
  );
  return [...new Set(edges)];
}

function curve(from: Box, to: Box): string {
  const [x1, y1] = [from.x + BOX.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function drawBox({ lines, column, x, y, height, end }: Box): Html {
  const name = end ? 'outside' : column === 0 ? 'source' : 'between';
  return html`<g class="box ${name}">
    <rect x="${x}" y="${y}" width="${BOX.width}" height="${height}" rx="6" />
    ${lines.map((line, index) => html`<text x="${x + BOX.pad}" y="${y + BOX.pad + (index + 0.8) * BOX.line}">${line}</text>`)}
  </g>`;
}

/** Words in lines; a word too long for one is cut, and what does not fit at all ends with dots. */
function wrap(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else for (let at = 0; at < word.length; at += LETTERS) lines.push(word.slice(at, at + LETTERS));
  }
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]!.slice(0, LETTERS - 1)}…`];
}

/** A flow of the overview: so many findings of an object go by a kind of way to people of a kind. */
export type Flow = { from: string; by: string; to: string; findings: number };

/** Overview: objects on the left, kinds of ways, those outside on the right; the thicker, the more findings. */
export function overviewPicture(flows: readonly Flow[]): Html {
  const columns = (['from', 'by', 'to'] as const).map((side) => column(flows, side));
  const height = Math.max(...columns.map(({ height: one }) => one));
  const width = 3 * BOX.width + 2 * 120 + 2;
  const links = (['from', 'by'] as const).flatMap((side, index) => {
    const other = side === 'from' ? 'by' : 'to';
    return joined(flows, side, other).map(({ a, b, findings }) =>
      link(columns[index]!.at(a), columns[index + 1]!.at(b), findings, index)
    );
  });
  const told = flows.map(({ from, by, to, findings }) => `${from} by ${by} to ${to}: ${findings}`).join('; ');
  return html`<div class="ways" role="region" aria-label="Overview of ways" tabindex="0">
    <svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${told}">
      ${links}${columns.flatMap(({ boxes }, index) => boxes.map((box) => overviewBox(box, index)))}
    </svg>
  </div>`;
}

type Place = { label: string; findings: number; y: number };
type Column = { boxes: Place[]; height: number; at(label: string): Place };

const ROW = 46;

function column(flows: readonly Flow[], side: 'from' | 'by' | 'to'): Column {
  const sums = new Map<string, number>();
  for (const flow of flows) sums.set(flow[side], (sums.get(flow[side]) ?? 0) + flow.findings);
  const boxes = [...sums]
    .sort((a, b) => b[1] - a[1])
    .map(([label, findings], index) => ({ label, findings, y: 1 + index * ROW }));
  return { boxes, height: boxes.length * ROW, at: (label) => boxes.find((box) => box.label === label)! };
}

function joined(
  flows: readonly Flow[],
  one: 'from' | 'by',
  other: 'by' | 'to'
): Array<{ a: string; b: string; findings: number }> {
  const sums = new Map<string, { a: string; b: string; findings: number }>();
  for (const flow of flows) {
    const key = `${flow[one]}\n${flow[other]}`;
    const sum = sums.get(key) ?? { a: flow[one], b: flow[other], findings: 0 };
    sum.findings += flow.findings;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

const left = (index: number): number => 1 + index * (BOX.width + 120);

function link(from: Place, to: Place, findings: number, index: number): Html {
  const [x1, x2] = [left(index) + BOX.width, left(index + 1)];
  const [y1, y2] = [from.y + ROW / 2 - 5, to.y + ROW / 2 - 5];
  const d = `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
  return html`<path class="flow" stroke-width="${Math.min(14, 1 + findings).toFixed(0)}" d="${d}" />`;
}

function overviewBox({ label, findings, y }: Place, index: number): Html {
  const text = label.length > OVERVIEW_LETTERS ? `${label.slice(0, OVERVIEW_LETTERS - 1)}…` : label;
  return html`<g class="box ${index === 0 ? 'source' : index === 2 ? 'outside' : 'between'}">
    <rect x="${left(index)}" y="${y}" width="${BOX.width}" height="${ROW - 10}" rx="6" />
    <text x="${left(index) + BOX.pad}" y="${y + 23}">${text}</text>
    <text class="number" x="${left(index) + BOX.width - BOX.pad}" y="${y + 23}" text-anchor="end">${findings}</text>
  </g>`;
}
