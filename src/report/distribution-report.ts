import { writeFile } from 'node:fs/promises';
import { pairedBars } from './html/bars.js';
import { html, type Html } from './html/escape.js';
import { legend, lines, type Series } from './html/lines.js';
import { facts, page, table } from './html/page.js';

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
  worstDeviation: number;
  samples: ReadonlyArray<{ lead: number; deviations: readonly number[] }>;
  commands: readonly string[];
};

/** Lines above this would hide each other. */
const MOST_LINES = 12;

/** Writes the report as one HTML file that needs nothing else. */
export async function writeDistributionReport(file: string, report: DistributionReport): Promise<void> {
  await writeFile(file, page(`Lead distribution ${report.run}`, body(report)), { mode: 0o600 });
}

function body(report: DistributionReport): Html {
  return html`<h1>Lead distribution</h1>
    <p class="soft">Run ${report.run} in ${report.org}, ${report.at}. Leads: ${report.selection}.</p>
    ${keyFacts(report)}
    <h2>Leads per owner, before and after</h2>
    <figure>
      ${pairedBars(
        report.members.map(({ name, before, after }) => ({ label: name, before, after })),
        'Open leads per owner'
      )}
      <figcaption>Open leads that each member owned before (grey) and owns after the run (blue).</figcaption>
    </figure>
    ${deviationPlot(report)}
    <h2>Members</h2>
    ${memberTable(report)} ${skippedTable(report)}
    <h2>Next</h2>
    <p>${report.commands.map((command) => html`<code>${command}</code> `)}</p>`;
}

function keyFacts({
  selected,
  written,
  failed,
  left,
  worstDeviation,
  verified,
  verification,
}: DistributionReport): Html {
  const proof =
    verified === null
      ? html`<span class="warn">not asked</span>`
      : verified
        ? html`<span class="good">yes</span>`
        : html`<span class="bad">no</span>`;
  return html`${facts([
      ['Leads selected', selected.toLocaleString('en')],
      ['New owner written', written.toLocaleString('en')],
      ['Failed', failed === 0 ? 0 : html`<span class="bad">${failed}</span>`],
      ['Left alone', left],
      ['Furthest off', `${worstDeviation.toFixed(3)} leads`],
      ['Verified', proof],
    ])}
    <p class="soft">Verification: ${verification}</p>`;
}

function deviationPlot({ members, samples, worstDeviation }: DistributionReport): Html {
  const shown = [...members.keys()].sort((a, b) => largest(samples, b) - largest(samples, a)).slice(0, MOST_LINES);
  const series: Series[] = shown.map((index) => ({
    label: members[index]?.name ?? '',
    points: samples.map(({ lead, deviations }) => [lead, deviations[index] ?? 0]),
  }));
  const bound = members.length > 1 ? 1 - 1 / (2 * members.length - 2) : 1;
  const within = worstDeviation <= bound + 1e-9;
  return html`<h2>Distance from the exact share</h2>
    <figure>
      ${lines(series, { x: 'leads given', y: 'leads ahead (+) or behind (−)', bound })}
      <figcaption>
        How far each member was from its exact share while the leads were given, in leads. The dashed lines are the
        bound for fixed members (${bound.toFixed(3)}); this run
        ${within ? 'stayed within it' : 'left it, because of caps or of what an earlier run left over'}.
        ${members.length > MOST_LINES ? `The ${MOST_LINES} members that were furthest off are drawn.` : ''}
      </figcaption>
    </figure>
    ${legend(series)}`;
}

const largest = (samples: DistributionReport['samples'], index: number): number =>
  samples.reduce((most, { deviations }) => Math.max(most, Math.abs(deviations[index] ?? 0)), 0);

function memberTable({ members }: DistributionReport): Html {
  return table(
    ['Member', 'Kind', 'Weight', 'Before', 'Given', 'Exact share', 'Off by', 'After'],
    members.map(({ name, kind, weight, before, assigned, share, deviation, after }) => [
      name,
      kind,
      weight,
      before,
      assigned,
      share.toFixed(2),
      deviation.toFixed(2),
      after,
    ])
  );
}

function skippedTable({ skipped }: DistributionReport): Html {
  const entries = Object.entries(skipped);
  if (entries.length === 0) return html``;
  return html`<h2>Not given</h2>
    ${table(['Reason', 'Leads'], entries)}`;
}
