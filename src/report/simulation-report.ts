import { writeFile } from 'node:fs/promises';
import { pairedBars } from './html/bars.js';
import { climbs } from './html/climbs.js';
import { html, type Html } from './html/escape.js';
import { count, moment, signed } from './html/numbers.js';
import { about, facts, page, table } from './html/page.js';
import { strips } from './html/strips.js';

/** One configuration that was simulated. */
export type SimulatedConfiguration = {
  /** Name for people, different from that of the other one. */
  title: string;
  source: string;
  members: ReadonlyArray<{
    key: string;
    name: string;
    weight: number;
    cap?: number;
    assigned: number;
    share: number;
    deviation: number;
    worst: number;
    longestWait: number;
    longestOpenWait: number;
    capped: number;
  }>;
  period: string;
  waiting: number;
  unassigned: number;
  fallback?: string;
  sticky: number;
  worst: number;
  /** In the order of the members. */
  moments: ReadonlyArray<{ lead: number; at: number; deviations: readonly number[]; counts: readonly number[] }>;
};

/** What the report of a simulation shows. */
export type SimulationReport = {
  arrivals: string;
  org?: string;
  leads: number;
  from: string;
  to: string;
  configurations: readonly [SimulatedConfiguration, SimulatedConfiguration?];
  notes: readonly string[];
};

type Configuration = SimulatedConfiguration;
type Member = Configuration['members'][number];

/** Members that are drawn in a plot; more would be a wall of rows. */
const MOST_ROWS = 12;

/** Writes the report as one HTML file that needs nothing else. */
export async function writeSimulationReport(file: string, report: SimulationReport): Promise<void> {
  await writeFile(file, page('Simulation of a rotation', body(report)), { mode: 0o600 });
}

function body(report: SimulationReport): Html {
  const { arrivals, org, leads, from, to, configurations, notes } = report;
  const [first, second] = configurations;
  return html`<div class="title"><h1>Simulation of a rotation</h1></div>
    ${about([
      ['Leads', `${count(leads)}: ${arrivals}`],
      ['Time', `${moment(from)} to ${moment(to)}`],
      ...(org === undefined ? [] : [['Org', org] as const]),
      [second ? 'First' : 'Rotation', described(first)],
      ...(second ? [['Second', described(second)] as const] : []),
    ])}
    ${each(configurations, (one) => keyFacts(one, second !== undefined))}
    ${notes.map((note) => html`<p class="soft">${note}</p>`)}
    ${second ? comparedShares(first, second) : ownShares(first)} ${totals(report)}
    ${each(configurations, (one) => deviationPlot(one, second !== undefined))}
    ${each(configurations, (one) => memberTable(one, second !== undefined))}`;
}

const described = ({ title, source }: Configuration): string => (title === source ? title : `${title} (${source})`);

const each = (all: SimulationReport['configurations'], draw: (one: Configuration) => Html): Html[] =>
  all.flatMap((one) => (one ? [draw(one)] : []));

const heading = (text: string, { title }: Configuration, isCompared: boolean): Html =>
  html`<h2>${isCompared ? `${text}: ${title}` : text}</h2>`;

function keyFacts(one: Configuration, isCompared: boolean): Html {
  const { members, waiting, unassigned, fallback, sticky, worst, title } = one;
  const most = (pick: (member: Member) => number): number => Math.max(0, ...members.map(pick));
  const given = members.reduce((sum, { assigned }) => sum + assigned, 0);
  const later = waiting === 0 ? [] : [['Wait for working hours', count(waiting)] as const];
  const kept = sticky === 0 ? [] : [['To an earlier partner', count(sticky)] as const];
  return html`${isCompared ? html`<h2>${title}</h2>` : html``}
  ${facts([
    ['Leads given', count(given)],
    [fallback === undefined ? 'Nobody could take' : `To ${fallback}`, count(unassigned)],
    ...later,
    ...kept,
    ['Furthest from exact share', worst.toFixed(2)],
    ['Longest wait', hours(most(({ longestWait }) => longestWait))],
    ['In working hours', hours(most(({ longestOpenWait }) => longestOpenWait))],
  ])}`;
}

/** `3.5 h`, or days where there are many hours. */
const hours = (value: number): string => (value < 48 ? `${value.toFixed(1)} h` : `${(value / 24).toFixed(1)} d`);

