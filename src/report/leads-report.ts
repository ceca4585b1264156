/** The HTML page of `lead report`: who got leads over time, how even, and what lies untouched. */
import { writeFile } from 'node:fs/promises';
import { pairedBars } from './html/bars.js';
import { climbs } from './html/climbs.js';
import { html, type Html } from './html/escape.js';
import { count, moment, signed } from './html/numbers.js';
import { about, facts, page, table } from './html/page.js';

type Owner = {
  name: string;
  got: number;
  lost: number;
  accepted: number;
  declined: number;
  pulledBack: number;
  claimed: number;
  openNow: number;
  convertedNow: number;
  untouchedNow: number | null;
  unclearNow: number | null;
  untouchedByAge: readonly number[] | null;
  series: readonly number[];
};

type Distribution = {
  run: string;
  at: string;
  rotation: string | null;
  given: number;
  written: number;
  worst: number;
  members: ReadonlyArray<{ name: string; weight: number; given: number; share: number; deviation: number }>;
};

type Rotation = {
  key: string;
  name: string;
  members: ReadonlyArray<{ name: string; weight: number; given: number; owed: number }>;
};

/** What the page shows; times as ISO texts. */
export type LeadsReport = {
  org: { domain: string; kind: string };
  days: number;
  from: string;
  to: string;
  events: { total: number; assignment: number; run: number; history: number };
  ages: readonly string[];
  /** Those who got most first. */
  owners: readonly Owner[];
  series: { unit: 'day' | 'week'; from: string };
  untouched: ReadonlyArray<{ age: string; open: number; untouched: number }>;
  fairness: { rotations: readonly Rotation[]; distributions: readonly Distribution[] };
  notes: readonly string[];
};

/** Rows of a plot; more would be a wall of rows. */
const MOST_ROWS = 12;
/** Rows of a table of owners, and distributions with a plot of their own; the result has all. */
const MOST_OWNERS = 200;
const MOST_RUNS = 10;

const LENGTH = { day: 86_400_000, week: 7 * 86_400_000 } as const;

/** Writes the report as one HTML file that needs nothing else. */
export async function writeLeadsReport(file: string, report: LeadsReport): Promise<void> {
  await writeFile(file, page('Who got which leads', body(report)), { mode: 0o600 });
}

function body(report: LeadsReport): Html {
  const { org, from, to, days, notes, fairness } = report;
  return html`<div class="title"><h1>Who got which leads</h1></div>
    ${about([
      ['Org', `${org.domain} (${org.kind})`],
      ['Time', `${moment(from)} to ${moment(to)}, ${days} days`],
    ])}
    ${keyFacts(report)} ${notes.map((note) => html`<p class="soft">${note}</p>`)} ${overTime(report)}
    ${ownersTable(report)} ${untouched(report)} ${earlier(fairness.distributions.length - MOST_RUNS)}
    ${fairness.distributions.slice(-MOST_RUNS).map(distribution)} ${fairness.rotations.map(rotation)}`;
}

const earlier = (runs: number): Html =>
  runs > 0 ? html`<p class="soft">${count(runs)} earlier distributions are in the result of --json.</p>` : html``;

function keyFacts({ events, owners }: LeadsReport): Html {
  const sum = (pick: (owner: Owner) => number | null): string =>
    count(owners.reduce((total, owner) => total + (pick(owner) ?? 0), 0));
  return facts([
    ['Changes of owners', count(events.total)],
    ['Recorded in the org', count(events.assignment)],
    ['From runs here', count(events.run)],
    ['From the history', count(events.history)],
    ['Claimed', sum(({ claimed }) => claimed)],
    ['Declined', sum(({ declined }) => declined)],
    ['Pulled back', sum(({ pulledBack }) => pulledBack)],
    ['Untouched now', sum(({ untouchedNow }) => untouchedNow)],
  ]);
}

/** Totals at the end of each day or week, up to the end of the time. */
function line({ series }: Owner, { series: { unit, from }, to }: LeadsReport): Array<[number, number]> {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  let total = 0;
  return series.map((got, at) => [Math.min(end, start + (at + 1) * LENGTH[unit]), (total += got)]);
}

const day = (iso: string): string => iso.slice(0, 10);

function overTime(report: LeadsReport): Html {
  const { series, to, owners } = report;
  const getters = owners.filter(({ got }) => got > 0);
  const drawn = getters.slice(0, MOST_ROWS);
  if (drawn.length === 0)
    return html`<h2>Leads over time</h2>
      <p>Nobody got a lead in this time.</p>`;
  return html`<h2>Leads over time</h2>
    <figure>
      ${climbs(
        drawn.map((owner) => ({ label: owner.name, lines: [line(owner, report)] })),
        Date.parse(series.from),
        Date.parse(to),
        [day(series.from), day(to)]
      )}
      <figcaption>
        Leads that each owner had got in all at the end of each ${series.unit} (UTC).
        ${getters.length > drawn.length ? `The ${drawn.length} owners who got most are drawn.` : ''}
      </figcaption>
    </figure>`;
}

