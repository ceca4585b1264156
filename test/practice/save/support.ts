/** An org of its own for each test, copied from one that was built once. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { clockAt, openPracticeOrg, type OpenOrg, type OrgOptions } from '../../../src/practice/org.js';
import type {
  InputRecord,
  SaveOperation,
  SaveOptions,
  SaveResult,
  Session,
  Value,
} from '../../../src/practice/contracts.js';

let template: string | undefined;

const builtOnce = (): string => {
  if (template === undefined) {
    template = mkdtempSync(join(tmpdir(), 'practice-template-'));
    openPracticeOrg({ folder: template, scenario: { leads: 300 } }).close();
    const folder = template;
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  return template;
};

/** The org of one test, with short ways to save and look. */
export class TestOrg {
  public org!: OpenOrg;
  public session!: Session;
  public readonly clock = clockAt('2026-10-01T09:00:00Z');
  private readonly folder = mkdtempSync(join(tmpdir(), 'practice-org-'));

  public constructor(options: Partial<OrgOptions> = {}) {
    cpSync(builtOnce(), this.folder, { recursive: true });
    this.reopen(options);
  }

  /** Closes the org and opens it again, as a restart does. */
  public reopen(options: Partial<OrgOptions> = {}): void {
    this.org?.close();
    this.org = openPracticeOrg({ folder: this.folder, clock: this.clock, ...options });
    this.session = this.org.access.open('admin@practice.example.com');
  }

  public end(): void {
    this.org.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  public save(
    operation: SaveOperation,
    type: string,
    records: InputRecord[],
    more: Partial<SaveOptions> = {}
  ): SaveResult[] {
    return this.org.saver.save(operation, type, records, {
      session: this.session,
      assignment: 'none',
      source: 'rest',
      ...more,
    });
  }

  /** Saves one record that must succeed, and returns its id. */
  public good(operation: SaveOperation, type: string, record: InputRecord, more: Partial<SaveOptions> = {}): string {
    const [result] = this.save(operation, type, [record], more);
    expect(result!.errors).to.deep.equal([]);
    return result!.id!;
  }

  /** Saves one record that must fail, and returns its first error as `CODE message`. */
  public bad(operation: SaveOperation, type: string, record: InputRecord, more: Partial<SaveOptions> = {}): string {
    const [result] = this.save(operation, type, [record], more);
    expect(result!.success, 'expected a failure').to.equal(false);
    return `${result!.errors[0]!.statusCode} ${result!.errors[0]!.message}`;
  }

  /** First value of the first row of a SQL query. */
  public value(sql: string, ...parameters: string[]): Value {
    const row = this.org.store.sql(sql).get(...parameters);
    return (row === undefined ? null : Object.values(row)[0]) as Value;
  }

  public text(sql: string, ...parameters: string[]): string {
    return String(this.value(sql, ...parameters));
  }

  /** Stored record by id. */
  public row(type: string, id: string): Record<string, Value> {
    return this.org.store.find(this.org.catalog.require(type), id, true)!;
  }

  public user(name: string): string {
    return this.text('SELECT "Id" FROM "User" WHERE "Name" = ?', name);
  }

  public profile(name: string): string {
    return this.text('SELECT "Id" FROM "Profile" WHERE "Name" = ?', name);
  }

  public queue(name: string): string {
    return this.text('SELECT "Id" FROM "Group" WHERE "Name" = ?', name);
  }

  public openLead(): string {
    return this.text(
      'SELECT "Id" FROM "Lead" WHERE "IsConverted" = 0 AND "OwnerId" LIKE \'00G%\' ORDER BY "Id" LIMIT 1'
    );
  }

  public sessionOf(name: string): Session {
    return this.org.access.open(this.text('SELECT "Username" FROM "User" WHERE "Name" = ?', name));
  }

  /** A partner account with a contact that has no user yet. */
  public freeContact(): { contactId: string; accountId: string } {
    const row = this.org.store
      .sql(
        'SELECT c."Id", c."AccountId" FROM "Contact" c JOIN "Account" a ON a."Id" = c."AccountId" AND a."IsPartner" = 1 ' +
          'JOIN "User" o ON o."Id" = a."OwnerId" AND o."UserRoleId" IS NOT NULL ' +
          'WHERE NOT EXISTS (SELECT 1 FROM "User" u WHERE u."ContactId" = c."Id") ORDER BY c."Id" LIMIT 1'
      )
      .get()!;
    return { contactId: String(row.Id), accountId: String(row.AccountId) };
  }
}

let serial = 0;

/** A user that can be inserted; override what the test is about. */
export const newUser = (test: TestOrg, values: InputRecord = {}): InputRecord => {
  serial++;
  return {
    Username: `new.user.${serial}@practice.invalid`,
    LastName: 'Testwood',
    FirstName: 'Una',
    Alias: `new${serial}`,
    Email: `new.user.${serial}@example.com`,
    ProfileId: test.profile('Standard User'),
    TimeZoneSidKey: 'Europe/London',
    LocaleSidKey: 'en_GB',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    ...values,
  };
};

/** A partner user for a contact. */
export const newPartner = (test: TestOrg, contactId: string, values: InputRecord = {}): InputRecord =>
  newUser(test, { ProfileId: test.profile('Example Partner'), ContactId: contactId, ...values });
