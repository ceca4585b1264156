/** The round robin of the package, executed: the same owners, reasons, counts and debts as the TypeScript one. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Host, Names } from '../../src/practice/apex/host.js';
import { LIBRARY } from '../../src/practice/apex/library/index.js';
import { ApexProgram, parseSource } from '../../src/practice/apex/program.js';
import { drive } from '../practice/apex/drive.js';
import { byTypeScript, cases, leadLines, memberLines, type Case } from './round-robin-cases.js';

const classes = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  ...['force-app', 'main', 'default', 'classes']
);

const SHARED = ['Member', 'Math', 'Ledger', 'Turns', 'Reasons', 'Plan'].map((name) => `RoundRobin${name}`);

/** Reads a case from text and writes what came of it, as `byTypeScript` does. */
const HARNESS = `public class Harness {
  public static String run(String members, String leads, String period, Boolean open) {
    List<RoundRobinMember> all = new List<RoundRobinMember>();
    for (String line : members.split('\\n')) {
      List<String> cells = line.split('\\\\|', -1);
      RoundRobinMember one = new RoundRobinMember(cells[0], cells[1], Long.valueOf(cells[2]));
      one.cap = cells[3] == '' ? null : Long.valueOf(cells[3]);
      one.assigned = Long.valueOf(cells[4]);
      one.periodCount = Long.valueOf(cells[5]);
      one.deficit = Long.valueOf(cells[6]);
      one.openLeads = Long.valueOf(cells[7]);
      one.absence = cells[8] == '' ? null : cells[8];
      one.blocked = cells[9] == '' ? null : cells[9];
      all.add(one);
    }
    RoundRobinPlan plan = new RoundRobinPlan(all, period, open);
    List<String> lines = new List<String>();
    for (String line : leads.split('\\n')) {
      RoundRobinPlan.Choice choice = plan.next(factsOf(line.split('\\\\|', -1)));
      lines.add((choice.member == null ? '\\t' : choice.key + '\\t' + choice.rule) + '\\t' + choice.reason);
    }
    Map<String, Long> counts = plan.counts();
    for (String key : counts.keySet()) {
      lines.add(key + ' ' + counts.get(key));
    }
    Map<String, RoundRobinMember> states = plan.states();
    for (String key : states.keySet()) {
      RoundRobinMember after = states.get(key);
      lines.add(key + ' ' + after.assigned + ' ' + after.periodCount + ' ' + after.deficit);
    }
    return String.join(lines, '\\n');
  }
  private static RoundRobinPlan.LeadFacts factsOf(List<String> cells) {
    RoundRobinPlan.LeadFacts facts = new RoundRobinPlan.LeadFacts();
    for (String pair : cells[0].split(',')) {
      if (pair != '') facts.excluded.put(pair.substringBefore('='), pair.substringAfter('='));
    }
    facts.stickyTo = cells[1] == '' ? null : cells[1];
    facts.stickyBy = cells[2] == '' ? null : cells[2];
    return facts;
  }
}`;

const NAMES: Names = {
  natives: LIBRARY,
  sobject: () => undefined,
  resolves: ([first]) => (first?.toLowerCase() === 'label' ? 2 : 0),
};

/** Pure code asks for nothing but its labels. */
const HOST: Host = {
  answer: ({ kind }) => {
    throw new Error(`The plan is pure, and asked for ${kind}`);
  },
  value: (path) => path.join('.'),
  now: () => 0,
  timeZone: 'UTC',
};

const readClass = (name: string): string => readFileSync(join(classes, `${name}.cls`), 'utf8');

const programOf = (change = (_name: string, text: string): string => text): ApexProgram =>
  new ApexProgram(
    [...SHARED.map((name) => [name, change(name, readClass(name))] as const), ['Harness', HARNESS] as const].map(
      ([name, text]) => parseSource({ kind: 'class', name, text })
    ),
    NAMES
  );

const byApex = async (program: ApexProgram, one: Case): Promise<string[]> => {
  const runtime = program.begin(HOST);
  const args = [memberLines(one).join('\n'), leadLines(one).join('\n'), one.period, one.balancesOpenLeads];
  const answer = await drive(runtime.callStatic('Harness', 'run', args), HOST, runtime);
  if (typeof answer !== 'string') throw new Error('The harness answers with text');
  return answer.split('\n');
};

/** Number of cases; a fixed seed, so that a failure comes again. */
const CASES = 10_000;
const SEED = 20_261_129;

/** Changes to the Apex that the cases must notice: a piece of a class, and what stands there instead. */
const MUTANTS: Array<[name: string, from: string, to: string]> = [
  ['RoundRobinTurns', 'scale * deficitOf(member) < units', 'scale * deficitOf(member) <= units'],
  ['RoundRobinTurns', '(scale - 2) * units', 'scale * units'],
  ['RoundRobinTurns', 'lastTurn[a] < lastTurn[b]', 'lastTurn[a] > lastTurn[b]'],
  ['RoundRobinMath', 'floorDivide(parts + unit / 2, unit)', 'floorDivide(parts, unit)'],
  ['RoundRobinMath', 'quotient - 1 : quotient', 'quotient : quotient'],
  ['RoundRobinLedger', 'leads += taken;', ''],
  ['RoundRobinPlan', 'inPeriod(at) >= member.cap', 'inPeriod(at) > member.cap'],
  ['RoundRobinPlan', 'keys.sort();', ''],
  ['RoundRobinPlan', 'Math.mod(ever, (Long) size)', '0'],
  ['RoundRobinReasons', '+ 0.5', '+ 0.4'],
];

describe('the round robin of the package', function () {
  this.timeout(600_000);

  it(`decides ${CASES} generated cases as the TypeScript one does: owners, reasons, counts, debts`, async () => {
    const program = programOf();
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        expect(await byApex(program, one)).to.deep.equal(byTypeScript(one));
      }),
      { numRuns: CASES, seed: SEED }
    );
  });

  for (const [name, from, to] of MUTANTS) {
    it(`would notice "${to}" for "${from}" in ${name}`, async () => {
      const mutant = programOf((other, text) => {
        if (other !== name) return text;
        expect(text).to.contain(from);
        return text.replace(from, to);
      });
      const samples = fc.sample(cases, { numRuns: CASES, seed: SEED });
      for (const one of samples) {
        const found = await byApex(mutant, one);
        if (found.join('\n') !== byTypeScript(one).join('\n')) return;
      }
      expect.fail('no case tells it apart');
    });
  }
});
