import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { html, type Html } from './escape.js';

export type Series = { label: string; points: ReadonlyArray<readonly [x: number, y: number]> };

const WIDTH = 860;
const HEIGHT = 300;
const LEFT = 56;
const BOTTOM = 36;

/** Lines drawn in as many colours as there are, with the axis texts given; `bound` draws a dashed line above and below. */
export function lines(series: readonly Series[], axes: { x: string; y: string; bound?: number }): Html {
  const all = series.flatMap(({ points }) => points);
  const most = Math.max(axes.bound ?? 0, ...all.map(([, value]) => Math.abs(value)), 0.1) * 1.08;
  const x = scaleLinear([0, Math.max(1, ...all.map(([at]) => at))], [LEFT, WIDTH - 12]);
  const y = scaleLinear([-most, most], [HEIGHT - BOTTOM, 8]);
  const path = line<readonly [number, number]>(
    ([at]) => x(at),
    ([, value]) => y(value)
  );
  const drawn = series.map(
    ({ points, label }, index) =>
      html`<path d="${path([...points]) ?? ''}" fill="none" stroke="${colour(index, series.length)}" stroke-width="1.4"
        ><title>${label}</title></path
      >`
  );
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${axes.y} by ${axes.x}">
    ${yAxis(y)}${xAxis(x, axes.x)}${axes.bound === undefined ? [] : bounds(axes.bound, y)}${drawn}
  </svg>`;
}

/** Labels with the colours of `lines`. */
export function legend(series: readonly Series[]): Html {
  return html`<p class="soft">
    ${series.map(
      ({ label }, index) =>
        html`<span style="white-space: nowrap; margin-right: 1rem"
          ><svg width="14" height="10" aria-hidden="true">
            <rect width="14" height="4" y="3" fill="${colour(index, series.length)}" />
          </svg>
          ${label}</span
        >`
    )}
  </p>`;
}

const colour = (index: number, count: number): string =>
  `hsl(${Math.round((index * 360) / count + 210) % 360} 65% 52%)`;

function yAxis(y: { (value: number): number; ticks(count: number): number[] }): Html[] {
  return y
    .ticks(5)
    .map(
      (tick) =>
        html`<line class="grid" x1="${LEFT}" x2="${WIDTH - 12}" y1="${y(tick)}" y2="${y(tick)}" />
          <text class="soft" x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`
    );
}

function xAxis(x: { (value: number): number; ticks(count: number): number[] }, text: string): Html[] {
  const ticks = x
    .ticks(6)
    .map(
      (tick) =>
        html`<text class="soft" x="${x(tick)}" y="${HEIGHT - 16}" text-anchor="middle"
          >${tick.toLocaleString('en')}</text
        >`
    );
  return [...ticks, html`<text class="soft" x="${WIDTH - 12}" y="${HEIGHT - 2}" text-anchor="end">${text}</text>`];
}

function bounds(bound: number, y: (value: number) => number): Html[] {
  return [bound, -bound].map(
    (value) =>
      html`<line
        class="grid"
        stroke-dasharray="5 4"
        x1="${LEFT}"
        x2="${WIDTH - 12}"
        y1="${y(value)}"
        y2="${y(value)}"
      />`
  );
}
