/** The sharing review as one HTML file that needs nothing else. */
import { writeFile } from 'node:fs/promises';
import { html, type Html } from './html/escape.js';
import { count, moment } from './html/numbers.js';
import { about, facts, page, table } from './html/page.js';
import { overviewPicture, waysPicture, type Flow } from './sharing-picture.js';
import { SHARING_STYLE } from './sharing-style.js';
import type { SharingReport, SharingReportFinding } from './sharing-types.js';

/** Findings whose ways are drawn; the rest are told in words, so that the page stays light. */
const MOST_PICTURES = 200;

export async function writeSharingReport(file: string, report: SharingReport): Promise<void> {
  await writeFile(file, sharingHtml(report), { mode: 0o600 });
}

/** Text of the page. */
export function sharingHtml(report: SharingReport): string {
  const text = page(`Sharing review of ${report.org.domain}`, body(report));
  return text.replace('</style>', `${SHARING_STYLE}</style>`);
}

function body(report: SharingReport): Html {
  const { org, at, conversion, people, findings, managers } = report;
  const open = findings.filter(({ decision }) => decision === 'open').length;
  return html`<div class="title">
      <h1>Who from outside reaches what</h1>
      <span class="badge ${open > 0 ? 'warn' : 'good'}"
        >${open > 0 ? `${count(open)} not decided` : 'All decided'}</span
      >
    </div>
    ${about([
      ['Org', `${org.name} (${org.domain}, ${org.kind})`],
      ['Read at', moment(at)],
      ['Channel managers', managers.length > 0 ? managers.join(', ') : 'none known; partners to be have no place yet'],
    ])}
    <p class="${conversion.needed ? 'note' : 'soft'}">${conversion.text}</p>
    ${facts([
      ['Findings', count(findings.length)],
      ['High', count(findings.filter(({ severity }) => severity === 'high').length)],
      ['Not decided', count(open)],
      ['Partner users', count(people.partners)],
      ['Customers, guests', count(people.customers + people.guests)],
      ['Reached only by partners to be', count(findings.filter(({ latent }) => latent).length)],
    ])}
    ${overview(findings)} ${conflicts(report)} ${notes(report)}
    ${([1, 2, 3] as const).map((step) => section(step, report))} ${asleep(report)}`;
}

function overview(findings: readonly SharingReportFinding[]): Html {
  const flows = new Map<string, Flow>();
  for (const { object, kind, chains, target } of findings.filter(({ severity }) => severity !== 'info')) {
    const flow = {
      from: kind === 'folder' ? `${object} folders` : object,
      by: wayOf(kind, chains),
      to: sideOf(target, chains),
    };
    const key = Object.values(flow).join('\n');
    const known = flows.get(key) ?? { ...flow, findings: 0 };
    known.findings++;
    flows.set(key, known);
  }
  if (flows.size === 0) return html``;
  return html`<figure>
    ${overviewPicture([...flows.values()])}
    <figcaption>From what is open, by which kind of way, to whom. Numbers are findings.</figcaption>
  </figure>`;
}

const WAYS: Readonly<Record<string, string>> = {
  folder: 'Folder access',
  'list-view': 'List view',
  queue: 'Queue',
  default: 'Org-wide default',
  manual: 'Manual shares',
  permission: 'Permissions',
};

const wayOf = (kind: string, chains: SharingReportFinding['chains']): string =>
  WAYS[kind] ??
  (kind !== 'rule' ? 'Other' : chains.some(({ length }) => length > 3) ? 'Rule, by groups' : 'Rule, directly');

function sideOf(target: string, chains: SharingReportFinding['chains']): string {
  const end = chains[0]?.at(-1) ?? target;
  if (/customer/i.test(end)) return /partner/i.test(end) ? 'Partners and customers' : 'Customers';
  return /guest/i.test(`${target} ${end}`) ? 'Guests' : 'Partners';
}

const STEPS = { 1: 'Sharing rules', 2: 'Folders', 3: 'Everything else' } as const;

