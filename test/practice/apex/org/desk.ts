/** A practice org into which tests put Apex of their own, run over HTTP as clients run it. */
import { expect } from 'chai';
import { deployZip, manifest, problems, zipOf, XMLNS, type Deployed } from '../../metadata/support.js';
import { executeAnonymous, type Anonymous } from './anonymous.js';
import { startFixture, type Fixture } from '../../http/fixture.js';

export class ApexDesk {
  private constructor(public readonly fixture: Fixture) {}

  public static async open(leads = 30): Promise<ApexDesk> {
    return new ApexDesk(await startFixture({}, { scenario: { leads } }));
  }

  public close(): Promise<void> {
    return this.fixture.close();
  }

  /** Deploys classes and triggers by their texts; all must be taken. */
  public async deploy(...sources: string[]): Promise<void> {
    const result = await this.send(...sources);
    expect(problems(result), result.errorMessage).to.deep.equal([]);
  }

  /** Deploys classes and triggers by their texts. @returns what became of it */
  public async send(...sources: string[]): Promise<Deployed> {
    const files: Record<string, string> = {};
    const types: Record<string, string[]> = {};
    for (const source of sources) {
      const trigger = /\btrigger\s+(\w+)\s+on\b/i.exec(source)?.[1];
      const name = trigger ?? /\bclass\s+(\w+)/i.exec(source)![1]!;
      const [type, folder, suffix] = trigger ? ['ApexTrigger', 'triggers', 'trigger'] : ['ApexClass', 'classes', 'cls'];
      (types[type] ??= []).push(name);
      files[`${folder}/${name}.${suffix}`] = source;
      files[`${folder}/${name}.${suffix}-meta.xml`] =
        `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="${XMLNS}"><apiVersion>66.0</apiVersion><status>Active</status></${type}>`;
    }
    return deployZip(this.fixture.conn, zipOf({ 'package.xml': manifest(types), ...files }));
  }

  /** Executes a block as a user, the administrator unless told. */
  public anonymous(source: string, token = this.fixture.token): Promise<Anonymous> {
    return executeAnonymous(this.fixture.server.url, token, source);
  }

  /** Runs a block that must end well. @returns its debug lines */
  public async run(source: string, token?: string): Promise<string[]> {
    const outcome = await this.anonymous(source, token);
    expect(
      outcome.success,
      outcome.compileProblem ?? `${outcome.exceptionMessage!}\n${outcome.exceptionStackTrace!}`
    ).to.equal(true);
    return outcome.log;
  }

  /** A request of the administrator. */
  public async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<{ status: number; body: unknown }> {
    const answer = await this.fixture.call(method, path, body, headers);
    return { status: answer.status, body: answer.body as unknown };
  }

  /** Calls a class with @RestResource. */
  public rest(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    return this.call(method, `/services/apexrest${path}`, body);
  }

  public value(sql: string, ...values: string[]): unknown {
    const row = this.fixture.org.store.sql(sql).get(...values);
    return row && Object.values(row)[0];
  }

  public count(object: string, where = '1 = 1'): number {
    return Number(this.value(`SELECT count(*) FROM "${object}" WHERE ${where}`));
  }
}
