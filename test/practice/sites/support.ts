/** What the tests of accounts, users and sites ask of a practice org, all over HTTP. */
import { expect } from 'chai';
import type { OutboxMail } from '../../../src/practice/contracts.js';
import { startTestOrg, type TestOrg, type TestOrgOptions } from '../../helpers/practice.js';

/** Body of an answer: JSON as it came. */
export type Answer = { status: number; body: unknown; headers: Headers };

export type RestError = { errorCode: string; message: string; fields?: string[] };

type Values = Record<string, unknown>;

let serial = 0;

export class Desk {
  private constructor(public readonly test: TestOrg) {}

  public static async open(options: TestOrgOptions = { leads: 5 }): Promise<Desk> {
    return new Desk(await startTestOrg(options));
  }

  public close(): Promise<void> {
    return this.test.close();
  }

  /** Any address of the server. */
  public async fetch(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.test.server.url + path, { redirect: 'manual', ...init });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '';
    return { status: response.status, body: json ? (JSON.parse(text) as unknown) : text, headers: response.headers };
  }

  /** A REST call as the administrator, or with another token. */
  public rest(method: string, path: string, body?: unknown, token = this.test.token): Promise<Answer> {
    return this.fetch(`/services/data/v66.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  /** Creates a record that must be created, and returns its id. */
  public async create(object: string, values: Values, token?: string): Promise<string> {
    const { status, body } = await this.rest('POST', `/sobjects/${object}`, values, token);
    expect(status, JSON.stringify(body)).to.equal(201);
    return (body as { id: string }).id;
  }

  public async update(object: string, id: string, values: Values, token?: string): Promise<void> {
    const { status, body } = await this.rest('PATCH', `/sobjects/${object}/${id}`, values, token);
    expect(status, JSON.stringify(body)).to.equal(204);
  }

  /** First error of a call that must fail, as `status CODE message`. */
  public async refused(method: string, path: string, body?: unknown, token?: string): Promise<string> {
    const answer = await this.rest(method, path, body, token);
    expect(answer.body, `${method} ${path}: ${answer.status}`).to.be.an('array');
    const [error] = answer.body as RestError[];
    return `${answer.status} ${error!.errorCode} ${error!.message}`;
  }

  /** First value of the first record of a query. */
  public value<T = string>(soql: string): T {
    const [row] = this.test.query<{ attributes: unknown } & Record<string, unknown>>(soql);
    if (!row) throw new Error(`nothing found: ${soql}`);
    return Object.entries(row).find(([name]) => name !== 'attributes')![1] as T;
  }

  public id(object: string, name: string): string {
    return this.value(`SELECT Id FROM ${object} WHERE Name = '${name}'`);
  }

  /** A contact without a user, of a new partner account whose owner has a role. */
  public async freshContact(owner = 'Nora Fieldgate'): Promise<{ accountId: string; contactId: string }> {
    serial++;
    const accountId = await this.create('Account', {
      Name: `Example Fresh ${serial}`,
      OwnerId: this.id('User', owner),
    });
    await this.update('Account', accountId, { IsPartner: true });
    const contactId = await this.create('Contact', { LastName: `Fresh ${serial}`, AccountId: accountId });
    return { accountId, contactId };
  }

  /** A user that can be inserted; override what the test is about. Undefined values are left out. */
  public user(values: Values = {}): Values {
    serial++;
    return {
      Username: `una.${serial}@practice.invalid`,
      LastName: 'Testwood',
      Alias: `una${serial}`,
      Email: `una.${serial}@example.com`,
      ProfileId: this.id('Profile', 'Standard User'),
      TimeZoneSidKey: 'Europe/London',
      LocaleSidKey: 'en_GB',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      ...values,
    };
  }

  public partner(contactId: string | undefined, values: Values = {}): Values {
    return this.user({ ProfileId: this.id('Profile', 'Example Partner'), ContactId: contactId, ...values });
  }

  /** A new partner user of a new account, with his address. */
  public async newPartner(values: Values = {}): Promise<{ id: string; email: string; username: string }> {
    const { contactId } = await this.freshContact();
    const record = this.partner(contactId, values);
    return {
      id: await this.create('User', record),
      email: String(record.Email),
      username: String(record.Username),
    };
  }

  /** The last mail of a kind to an address. */
  public async mail(kind: string, to: string): Promise<OutboxMail> {
    const mails = await this.test.control.outbox({ kind, to });
    expect(mails, `${kind} to ${to}`).to.not.have.length(0);
    return mails.at(-1)!;
  }

  /** Opens the link of a mail as its recipient would. */
  public openLink({ link }: OutboxMail): Promise<Answer> {
    expect(link).to.match(new RegExp(`^${this.test.server.url}/`));
    return this.fetch(link!.slice(this.test.server.url.length));
  }
}
