import { writeFile } from 'node:fs/promises';
import { pairedBars } from './html/bars.js';
import { html, type Html } from './html/escape.js';
import { count, moment, signed } from './html/numbers.js';
import { about, facts, page, table } from './html/page.js';
import { strips } from './html/strips.js';

/** What the report of a distribution shows. */
export type DistributionReport = {
  run: string;
  org: string;
  at: string;
  state: string;
  selection: string;
  selected: number;
  written: number;
  failed: number;
  left: number;
  skipped: Record<string, number>;
  verified: boolean | null;
  verification: string;
  members: ReadonlyArray<{
    name: string;
    kind: string;
    weight: number;
    before: number;
    after: number;
    assigned: number;
    share: number;
    deviation: number;
  }>;
  /** Queue that got what no member could take. */
  fallback?: { name: string; leads: number };
  /** Who lost leads. */
  from: ReadonlyArray<{ name: string; leads: number }>;
  worstDeviation: number;
  samples: ReadonlyArray<{ lead: number; deviations: readonly number[] }>;
  commands: readonly string[];
};

/** Members that are drawn; more would be a wall of strips. */
const MOST_STRIPS = 12;

const STATES: Record<string, readonly [className: string, words: string]> = {
  done: ['good', 'Done'],
  'partly-done': ['warn', 'Partly done'],
  stopped: ['warn', 'Stopped, can be resumed'],
};

const REASONS: Record<string, string> = {
  converted: 'Converted already',
  'not-found': 'Not found or not visible',
  'other-leads': 'Not spread by the rotation',
  held: 'With a partner or a member already',
  waiting: 'Waiting for working hours',
  nobody: 'No member can take them',
};

/** Writes the report as one HTML file that needs nothing else. */
export async function writeDistributionReport(file: string, report: DistributionReport): Promise<void> {
  await writeFile(file, page(`Lead distribution ${report.run}`, body(report)), { mode: 0o600 });
}

function body(report: DistributionReport): Html {
  const { run, org, at, state, selection, members, commands } = report;
  const [className, words] = STATES[state] ?? ['warn', state];
  return html`<div class="title">
      <h1>Lead distribution</h1>
      <span class="badge ${className}">${words}</span>
    </div>
    ${about([
      ['Leads', selection],
      ['Org', org],
      ['Ended', moment(at)],
      ['Run', run],
    ])}
    ${keyFacts(report)}
    <h2>Open leads before and after</h2>
    <figure>
      ${pairedBars(members.map(({ name, before, after }) => ({ label: name, before, after })))}
      <figcaption>Open leads that each member owned before the run and owns after it.</figcaption>
    </figure>
    ${members.length > 1 ? deviationPlot(report) : ''}
    <h2>Members</h2>
    ${memberTable(report)} ${fallbackText(report)} ${fromTable(report)} ${skippedTable(report)}
    <h2>Next</h2>
    <pre>${commands.join('\n')}</pre>`;
}

function keyFacts(report: DistributionReport): Html {
  const { selected, written, failed, left, worstDeviation, verification } = report;
  return html`${facts([
      ['Leads selected', count(selected)],
      ['New owner set', count(written)],
      ['Failed', failed === 0 ? '0' : html`<span class="bad">${count(failed)}</span>`],
      ['Changed by others', count(left)],
      ['Furthest from exact share', worstDeviation.toFixed(3)],
      ['Verified', proof(report)],
    ])}
    <p class="soft">Verification: ${verification}.</p>`;
}

function proof({ verified }: DistributionReport): Html {
  if (verified === null) return html`<span class="warn">not asked</span>`;
  return verified ? html`<span class="good">yes</span>` : html`<span class="bad">no</span>`;
}

function deviationPlot({ members, samples, worstDeviation }: DistributionReport): Html {
  const bound = 1 - 1 / (2 * members.length - 2);
  const within = worstDeviation <= bound + 1e-9;
  const every = samples.length === samples.at(-1)?.lead;
  return html`<h2>Distance from the exact share</h2>
    <p>
      At no moment was a member further than ${worstDeviation.toFixed(3)} leads from its exact share. The bound for
      members that stay the same is ${bound.toFixed(3)}; this run
      ${within ? 'stayed within it' : 'left it: caps, criteria, kept companies and what earlier runs left over have no bound'}.
    </p>
    <figure>
      ${strips(
        mostOff(members, samples).map((index) => ({
          label: members[index]?.name ?? '',
          points: samples.map(({ lead, deviations }) => [lead, deviations[index] ?? 0]),
          end: members[index]?.deviation ?? 0,
        })),
        members.reduce((sum, { assigned }) => sum + assigned, 0),
        bound
      )}
      <figcaption>
        Leads that each member was ahead (stroke up) or behind (stroke down) of its exact share while the leads were
        given, ${every ? 'after every lead' : `at ${samples.length} moments`}. The dashed lines are the bound.
        ${members.length > MOST_STRIPS ? `The ${MOST_STRIPS} members that were furthest off are drawn.` : ''}
      </figcaption>
    </figure>`;
}

/** Numbers of the members that were furthest off, in the order of the members. */
function mostOff(members: DistributionReport['members'], samples: DistributionReport['samples']): number[] {
  const largest = (index: number): number =>
    samples.reduce((most, { deviations }) => Math.max(most, Math.abs(deviations[index] ?? 0)), 0);
  const order = [...members.keys()].sort((a, b) => largest(b) - largest(a));
  return order.slice(0, MOST_STRIPS).sort((a, b) => a - b);
}

function memberTable({ members }: DistributionReport): Html {
  return table(
    'What the plan gave to each member, its exact share, and the difference.',
    [
      'Member',
      'Kind',
      ...['Weight', 'Before', 'Given', 'Exact share', 'Off by', 'After'].map((number) => ({ number })),
    ],
    members.map(({ name, kind, weight, before, assigned, share, deviation, after }) => [
      name,
      kind,
      weight,
      before,
      assigned,
      share.toFixed(2),
      signed(deviation),
      after,
    ])
  );
}

function fallbackText({ fallback }: DistributionReport): Html {
  if (!fallback) return html``;
  return html`<p>${count(fallback.leads)} leads that no member could take went to the queue ${fallback.name}.</p>`;
}

function fromTable({ from }: DistributionReport): Html {
  if (from.length === 0) return html``;
  return html`<h2>Taken from</h2>
    ${table(
      'Owners before, and the leads that the plan takes from each.',
      ['Owner', { number: 'Leads' }],
      from.map(({ name, leads }) => [name, leads])
    )}`;
}

function skippedTable({ skipped }: DistributionReport): Html {
  const entries = Object.entries(skipped).map(([reason, leads]) => [REASONS[reason] ?? reason, leads] as const);
  if (entries.length === 0) return html``;
  return html`<h2>Not given</h2>
    ${table('Selected leads that got no new owner, by reason.', ['Reason', { number: 'Leads' }], entries)}`;
}
