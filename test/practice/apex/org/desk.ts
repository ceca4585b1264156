/** A practice org into which tests put Apex of their own, run over HTTP as clients run it. */
import { expect } from 'chai';
import { deployZip, manifest, problems, zipOf, XMLNS } from '../../metadata/support.js';
import { startFixture, type Answer, type Fixture } from '../../http/fixture.js';

/** What `executeAnonymous` answers. */
export type Anonymous = {
  compiled: boolean;
  success: boolean;
  line: number;
  column: number;
  compileProblem: string | undefined;
  exceptionMessage: string | undefined;
  exceptionStackTrace: string | undefined;
  log: string[];
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#13;', '\r')
    .replaceAll('&amp;', '&');

export class ApexDesk {
  private constructor(public readonly fixture: Fixture) {}

  public static async open(leads = 30): Promise<ApexDesk> {
    return new ApexDesk(await startFixture({}, { scenario: { leads } }));
  }

  public close(): Promise<void> {
    return this.fixture.close();
  }

  /** Deploys classes and triggers by their texts. */
  public async deploy(...sources: string[]): Promise<void> {
    const files: Record<string, string> = {};
    const types: Record<string, string[]> = {};
    for (const source of sources) {
      const trigger = /\btrigger\s+(\w+)\s+on\b/i.exec(source)?.[1];
      const name = trigger ?? /\bclass\s+(\w+)/i.exec(source)![1]!;
      const [type, folder, suffix] = trigger ? ['ApexTrigger', 'triggers', 'trigger'] : ['ApexClass', 'classes', 'cls'];
      (types[type!] ??= []).push(name);
      files[`${folder!}/${name}.${suffix!}`] = source;
      files[`${folder!}/${name}.${suffix!}-meta.xml`] =
        `<?xml version="1.0" encoding="UTF-8"?><${type!} xmlns="${XMLNS}"><apiVersion>66.0</apiVersion><status>Active</status></${type!}>`;
    }
    const result = await deployZip(this.fixture.conn, zipOf({ 'package.xml': manifest(types), ...files }));
    expect(problems(result), result.errorMessage).to.deep.equal([]);
  }

  /** Executes a block as a user, the administrator unless told. */
  public async anonymous(source: string, token = this.fixture.token): Promise<Anonymous> {
    const body = `<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://soap.sforce.com/2006/08/apex">
      <env:Header><a:SessionHeader><a:sessionId>${token}</a:sessionId></a:SessionHeader></env:Header>
      <env:Body><executeAnonymous xmlns="http://soap.sforce.com/2006/08/apex"><String>${escaped(source)}</String></executeAnonymous></env:Body></env:Envelope>`;
    const response = await fetch(`${this.fixture.server.url}/services/Soap/s/66.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: 'executeAnonymous' },
      body,
    });
    const xml = await response.text();
    expect(response.status, xml).to.equal(200);
    const part = (name: string): string | undefined => {
      const found = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
      return found === undefined ? undefined : plain(found);
    };
    return {
      compiled: part('compiled') === 'true',
      success: part('success') === 'true',
      line: Number(part('line')),
      column: Number(part('column')),
      compileProblem: part('compileProblem'),
      exceptionMessage: part('exceptionMessage'),
      exceptionStackTrace: part('exceptionStackTrace'),
      log: (part('debugLog') ?? '').split('\n').filter(Boolean),
    };
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

  /** Calls a class with @RestResource. */
  public rest(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.fixture.call(method, `/services/apexrest${path}`, body);
  }

  public value(sql: string, ...values: string[]): unknown {
    const row = this.fixture.org.store.sql(sql).get(...values);
    return row && Object.values(row)[0];
  }

  public count(object: string, where = '1 = 1'): number {
    return Number(this.value(`SELECT count(*) FROM "${object}" WHERE ${where}`));
  }
}
