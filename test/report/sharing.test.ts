import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import { sharingCsv } from '../../src/report/sharing-csv.js';
import { overviewPicture, waysPicture } from '../../src/report/sharing-picture.js';
import { sharingHtml } from '../../src/report/sharing-report.js';
import type { SharingReport, SharingReportFinding } from '../../src/report/sharing-types.js';

const finding = (more: Partial<SharingReportFinding> = {}): SharingReportFinding => ({
  key: 'rule:Lead.A',
  step: 1,
  kind: 'rule',
  object: 'Lead',
  source: { type: 'owner rule', name: 'Lead.A', label: 'Owner rule A on Lead' },
  target: 'Public group: Circle',
  access: 'Read',
  chains: [['Owner rule A on Lead', 'Public group: Circle', 'Portal roles below North']],
  externalUsers: 2,
  usersKnown: true,
  projectedRoles: 0,
  records: 1234,
  recordsKnown: true,
  latent: false,
  severity: 'high',
  needsConversion: false,
  suggestion: { decision: 'convert', reason: 'Because.' },
  fix: { kind: 'swap-member', text: 'Swap it.' },
  decision: 'defer',
  state: 'new',
  ...more,
});

const report = (findings: SharingReportFinding[], more: Partial<SharingReport> = {}): SharingReport => ({
  org: { name: 'Example', domain: 'example', kind: 'sandbox' },
  at: '2026-01-31T14:05:00.000Z',
  conversion: { needed: true, text: 'Old.' },
  people: { partners: 2, customers: 0, guests: 0, projected: 0 },
  managers: ['North'],
  findings,
  dormant: [],
  notes: [],
  conflicts: [],
  known: { definitions: true, permissions: true },
  ...more,
});

const HOSTILE = '<img src=x onerror=alert(1)>"\'&';

describe('report of the sharing review', () => {
  it('makes cells harmless that a spreadsheet would run, and leaves unknown counts empty', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const text = `${start}SUM(A1)`;
      const csv = sharingCsv([finding({ target: text, recordsKnown: false, usersKnown: false })]);
      const [row] = parse<Record<string, string>>(csv, { columns: true });
      expect(row!.Target, JSON.stringify(start)).to.equal(`'${text}`);
      expect(row!.Records).to.equal('');
      expect(row!['External users']).to.equal('');
    }
  });

  it('escapes whatever comes from the org, in text and in pictures', () => {
    const bad = finding({
      key: `rule:${HOSTILE}`,
      source: { type: HOSTILE, name: HOSTILE, label: HOSTILE },
      target: HOSTILE,
      chains: [[HOSTILE, HOSTILE.slice(1), HOSTILE.slice(2)]],
      fix: { kind: 'by-hand', text: HOSTILE },
      reason: HOSTILE,
      by: HOSTILE,
      unknown: HOSTILE,
    });
    const html = sharingHtml(report([bad], { notes: [{ source: HOSTILE, reason: HOSTILE }], managers: [HOSTILE] }));
    expect(html).not.to.include('<img').and.not.include('onerror=alert(1)>');
    expect(html).to.include('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  });

  it('is whole: a picture a finding, nothing from outside, dark and narrow windows', () => {
    const html = sharingHtml(
      report([finding(), finding({ key: 'folder:Report/F', step: 2, kind: 'folder', object: 'Report' })])
    );
    expect(html.match(/<svg/g)).to.have.length(3);
    expect(html)
      .to.include("default-src 'none'")
      .and.include('prefers-color-scheme: dark')
      .and.include('max-width: 36rem');
    expect(html).not.to.match(/<script|https?:|<link|url\(/);
    expect(html.match(/<(article|section|div|p|h2|dl|table|figure)\b/g)!.length).to.equal(
      html.match(/<\/(article|section|div|p|h2|dl|table|figure)>/g)!.length
    );
  });

  it('says unknown where rules were not read, and shows conflicts, notes and what reaches nothing', () => {
    const html = sharingHtml(
      report([], {
        known: { definitions: false, permissions: true },
        conflicts: [{ edge: 'Group:C < Role:R', converted: ['a'], kept: ['b'] }],
        dormant: [{ key: 'k', source: { label: 'Owner rule Z' }, target: 'T', why: 'no-records' }],
      })
    );
    expect(html.match(/Not known, because they could not be read/g)).to.have.length(2);
    expect(html).to.include('Decisions that cannot all be carried out').and.include('holds no records today');
  });

  it('draws each box once, none over another, and text within its box', () => {
    const long =
      'Roles, Internal and Portal Subordinates: A Very Long Name Of A Role That Somebody Once Gave To It And More And More';
    const chains = [
      ['Rule', 'Outer', 'Inner', long, 'Portal roles'],
      ['Rule', 'Outer', 'Other', 'Portal roles'],
      ['Rule', 'Outer', 'x'.repeat(70)],
    ];
    const svg = waysPicture(chains).text;
    const boxes = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map(
      (match) => match.slice(1).map(Number)
    );
    expect(boxes).to.have.length(7);
    for (const [index, [x, y, width, height]] of boxes.entries()) {
      for (const [x2, y2, width2, height2] of boxes.slice(index + 1)) {
        const apart = x! + width! <= x2! || x2! + width2! <= x! || y! + height! <= y2! || y2! + height2! <= y!;
        expect(apart, `${index}`).to.equal(true);
      }
    }
    for (const [, text] of svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)) expect(text!.length).to.be.at.most(26);
    // Two ways share their first link, so seven boxes have seven links.
    expect(svg.match(/class="link"/g)).to.have.length(7);
  });

  it('draws at most eight ways and says how many more there are', () => {
    const chains = Array.from({ length: 12 }, (_, index) => ['Rule', `Group ${index}`, 'Partners']);
    expect(waysPicture(chains).text).to.include('and 4 more ways');
  });

  it('sums the flows of the overview on each side', () => {
    const svg = overviewPicture([
      { from: 'Lead', by: 'Rule', to: 'Partners', findings: 3 },
      { from: 'Case', by: 'Rule', to: 'Partners', findings: 2 },
    ]).text;
    const numbers = [...svg.matchAll(/text-anchor="end">(\d+)</g)].map(([, number]) => Number(number));
    expect(numbers).to.deep.equal([3, 2, 5, 5]);
  });
});
