/** Small programs of Apex, without an org: what they print, what nothing caught, what they ask the host for. */
import { expect } from 'chai';
import type { ApexRequest, Host, Names } from '../../../../src/practice/apex/host.js';
import { LIBRARY } from '../../../../src/practice/apex/library/index.js';
import { ApexCompileError } from '../../../../src/practice/apex/parse/errors.js';
import { ApexProgram, parseSource, type ApexSource } from '../../../../src/practice/apex/program.js';
import { drive } from '../drive.js';
import type { Ctx } from '../../../../src/practice/apex/runtime/context.js';
import { ApexThrown } from '../../../../src/practice/apex/runtime/exceptions.js';
import type { Runtime } from '../../../../src/practice/apex/runtime/runtime.js';
import type { SObjectShape } from '../../../../src/practice/apex/runtime/sobjects.js';
import type { Value } from '../../../../src/practice/apex/runtime/values.js';

const FIELDS: Readonly<Record<string, { name: string; type: string }>> = {
  id: { name: 'Id', type: 'Id' },
  lastname: { name: 'LastName', type: 'String' },
  ownerid: { name: 'OwnerId', type: 'Id' },
  score__c: { name: 'Score__c', type: 'Decimal' },
};

/** One kind of record as an org would describe it, with a parent and children of its own kind. */
export const LEAD: SObjectShape = {
  name: 'Lead',
  field: (name) => FIELDS[name],
  parent: (name) => (name === 'owner' ? { name: 'Owner', field: 'OwnerId', type: 'Lead' } : undefined),
  child: (name) => (name === 'tasks' ? { name: 'Tasks', type: 'Lead' } : undefined),
};

const NAMES: Names = {
  natives: LIBRARY,
  sobject: (name) => (name === 'lead' ? LEAD : undefined),
  resolves: (path) => (path[0]?.toLowerCase() === 'label' ? 2 : 0),
};

export type Answer = (request: ApexRequest, ctx: Ctx) => Value | Promise<Value>;

/** A host that answers by a function; without one it refuses everything. */
export function hostOf(answer?: Answer): Host {
  return {
    answer: (request, ctx) => {
      if (answer === undefined) throw new Error(`This program was to ask for nothing, not for ${request.kind}`);
      return answer(request, ctx);
    },
    value: (path) => path.join('/'),
    now: () => Date.UTC(2026, 10, 29, 12, 0, 0),
    timeZone: 'UTC',
  };
}

/** Compiles sources; classes are named by what they declare. */
export function program(...sources: Array<string | ApexSource>): ApexProgram {
  const units = sources.map((source): ApexSource => {
    if (typeof source !== 'string') return source;
    return { kind: 'class', name: /\b(?:class|interface|enum)\s+(\w+)/i.exec(source)![1]!, text: source };
  });
  return new ApexProgram(units.map(parseSource), NAMES);
}

export type Ran = { out: readonly string[]; thrown?: string; stack?: string };

/** Drives to the end and tells what was printed and thrown. */
export async function ran(
  runtime: Runtime,
  running: Generator<unknown, Value, Value>,
  host: Host = hostOf()
): Promise<Ran> {
  try {
    await drive(running, host, runtime);
    return { out: runtime.log };
  } catch (error) {
    if (!(error instanceof ApexThrown)) throw error;
    return { out: runtime.log, thrown: error.message, stack: error.apexStack };
  }
}

/** What the statements of a method of class T do; `members` are further members of T. */
export async function run(statements: string, members = '', answer?: Answer): Promise<Ran> {
  const text = `public class T { ${members}\n  public static void go() {\n${statements}\n  }\n}`;
  const host = hostOf(answer);
  const runtime = program(text).begin(host);
  return ran(runtime, runtime.callStatic('T', 'go', []), host);
}

/** Statements print these lines, and throw nothing. */
export async function prints(lines: readonly string[], statements: string, members = ''): Promise<void> {
  expect(await run(statements, members)).to.deep.equal({ out: lines });
}

/** Each expression's text, as `'' + expression` makes it; `declarations` come before. */
export async function texts(cases: Readonly<Record<string, string>>, declarations = '', members = ''): Promise<void> {
  const lines = Object.keys(cases).map((expression) => `System.debug('' + (${expression}));`);
  const { out, thrown } = await run([declarations, ...lines].join('\n'), members);
  expect(thrown).to.equal(undefined);
  const found = Object.keys(cases).map((expression, at) => [expression, out[at]]);
  expect(Object.fromEntries(found)).to.deep.equal(cases);
}

/** How a source is refused: message, line and column. */
export function refusal(...sources: Array<string | ApexSource>): string {
  try {
    program(...sources);
  } catch (error) {
    if (error instanceof ApexCompileError)
      return `${error.source} ${error.at.line}:${error.at.column} ${error.message}`;
    throw error;
  }
  return 'compiled';
}
