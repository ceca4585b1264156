/** A practice org in which leads change hands at known times. */
import { installPackage } from '../helpers/package.js';
import { openParts } from '../helpers/data-desk.js';
import type { TestOrgOptions } from '../helpers/practice.js';
import { QueueDesk } from './queue-support.js';

const DAY = 86_400_000;

type Values = Record<string, unknown>;

/** Somebody who holds leads: his id and a session of his. */
export type Holder = { id: string; name: string; username: string; token: string };

export class TimeDesk extends QueueDesk {
  public static override async open(options?: TestOrgOptions): Promise<TimeDesk> {
    return new TimeDesk(await openParts('time', options));
  }

  public install(): Promise<void> {
    return installPackage({ url: this.desk.test.server.url, token: this.desk.test.token });
  }

  /** Does something as of some days ago. */
  public async daysAgo<T>(days: number, work: () => Promise<T>): Promise<T> {
    await this.desk.test.control.setClock(new Date(Date.now() - days * DAY));
    try {
      return await work();
    } finally {
      await this.desk.test.control.setClock();
    }
  }

  /** Active partner users who can log in, by name. */
  public partners(count: number): Holder[] {
    const users = this.desk.test.query<{ Id: string; Name: string; Username: string }>(
      `SELECT Id, Name, Username FROM User WHERE UserType = 'PowerPartner' AND IsActive = true AND LastLoginDate != null ORDER BY Name LIMIT ${count}`
    );
    return users.map(({ Id: id, Name: name, Username: username }) => ({
      id,
      name,
      username,
      token: this.desk.test.org.access.open(username).id,
    }));
  }

  /** A lead that comes in now, with an owner. */
  public lead(ownerId: string, values: Values = {}): Promise<string> {
    return this.desk.create('Lead', { LastName: 'Timely', Company: 'Timely Ltd', OwnerId: ownerId, ...values });
  }

  public give(lead: string, ownerId: string, token?: string): Promise<void> {
    return this.desk.update('Lead', lead, { OwnerId: ownerId }, token);
  }

  public queue(developerName: string): string {
    return this.desk.value(`SELECT Id FROM Group WHERE DeveloperName = '${developerName}' AND Type = 'Queue'`);
  }

  public owners(): Record<string, string> {
    const leads = this.desk.test.query<{ Id: string; OwnerId: string }>(
      `SELECT Id, OwnerId FROM Lead WHERE Company = 'Timely Ltd'`
    );
    return Object.fromEntries(leads.map(({ Id, OwnerId }) => [Id, OwnerId]));
  }
}