function ownShares({ members }: Configuration): Html {
  const rows = members.map(({ name, share, assigned }) => ({
    label: name,
    before: Math.round(share),
    after: assigned,
  }));
  return html`<h2>Shares</h2>
    <figure>
      ${pairedBars(rows, { before: 'exact share', after: 'given' })}
      <figcaption>
        Leads that each member got, and its exact share: of each lead that it could take, in proportion to the weights
        of all who could.
      </figcaption>
    </figure>`;
}

function comparedShares(first: Configuration, second: Configuration): Html {
  const rows = unionOf(first, second).map(({ name, one, other }) => ({
    label: name,
    before: one?.assigned ?? 0,
    after: other?.assigned ?? 0,
  }));
  return html`<h2>Leads of each member</h2>
    <figure>
      ${pairedBars(rows, { before: first.title, after: second.title })}
      <figcaption>The same leads under both configurations.</figcaption>
    </figure>`;
}

/** Members of either configuration, by key. */
function unionOf(
  first: Configuration,
  second: Configuration | undefined
): Array<{ name: string; one?: Member; other?: Member; at: number; otherAt: number }> {
  const others = second?.members ?? [];
  const keys = [...new Set([...first.members, ...others].map(({ key }) => key))];
  return keys.map((key) => {
    const at = first.members.findIndex((member) => member.key === key);
    const otherAt = others.findIndex((member) => member.key === key);
    const [one, other] = [first.members[at], others[otherAt]];
    return { name: (one ?? other)!.name, one, other, at, otherAt };
  });
}

function totals({ configurations: [first, second], from, to }: SimulationReport): Html {
  const rows = unionOf(first, second).slice(0, MOST_ROWS);
  const line = (one: Configuration, at: number): Array<[number, number]> =>
    one.moments.map((point) => [point.at, point.counts[at] ?? 0]);
  const key = second
    ? html`<p class="key"><span class="before">${first.title}</span> <span class="after">${second.title}</span></p>`
    : html``;
  return html`<h2>Leads over time</h2>
    ${key}
    <figure>
      ${climbs(
        rows.map(({ name, at, otherAt }) => ({
          label: name,
          lines: [line(first, at), ...(second ? [line(second, otherAt)] : [])],
        })),
        Date.parse(from),
        Date.parse(to),
        [moment(from), moment(to)]
      )}
      <figcaption>
        Leads that each member had got in all.
        ${first.members.length > MOST_ROWS ? `The first ${MOST_ROWS} members are drawn.` : ''}
      </figcaption>
    </figure>`;
}

function deviationPlot(one: Configuration, isCompared: boolean): Html {
  const { members, moments, worst } = one;
  const last = moments.at(-1)?.lead ?? 1;
  const drawn = mostOff(one);
  return html`${heading('Distance from the exact share', one, isCompared)}
    <p>At no moment was a member further than ${worst.toFixed(2)} leads from its exact share.</p>
    <figure>
      ${strips(
        drawn.map((index) => ({
          label: members[index]!.name,
          points: moments.map(({ lead, deviations }) => [lead, deviations[index] ?? 0]),
          end: members[index]!.deviation,
        })),
        last,
        1
      )}
      <figcaption>
        Leads that each member was ahead (stroke up) or behind (stroke down) of its exact share, at ${moments.length}
        moments. The dashed lines are one lead.
        ${members.length > MOST_ROWS ? `The ${MOST_ROWS} members that were furthest off are drawn.` : ''}
      </figcaption>
    </figure>`;
}

/** Numbers of the members that were furthest off, in the order of the members. */
function mostOff({ members }: Configuration): number[] {
  const order = [...members.keys()].sort((a, b) => members[b]!.worst - members[a]!.worst);
  return order.slice(0, MOST_ROWS).sort((a, b) => a - b);
}

function memberTable(one: Configuration, isCompared: boolean): Html {
  const numbers = ['Weight', 'Given', 'Exact share', 'Off by', 'Furthest', 'Wait', 'In its hours', 'At cap'];
  return html`${heading('Members', one, isCompared)}
  ${table(
    `What each member got. Waits are the longest times without a lead; at cap is how often it reached its cap a ${one.period}.`,
    ['Member', ...numbers.map((number) => ({ number }))],
    one.members.map(
      ({ name, weight, assigned, share, deviation, worst, longestWait, longestOpenWait, cap, capped }) => [
        name,
        weight,
        assigned,
        share.toFixed(2),
        signed(deviation),
        worst.toFixed(2),
        hours(longestWait),
        hours(longestOpenWait),
        cap === undefined ? '' : `${count(capped)} × ${count(cap)}`,
      ]
    )
  )}`;
}
