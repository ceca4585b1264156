import { html, type Html } from './escape.js';
import { count } from './numbers.js';

/** Leads that one member had at some moments, from no leads at the beginning to its total at the end. */
export type Climb = { label: string; lines: ReadonlyArray<ReadonlyArray<readonly [at: number, leads: number]>> };

/** Units of the drawing; it is stretched to the width that is there. */
const WIDTH = 1000;
const HEIGHT = 60;

/**
 * A row a member with its total over time, and that of another configuration beside it. All rows have the same scale.
 * @param from,to instants between which the rows are drawn
 * @param ends texts below the two ends of the axis
 */
export function climbs(members: readonly Climb[], from: number, to: number, ends: readonly [string, string]): Html {
  const most = Math.max(1, ...members.flatMap(({ lines }) => lines.flat().map(([, leads]) => leads)));
  const isCompared = members.some(({ lines }) => lines.length > 1);
  const x = (at: number): string => ((WIDTH * (at - from)) / Math.max(1, to - from)).toFixed(1);
  const y = (leads: number): string => (HEIGHT - 2 - ((HEIGHT - 4) * leads) / most).toFixed(1);
  return html`<div class="chart ends ${isCompared ? 'pairs' : ''}" role="list">
    <div class="row head" aria-hidden="true">
      <span class="label"></span><span class="plot axis"><span>${ends[0]}</span><span>${ends[1]}</span></span
      ><span class="end">at the end</span>
    </div>
    ${members.map(({ label, lines }) => {
      const totals = lines.map((points) => count(points.at(-1)?.[1] ?? 0));
      return html`<div class="row" role="listitem">
        <span class="label">${label}</span>
        <span class="plot"
          ><svg
            viewBox="0 0 ${WIDTH} ${HEIGHT}"
            preserveAspectRatio="none"
            role="img"
            aria-label="${totals.join(', and ')} leads at the end"
          >
            <line class="zero" x1="0" x2="${WIDTH}" y1="${y(0)}" y2="${y(0)}" />
            ${lines.map(
              (points, at) =>
                html`<path class="climb ${isCompared && at === 0 ? 'before' : 'after'}" d="${steps(points, x, y)}" />`
            )}
          </svg></span
        >
        <span class="end">${totals.join(' / ')}</span>
      </div>`;
    })}
  </div>`;
}

/** Leads come one by one: between two moments the total stays, then it goes up. */
function steps(points: Climb['lines'][number], x: (at: number) => string, y: (leads: number) => string): string {
  return `M0 ${y(0)}${points.map(([at, leads]) => `H${x(at)}V${y(leads)}`).join('')}`;
}
