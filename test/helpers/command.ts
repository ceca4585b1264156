/** Runs a command class in this process, as `sf` would, and keeps what it printed. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import type { SfCommand } from '@salesforce/sf-plugins-core';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

type CommandClass<T> = { run(argv?: string[], options?: string): Promise<unknown> } & (abstract new (
  ...args: never[]
) => SfCommand<T>);

export type CommandOutcome<T> = {
  result: T | undefined;
  error: (Error & { actions?: string[]; exitCode?: number }) | undefined;
  exitCode: number;
  stdout: string;
  stderr: string;
};

/** Never throws: an error of the command is part of the outcome. */
export async function runCommand<T>(command: CommandClass<T>, args: readonly string[]): Promise<CommandOutcome<T>> {
  const output = capture();
  process.exitCode = undefined;
  try {
    const result = (await command.run([...args], root)) as T;
    expectSchema(command.name, result);
    return { result, error: undefined, exitCode: Number(process.exitCode ?? 0), ...output.end() };
  } catch (error) {
    return { result: undefined, error: error as Error, exitCode: Number(process.exitCode ?? 1), ...output.end() };
  } finally {
    output.end();
    process.exitCode = undefined;
  }
}

const ajv = new Ajv({ strict: false });

/** Every result that a test sees is held to the command's schema. */
function expectSchema(className: string, result: unknown): void {
  const name = className.replaceAll(/(?<=[a-z])([A-Z])/g, '-$1').toLowerCase();
  const schema = JSON.parse(readFileSync(join(root, 'schemas', `channel-${name}.json`), 'utf8')) as object;
  const plain: unknown = JSON.parse(JSON.stringify(result));
  if (!ajv.validate(schema, plain))
    throw new Error(`The result of ${className} is not as its schema says: ${ajv.errorsText()}`);
}

function capture(): { end(): { stdout: string; stderr: string } } {
  const kept = { stdout: process.stdout.write.bind(process.stdout), stderr: process.stderr.write.bind(process.stderr) };
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (chunk: string | Uint8Array) => {
      text[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    };
  }
  return {
    end: () => {
      process.stdout.write = kept.stdout;
      process.stderr.write = kept.stderr;
      return text;
    },
  };
}
