/** The sf CLI and the practice org that it speaks to, and short ways to ask both. */
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { DaemonOrg } from '../../helpers/daemon.js';
import type { SfCli, SfJson, SfOutcome } from '../../helpers/sf-cli.js';

export const ALIAS = 'practice';

export type Queried<T> = { records: T[]; totalSize: number; done: boolean };

/** A record as REST shows it. */
export type Shown = { attributes: { type: string; url: string }; Id: string; [field: string]: unknown };

export type BulkResult = { jobId: string; processedRecords: number; successfulRecords: number; failedRecords: number };

export class World {
  public constructor(
    public readonly sf: SfCli,
    public readonly org: DaemonOrg
  ) {}

  /** Runs a command on the org with `--json`; it must succeed. Answers its result. */
  public async json<T>(...args: string[]): Promise<T> {
    const outcome = await this.run<T>(...args);
    expect([outcome.exitCode, outcome.json?.status], outcome.stdout + outcome.stderr).to.deep.equal([0, 0]);
    return outcome.json!.result;
  }

  /** Runs a command that must fail. Answers what `--json` printed, with the exit code. */
  public async refused(...args: string[]): Promise<SfJson<unknown> & { exitCode: number }> {
    const { exitCode, json, stdout } = await this.run(...args);
    expect(exitCode, stdout).to.not.equal(0);
    expect(json, stdout).to.be.an('object');
    expect(json!.status).to.equal(exitCode);
    return { ...json!, exitCode };
  }

  public run<T>(...args: string[]): Promise<SfOutcome<T>> {
    return this.sf.run<T>([...args, '--target-org', ALIAS, '--json']);
  }

  /** What a person sees: no `--json`. */
  public async text(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.sf.run([...args, '--target-org', ALIAS]);
    expect(exitCode, stderr).to.equal(0);
    return stdout;
  }

  public query<T = Shown>(soql: string, ...flags: string[]): Promise<Queried<T>> {
    return this.json<Queried<T>>('data', 'query', '--query', soql, ...flags);
  }

  /** The second way: rows from the database file of the org, past every protocol. */
  public rows<T = Record<string, unknown>>(sql: string, ...values: string[]): T[] {
    return this.org.rows<T>(sql, ...values).map((row) => ({ ...row }));
  }

  public row<T = Record<string, unknown>>(sql: string, ...values: string[]): T {
    return this.rows<T>(sql, ...values)[0]!;
  }
}

/** The tests are registered before the world is there. */
export type Where = () => World;

export const csv = (...rows: string[][]): string => rows.map((row) => `${row.join(',')}\n`).join('');

/** The lines of a CSV text, header first. */
export const csvLines = (text: string): string[][] => parse(text);

/** The rows of a CSV text by their header. */
export const csvRecords = (text: string): Array<Record<string, string>> => parse(text, { columns: true });
