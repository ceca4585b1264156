import { expect } from 'chai';
import fc from 'fast-check';
import { analyse } from '../../src/sharing/analyse/analyse.js';
import {
  comparePromotion,
  decideAs,
  DecisionsFileError,
  fileOf,
  findConflicts,
  formatDecisions,
  mergeDecisions,
  parseDecisions,
  sentence,
  type DecisionEntry,
  type DecisionsFile,
} from '../../src/sharing/decisions/index.js';
import { digestOf, type Subject } from '../../src/sharing/finding.js';
import { judge } from '../../src/sharing/check/verdict.js';
import { SmallOrg, to } from './small-org.js';

const ORG = { id: '00D000000000001AAA', domain: 'small', kind: 'sandbox' };
const subject: Subject = {
  kind: 'rule',
  object: 'Lead',
  target: 'RoleAndSubordinates:North',
  access: 'Read',
  paths: ['RoleAndSubordinates:North'],
  fix: 'convert-rule roleAndSubordinatesInternal:North',
};

const entry = (key: string, more: Partial<DecisionEntry> = {}): DecisionEntry => ({
  key,
  decision: 'convert',
  reason: undefined,
  by: undefined,
  finding: 'Owner rule gives Read to North',
  about: subject,
  digest: digestOf(key, subject),
  ...more,
});

const file = (entries: DecisionEntry[], notFound: DecisionEntry[] = []): DecisionsFile => ({
  org: ORG,
  writtenAt: '2026-01-01T00:00:00.000Z',
  entries,
  notFound,
});

/** The problems of a text, as they are told. */
function refusals(text: string): string[] {
  try {
    parseDecisions(text, 'f.yaml');
  } catch (error) {
    expect(error).to.be.instanceOf(DecisionsFileError);
    return (error as DecisionsFileError).problems.map(sentence);
  }
  return [];
}

/** Two partners in two branches; a group leads to one of them and is used three times. */
function org(): SmallOrg {
  const small = new SmallOrg().role('Boss').role('North', 'Boss').role('South', 'Boss');
  small.portal('Acme', 'North').portal('Bolt', 'South').user('boss', 'Boss');
  small.partner('ann', 'Acme').partner('bob', 'Bolt').reads('PowerPartner', 'Lead');
  small.owns('Lead', { 'user:boss': 4, 'user:ann': 1 }).group('Circle', ['RoleAndSubordinates:North', 'Role:South']);
  small.ownerRule('Lead', 'One', to('role', 'Boss'), to('group', 'Circle'));
  small.ownerRule('Lead', 'Two', to('role', 'Boss'), to('group', 'Circle'));
  return small.ownerRule('Lead', 'From_Circle', to('group', 'Circle'), to('roleAndSubordinates', 'South'));
}

const request = { managerRoles: [], partnerRoles: 1 };