function section(step: 1 | 2 | 3, { findings: all, known }: SharingReport): Html {
  const findings = all.filter((one) => one.step === step);
  if (findings.length === 0) {
    const unread = step < 3 && !known.definitions;
    return html`<h2>${STEPS[step]}</h2>
      <p class="${unread ? 'note' : 'soft'}">
        ${unread ? 'Not known, because they could not be read.' : 'Nothing leads outside.'}
      </p>`;
  }
  const first = all.indexOf(findings[0]!);
  return html`<h2>${STEPS[step]}</h2>
    ${table(
      `${count(findings.length)} findings`,
      ['Source', 'Target', 'Access', { number: 'Users' }, { number: 'Records' }, 'Decision'],
      findings.map((one) => [
        one.source.label,
        one.target,
        one.access,
        users(one),
        one.recordsKnown ? one.records : '–',
        one.decision,
      ])
    )}
    ${findings.map((finding, index) => article(finding, first + index < MOST_PICTURES))}`;
}

function users({ latent, projectedRoles, usersKnown, externalUsers }: SharingReportFinding): string {
  if (!usersKnown && externalUsers === 0) return 'not known';
  return latent ? `0 (${projectedRoles} to be)` : count(externalUsers);
}

const COLOURS: Readonly<Record<string, string>> = { high: 'bad', medium: 'warn', keep: 'warn', convert: 'good' };

function article(finding: SharingReportFinding, drawn: boolean): Html {
  const { key, source, target, access, chains, severity, decision, reason, by, state, fix, suggestion, unknown } =
    finding;
  const tags = [
    severity,
    decision,
    ...(finding.latent ? ['latent'] : []),
    ...(finding.needsConversion ? ['needs conversion'] : []),
    ...(state === 'reopened' ? ['changed since it was decided'] : []),
  ];
  const records = finding.recordsKnown ? `${count(finding.records)} records` : 'records not counted';
  return html`<article>
    <h3>${source.label} gives ${access} to ${target}</h3>
    <p class="tags">
      ${tags.map((tag) => html`<span class="tag ${COLOURS[tag] ?? ''}">${tag}</span>`)}<span class="soft"
        >${users(finding)} users, ${records}</span
      >
    </p>
    ${unknown === undefined ? html`` : html`<p class="note">Not known: ${unknown}</p>`}
    ${drawn ? waysPicture(chains) : html`<p class="soft">${chains.map((chain) => html`${chain.join(' → ')}<br />`)}</p>`}
    <p>${fix.text}</p>
    <p class="soft">
      ${reason ? `Reason: ${reason}${by ? ` (${by})` : ''}` : `Suggested: ${suggestion.decision}. ${suggestion.reason}`}
    </p>
    <p class="soft"><code>${key}</code></p>
  </article>`;
}

function conflicts({ conflicts: all }: SharingReport): Html {
  if (all.length === 0) return html``;
  return html`<h2>Decisions that cannot all be carried out</h2>
    ${table(
      'A membership closes all of these at once',
      ['Membership', 'Converted', 'Kept'],
      all.map(({ edge, converted, kept }) => [edge, converted.join(', '), kept.join(', ')])
    )}`;
}

function notes({ notes: all }: SharingReport): Html {
  if (all.length === 0) return html``;
  return html`<h2>What is not known</h2>
    ${table(
      'The review is without these',
      ['What', 'Why'],
      all.map(({ source, reason }) => [source, reason])
    )}`;
}

const REASONS: Readonly<Record<string, string>> = {
  nobody: 'reaches nobody today',
  'no-permission': 'those whom it reaches may not read the object',
  'no-records': 'holds no records today',
};

function asleep({ dormant }: SharingReport): Html {
  if (dormant.length === 0) return html``;
  return html`<h2>Ways that reach nothing today</h2>
    ${table(
      'Not findings; they are looked at again in each review',
      ['Source', 'Target', 'Why'],
      dormant.map(({ source, target, why }) => [source.label, target, REASONS[why] ?? why])
    )}`;
}
