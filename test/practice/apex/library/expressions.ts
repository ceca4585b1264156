/** Small programs for tests of the library: what they put out, and what nothing caught. They need no org. */
import { expect } from 'chai';
import { LIBRARY } from '../../../../src/practice/apex/library/index.js';
import type { Host } from '../../../../src/practice/apex/host.js';
import { ApexProgram, parseSource } from '../../../../src/practice/apex/program.js';
import { ApexThrown } from '../../../../src/practice/apex/runtime/exceptions.js';
import type { SObjectShape } from '../../../../src/practice/apex/runtime/sobjects.js';

/** A program: `classes` are inner classes of T; `source` are statements that put texts into `out`. */
export type Program = { classes?: string; source: string; out: string[]; thrown?: string };

const FIELDS: Readonly<Record<string, string>> = { id: 'Id', lastname: 'LastName', ownerid: 'OwnerId' };

/** One kind of record, as an org would describe it. */
const LEAD: SObjectShape = {
  name: 'Lead',
  field: (name) => {
    const found = FIELDS[name];
    return found === undefined ? undefined : { name: found, type: found === 'LastName' ? 'String' : 'Id' };
  },
  parent: (name) => (name === 'owner' ? { name: 'Owner', field: 'OwnerId', type: 'SObject' } : undefined),
  child: () => undefined,
};

const HOST: Host = {
  answer: ({ kind }) => {
    throw new Error(`A test of the library asks for a ${kind}`);
  },
  value: (path) => {
    throw new Error(`A test of the library asks for ${path.join('.')}`);
  },
  now: () => Date.UTC(2026, 10, 29, 18, 0, 0),
  timeZone: 'America/Los_Angeles',
};

/** Runs statements; what they put out, and the exception that ended them. */
const run = ({ classes = '', source }: Pick<Program, 'classes' | 'source'>): { out: string[]; thrown?: string } => {
  const text = `public class T {
    public class Out { public void add(Object line) { System.debug(line); } }
    ${classes}
    public static void run() { Out out = new Out(); ${source} }
  }`;
  const names = {
    natives: LIBRARY,
    sobject: (name: string) => (name === 'lead' ? LEAD : undefined),
    resolves: () => 0,
  };
  const program = new ApexProgram([parseSource({ kind: 'class', name: 'T', text })], names);
  const runtime = program.begin(HOST);
  try {
    const step = runtime.callStatic('T', 'run', []).next(null);
    expect(step.done, 'no request is made').to.equal(true);
    return { out: runtime.log };
  } catch (error) {
    if (error instanceof ApexThrown) return { out: runtime.log, thrown: error.message };
    throw error;
  }
};

/** Programs put out what is expected, and end as expected. */
export const expectPrograms = (programs: readonly Program[]): void => {
  for (const { out, thrown, ...program } of programs) {
    expect(run(program), program.source).to.deep.equal(thrown === undefined ? { out } : { out, thrown });
  }
};

/** Texts of expressions, null for null; of one that throws, the exception. */
export const expectTexts = (cases: ReadonlyArray<readonly [expression: string, text: string | null]>): void => {
  const lines = cases.map(
    ([expression]) => `try { out.add(String.valueOf(${expression})); }
      catch (Exception error) { out.add(error.getTypeName() + ': ' + error.getMessage()); }`
  );
  const { out, thrown } = run({ source: lines.join('\n') });
  const found = cases.map(([expression], at) => `${expression} → ${out[at]}`);
  expect(found).to.deep.equal(cases.map(([expression, text]) => `${expression} → ${text}`));
  expect(thrown).to.equal(undefined);
};
