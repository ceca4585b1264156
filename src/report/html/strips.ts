import { html, type Html } from './escape.js';
import { count, signed } from './numbers.js';

/** Distance of one member from its exact share at some moments, and at the end. */
export type Strip = { label: string; points: ReadonlyArray<readonly [at: number, value: number]>; end: number };

/** Units of the drawing; it is stretched to the width that is there. */
const WIDTH = 1000;
const HEIGHT = 40;
const MIDDLE = HEIGHT / 2;

/**
 * A strip a member: a stroke up or down for each moment that was looked at. Strokes, not a line: between two moments
 * the distance goes up and down many times, and a line would claim that it did not.
 * @param given leads given in all: where a strip ends
 * @param bound drawn as dashed lines above and below the middle of each strip
 */
export function strips(members: readonly Strip[], given: number, bound: number): Html {
  const values = members.flatMap(({ points }) => points.map(([, value]) => Math.abs(value)));
  const scale = (MIDDLE - 2) / Math.max(bound, ...values);
  return html`<div class="chart ends" role="list">
    <div class="row head" aria-hidden="true">
      <span class="label"></span><span class="plot axis"><span>lead 1</span><span>lead ${count(given)}</span></span
      ><span class="end">at the end</span>
    </div>
    ${members.map((member) => row(member, given, (value) => MIDDLE - value * scale, bound))}
  </div>`;
}

function row({ label, points, end }: Strip, given: number, y: (value: number) => number, bound: number): Html {
  const values = points.map(([, value]) => value);
  const range = `between ${signed(Math.min(...values))} and ${signed(Math.max(...values))} leads`;
  return html`<div class="row" role="listitem">
    <span class="label">${label}</span>
    <span class="plot"
      ><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${range}">
        ${guide('zero', y(0))}${guide('bound', y(bound))}${guide('bound', y(-bound))}
        <path class="strokes" stroke-width="${thickness(points.length)}" d="${strokes(points, given, y)}" /></svg
    ></span>
    <span class="end">${signed(end)}</span>
  </div>`;
}

const guide = (name: 'zero' | 'bound', y: number): Html =>
  html`<line class="${name}" x1="0" x2="${WIDTH}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" />`;

function strokes(points: Strip['points'], given: number, y: (value: number) => number): string {
  const x = (at: number): string => ((WIDTH * (at - 0.5)) / given).toFixed(1);
  return points.map(([at, value]) => `M${x(at)} ${y(0).toFixed(1)}V${y(value).toFixed(1)}`).join('');
}

/** Few strokes are drawn thicker, so that they are seen. */
const thickness = (strokes: number): string => Math.min(6, Math.max(1.5, 300 / Math.max(1, strokes))).toFixed(1);