const numbers = (...names: readonly string[]): Array<{ number: string }> => names.map((number) => ({ number }));

function ownersTable({ owners }: LeadsReport): Html {
  const rest = owners.length - MOST_OWNERS;
  const caption = `What owners got and lost in this time, and the open and converted leads that they have now.${rest > 0 ? ` ${count(rest)} more are not shown.` : ''}`;
  const columns = numbers('Got', 'Lost', 'Claimed', 'Accepted', 'Declined', 'Pulled back', 'Open', 'Converted');
  return html`<h2>Owners</h2>
    ${table(
      caption,
      ['Owner', ...columns],
      owners
        .slice(0, MOST_OWNERS)
        .map((one) => [
          one.name,
          ...[
            one.got,
            one.lost,
            one.claimed,
            one.accepted,
            one.declined,
            one.pulledBack,
            one.openNow,
            one.convertedNow,
          ],
        ])
    )}`;
}

function untouched({ untouched: ages, owners, ages: names }: LeadsReport): Html {
  const rows = owners
    .filter(({ untouchedNow, unclearNow }) => (untouchedNow ?? 0) + (unclearNow ?? 0) > 0)
    .sort((a, b) => (b.untouchedNow ?? 0) - (a.untouchedNow ?? 0))
    .slice(0, MOST_OWNERS);
  return html`<h2>Untouched leads</h2>
    <figure>
      ${pairedBars(
        ages.map(({ age, open, untouched: after }) => ({ label: age, before: open, after })),
        { before: 'open', after: 'untouched' }
      )}
      <figcaption>
        Open leads of partners and of everybody who got leads, by how long the owner has them. Untouched are those
        without any sign that the owner has opened, changed or worked on them.
      </figcaption>
    </figure>
    ${table(
      'Untouched leads by age, and leads of which nobody can know.',
      ['Owner', ...numbers('Untouched', ...names, 'Not known')],
      rows.map((one) => [one.name, one.untouchedNow ?? 0, ...(one.untouchedByAge ?? []), one.unclearNow ?? 0])
    )}`;
}

function distribution({ run, at, rotation: key, given, written, worst, members }: Distribution): Html {
  const drawn = members.slice(0, MOST_ROWS);
  const by = key === null ? 'named members' : `rotation ${key}`;
  return html`<h2>Distribution ${run}</h2>
    <p>
      ${moment(at)}, ${by}: ${count(given)} leads, ${count(written)} written. At no moment was a member further than
      ${worst.toFixed(2)} leads from its exact share.
    </p>
    <figure>
      ${pairedBars(
        drawn.map(({ name, share, given: after }) => ({ label: name, before: Math.round(share), after })),
        { before: 'exact share', after: 'given' }
      )}
      <figcaption>
        Leads of each member, and its exact share.
        ${members.length > MOST_ROWS ? `The first ${MOST_ROWS} members are drawn.` : ''}
      </figcaption>
    </figure>
    ${table(
      'What each member was given.',
      ['Member', ...numbers('Weight', 'Given', 'Exact share', 'Off by')],
      members.map(({ name, weight, given: got, share, deviation }) => [
        name,
        weight,
        got,
        share.toFixed(2),
        signed(deviation),
      ])
    )}`;
}

function rotation({ key, name, members }: Rotation): Html {
  const weights = members.reduce((sum, { weight }) => sum + weight, 0);
  const all = members.reduce((sum, { given }) => sum + given, 0);
  return html`<h2>Rotation ${name}</h2>
    <figure>
      ${pairedBars(
        members.slice(0, MOST_ROWS).map(({ name: label, weight, given: after }) => ({
          label,
          before: Math.round((all * weight) / Math.max(1, weights)),
          after,
        })),
        { before: 'by weight', after: 'given' }
      )}
      <figcaption>
        Leads that the rotation ${key} has given since it was made, and what the weights alone would give. Hours, caps,
        criteria and pauses make the two differ; what a member is owed says how far it is from its exact share.
      </figcaption>
    </figure>
    ${table(
      'What the rotation remembers of each member. Owed: leads that it is behind (+) or ahead (−) of its exact share.',
      ['Member', ...numbers('Weight', 'Given', 'Owed now')],
      members.map(({ name: member, weight, given, owed }) => [member, weight, given, signed(owed)])
    )}`;
}
