/** Every mail the org would have sent, kept in the file. */
import type { Clock, Outbox, OutboxMail, Preferences, Row, Store } from '../contracts.js';

/** Mails about users and passwords, which "System email only" lets through (platform-facts fact 6). */
const SYSTEM_KINDS = new Set(['new-user', 'password-reset', 'welcome']);

/** Why the deliverability setting of the org holds a mail of this kind back, or undefined. */
export const heldBack = (deliverability: string | undefined, kind: string): string | undefined => {
  if (deliverability === 'none') return 'Email deliverability is set to No access';
  if (deliverability !== 'all' && !SYSTEM_KINDS.has(kind)) return 'Email deliverability is set to System email only';
  return undefined;
};

const CREATE = `CREATE TABLE IF NOT EXISTS practice_outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, recipients TEXT NOT NULL,
  sender TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, related TEXT, delivered INTEGER NOT NULL, reason TEXT,
  template TEXT, link TEXT)`;

/** Columns that files of earlier versions lack. */
const LATER = ['template', 'link'];

const addColumns = ({ db }: Store): void => {
  const columns = db.prepare("SELECT name FROM pragma_table_info('practice_outbox')").all();
  for (const name of LATER) {
    if (!columns.some((column) => column.name === name)) db.exec(`ALTER TABLE practice_outbox ADD COLUMN ${name} TEXT`);
  }
};

const toMail = (row: Row, origin: string): OutboxMail => {
  const mail: OutboxMail = {
    id: Number(row.id),
    at: String(row.at),
    kind: String(row.kind),
    to: String(row.recipients).split('\n'),
    from: String(row.sender),
    subject: String(row.subject),
    body: String(row.body),
    delivered: row.delivered === 1,
  };
  if (row.template !== null) mail.template = String(row.template);
  if (row.link !== null) {
    mail.link = origin + String(row.link);
    mail.body += `\n${mail.link}`;
  }
  if (row.related !== null) mail.relatedId = String(row.related);
  if (row.reason !== null) mail.reason = String(row.reason);
  return mail;
};

class StoredOutbox implements Outbox {
  public origin = (): string => 'http://127.0.0.1';

  public constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly preferences: Preferences
  ) {
    store.db.exec(CREATE);
    addColumns(store);
  }

  public send(mail: Omit<OutboxMail, 'id' | 'at' | 'delivered' | 'reason'>, thrownAway?: string): void {
    const reason = thrownAway ?? heldBack(this.preferences.get('Email.deliverability'), mail.kind) ?? null;
    this.store
      .sql(
        'INSERT INTO practice_outbox (at, kind, recipients, sender, subject, body, related, delivered, reason, template, link) ' +
          'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
      )
      .run(
        this.clock.stamp(),
        mail.kind,
        mail.to.join('\n'),
        mail.from,
        mail.subject,
        mail.body,
        mail.relatedId ?? null,
        reason === null ? 1 : 0,
        reason,
        mail.template ?? null,
        mail.link ?? null
      );
  }

  public list(filter: { kind?: string; to?: string } = {}): OutboxMail[] {
    const rows = this.store
      .sql('SELECT * FROM practice_outbox WHERE ?1 IS NULL OR kind = ?1 ORDER BY id')
      .all(filter.kind ?? null);
    const mails = rows.map((row) => toMail(row as Row, this.origin()));
    return filter.to === undefined ? mails : mails.filter((mail) => mail.to.includes(filter.to!));
  }

  public clear(): void {
    this.store.sql('DELETE FROM practice_outbox').run();
  }
}

/**
 * Opens the outbox. A mail sent inside a transaction that is rolled back is gone with it, as on the platform.
 * What reaches anyone depends on the preference `Email.deliverability`: all, system or none.
 */
export const openOutbox = (store: Store, clock: Clock, preferences: Preferences): Outbox =>
  new StoredOutbox(store, clock, preferences);