describe('sharing: decisions file', () => {
  it('reads what it wrote, whatever the names, and writes it in the same order', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    const entries = fc.uniqueArray(
      fc.record({
        name: text,
        reason: fc.option(
          text.filter((one) => one.trim() !== ''),
          { nil: undefined }
        ),
        finding: text,
        path: text,
      }),
      { selector: ({ name }) => name, maxLength: 8 }
    );
    fc.assert(
      fc.property(entries, entries, (some, others) => {
        const make = (list: typeof some, prefix: string): DecisionEntry[] =>
          list.map(({ name, reason, finding, path }) => {
            const about = { ...subject, target: name, paths: [path] };
            const key = `rule:${prefix}${name}`;
            return entry(key, {
              decision: reason ? 'keep' : 'defer',
              reason,
              finding,
              about,
              digest: digestOf(key, about),
            });
          });
        const wanted = file(make(some, 'a'), make(others, 'b'));
        const written = formatDecisions(wanted);
        const read = parseDecisions(written, 'f.yaml');
        expect(formatDecisions(read)).to.equal(written);
        const byKey = (list: DecisionEntry[]): DecisionEntry[] => list.toSorted((a, b) => (a.key < b.key ? -1 : 1));
        expect(read).to.deep.equal({ ...wanted, entries: byKey(wanted.entries), notFound: byKey(wanted.notFound) });
      }),
      { numRuns: 60 }
    );
  });

  const good = formatDecisions(file([entry('rule:Lead.A'), entry('rule:Lead.B')]));
  /** Number of the line of the good file that contains a text. */
  const line = (part: string, from = good): number => from.split('\n').findIndex((one) => one.includes(part)) + 1;

  it('takes the good file', () => expect(refusals(good)).to.deep.equal([]));

  it('refuses what is not YAML, and what is not ours', () => {
    expect(refusals('a: [1')[0]).to.match(/^1:\d+: this is not YAML: /);
    expect(refusals('name: other\n')).to.deep.equal(['1:1: this is not a decisions file: it has no "format"']);
    expect(refusals('')).to.deep.equal(['1:1: this is not a decisions file: it has no "format"']);
    expect(refusals('- 1\n')).to.deep.equal(['1:1: this is not a decisions file: it has no "format"']);
    expect(refusals(good.replace('decisions/1', 'decisions/9'))[0]).to.match(
      new RegExp(`^${line('format')}:9: the format "channel-desk/sharing-decisions/9" is not known`)
    );
  });

  it('refuses an unknown decision, field and key, each with its line and column', () => {
    expect(refusals(good.replace('decision: convert', 'decision: maybe'))).to.deep.equal([
      `${line('decision: convert')}:15: the decision "maybe" is not one of keep, convert, defer, open`,
    ]);
    const misspelt = good.replace('    digest:', '    digset: x\n    digest:');
    expect(refusals(misspelt)[0]).to.match(new RegExp(`^${line('digset', misspelt)}:5: "digset" is not a field`));
    const other = good.replace('rule:Lead.A', 'thing:Lead.A');
    expect(refusals(other)[0]).to.equal(`${line('thing:', other)}:3: "thing:Lead.A" is not the key of a finding`);
  });

  it('refuses keep without a reason, also with an empty one', () => {
    const kept = good.replace('decision: convert', 'decision: keep');
    const at = `${line('rule:Lead.A')}:3: "rule:Lead.A" is kept without a reason`;
    expect(refusals(kept)).to.deep.equal([at]);
    expect(refusals(kept.replace('decision: keep', 'decision: keep\n    reason: "  "'))).to.deep.equal([at]);
  });

  it('refuses a key that is there twice', () => {
    const doubled = good.replace('rule:Lead.B', 'rule:Lead.A');
    const second = doubled.split('\n').findLastIndex((one) => one.includes('rule:Lead.A')) + 1;
    expect(refusals(doubled)).to.include(`${second}:3: "rule:Lead.A" is there twice`);
  });

  it('refuses wrong types and missing fields', () => {
    expect(refusals(good.replace('decision: convert', 'decision: [convert]'))[0]).to.equal(
      `${line('decision: convert')}:15: "decision" must be text`
    );
    const number = good.replace(/digest: ".*"/, 'digest: 12');
    expect(refusals(number)[0]).to.equal(`${line('digest: 12', number)}:13: "digest" must be text`);
    expect(refusals(good.replace('  id: ', '  idd: ')).map((one) => one.split(': ').slice(1).join(': '))).to.include(
      '"id" is missing'
    );
    const flat = good.replace(/decisions:[\s\S]*/, 'decisions: none\n');
    expect(refusals(flat)[0]).to.match(/"decisions" must be a list of fields$/);
  });

  it('refuses an edited description, not an edited reason', () => {
    const edited = good.replace('access: Read', 'access: Edit');
    expect(refusals(edited)).to.deep.equal([
      `${line('kind: rule')}:7: the description of "rule:Lead.A" was edited and no longer fits its digest`,
    ]);
    expect(refusals(good.replace('decision: convert', 'decision: convert\n    reason: any'))).to.deep.equal([]);
    // A decision that was copied to another finding does not fit it either.
    expect(refusals(good.replace('rule:Lead.A', 'rule:Lead.C'))[0]).to.match(/"rule:Lead.C" was edited/);
  });

  it('merges: new, decided, opened again with what changed, asleep and gone', () => {
    const small = org();
    const first = analyse(small.snapshot, request);
    const merged = mergeDecisions(first, undefined);
    expect(merged.decided.every(({ state, decision }) => state === 'new' && decision === 'open')).to.equal(true);
    merged.decided = merged.decided.map((one) => decideAs(one, { decision: 'keep', reason: 'Agreed' }));
    const saved = parseDecisions(formatDecisions(fileOf(merged, ORG, 'now')), 'f.yaml');

    // The group leads one branch less, and one rule is gone.
    small.snapshot.memberships.splice(1, 1);
    small.snapshot.memberships.push({ groupId: 'Group:Circle', memberId: 'RoleAndSubordinatesInternal:South' });
    small.snapshot.rules.splice(1, 1);
    small.ownerRule('Lead', 'Fresh', to('role', 'Boss'), to('allPartnerUsers'));
    const second = mergeDecisions(analyse(small.snapshot, request), saved);
    const states = Object.fromEntries(second.decided.map(({ finding, state }) => [finding.key, state]));
    expect(states).to.include({ 'rule:Lead.One': 'decided', 'rule:Lead.Fresh': 'new' });
    expect(second.gone.map(({ key }) => key)).to.deep.equal(['rule:Lead.Two']);

    small.snapshot.rules[0]!.access = 'Edit';
    const third = mergeDecisions(analyse(small.snapshot, request), saved);
    const opened = third.decided.find(({ finding }) => finding.key === 'rule:Lead.One')!;
    expect(opened).to.include({ state: 'reopened', decision: 'open' });
    expect(opened.before).to.deep.include({
      decision: 'keep',
      reason: 'Agreed',
      differences: [{ field: 'access', was: 'Read', is: 'Edit' }],
    });
    // The file keeps what was decided about what was there, so that the finding stays open again after it is written.
    const written = parseDecisions(formatDecisions(fileOf(third, ORG, 'now')), 'f.yaml');
    const fourth = mergeDecisions(analyse(small.snapshot, request), written).decided;
    expect(fourth.find(({ finding }) => finding.key === 'rule:Lead.One')).to.deep.equal(opened);

    // A finding that falls asleep keeps its decision and has it when it wakes.
    small.snapshot.rules[0]!.access = 'Read';
    small.owns('Lead', { 'user:boss': 0 });
    const asleep = mergeDecisions(analyse(small.snapshot, request), saved);
    expect(asleep.dormant.find(({ dormant }) => dormant.key === 'rule:Lead.One')!.entry!.decision).to.equal('keep');
    const resaved = parseDecisions(formatDecisions(fileOf(asleep, ORG, 'later')), 'f.yaml');
    small.owns('Lead', { 'user:boss': 4 });
    const awake = mergeDecisions(analyse(small.snapshot, request), resaved);
    expect(awake.decided.find(({ finding }) => finding.key === 'rule:Lead.One')).to.include({
      state: 'decided',
      decision: 'keep',
    });
  });

  it('finds conflicts: one membership cannot be kept for one finding and changed for another', () => {
    const review = analyse(org().snapshot, request);
    expect(review.uses.map(({ edge, findings, sources }) => [edge.list, edge.member, findings, sources])).to.deep.equal(
      [['Circle', 'North', ['rule:Lead.One', 'rule:Lead.Two'], ['Lead.From_Circle']]]
    );
    const { decided } = mergeDecisions(review, undefined);
    const set = (key: string, decision: 'keep' | 'convert'): void => {
      Object.assign(
        decided.find(({ finding }) => finding.key === key)!,
        { decision }
      );
    };
    set('rule:Lead.One', 'convert');
    expect(findConflicts(decided)).to.deep.equal([]);
    set('rule:Lead.Two', 'keep');
    expect(findConflicts(decided).map(({ converted, kept }) => [converted, kept])).to.deep.equal([
      [['rule:Lead.One'], ['rule:Lead.Two']],
    ]);
  });

  it('counts nothing as decided that nobody decided, also after the file was written', () => {
    const small = org();
    const review = analyse(small.snapshot, request);
    const written = parseDecisions(formatDecisions(fileOf(mergeDecisions(review, undefined), ORG, 'now')), 'f.yaml');
    expect(judge(mergeDecisions(review, written)).news.map(({ news }) => news)).to.deep.equal(
      review.findings.map(() => 'new')
    );
    const put = mergeDecisions(review, written);
    put.decided = put.decided.map((one) => decideAs(one, { decision: 'defer' }));
    const later = parseDecisions(formatDecisions(fileOf(put, ORG, 'later')), 'f.yaml');
    const verdict = judge(mergeDecisions(review, later));
    expect([verdict.news.length, verdict.deferred.length]).to.deep.equal([0, review.findings.length]);
  });

  it('promotes by key and lists what differs', () => {
    const sandbox = analyse(org().snapshot, request);
    const merged = mergeDecisions(sandbox, undefined);
    const saved = fileOf(merged, ORG, 'now');
    const production = org();
    production.snapshot.rules[1]!.to = to('roleAndSubordinates', 'Boss');
    production.snapshot.rules.splice(0, 1);
    production.ownerRule('Lead', 'Only_Here', to('role', 'Boss'), to('allPartnerUsers'));
    const promotion = comparePromotion(saved, analyse(production.snapshot, request));
    expect(promotion.notHere.map(({ key }) => key)).to.deep.equal(['rule:Lead.One']);
    expect(promotion.undecided.map(({ key }) => key)).to.deep.equal(['rule:Lead.Only_Here']);
    expect(
      promotion.different.map(({ entry: { key }, differences }) => [key, differences.map(({ field }) => field)])
    ).to.deep.equal([['rule:Lead.Two', ['target', 'paths', 'fix']]]);
    expect(promotion.same.map(({ key }) => key)).to.include('rule:Lead.From_Circle');
  });
});
