/** A rotation over two queues, leads that wait for it, and the channel manager who looks at its board. */
import type { Page } from 'playwright-core';
import { ADMIN } from '../../helpers/practice.js';
import { Stage } from './stage.js';

const QUEUES = ['Partner_Leads_North', 'Partner_Leads_South'];

export class BoardDesk {
  private constructor(
    public readonly stage: Stage,
    public readonly manager: string
  ) {}

  /** With 40 leads that wait. */
  public static async open(): Promise<BoardDesk> {
    const stage = await Stage.open();
    const desk = new BoardDesk(stage, await stage.manager());
    const rotation = await desk.stage.create('Lead_Rotation__c', {
      ...{ Name: 'Iceland', Key__c: 'Iceland', Active__c: true, Period__c: 'Week', Balance__c: 'Assigned' },
      ...{ Filter__c: "Country = 'Iceland'", Time_Zone__c: 'UTC' },
    });
    for (const [at, queue] of QUEUES.entries()) {
      await desk.stage.create('Lead_Rotation_Member__c', {
        ...{ Rotation__c: rotation, Kind__c: 'Queue', Queue_Developer_Name__c: queue, Weight__c: 3 - at },
        Key__c: `iceland:queue:${queue.toLowerCase()}`,
      });
    }
    await desk.waiting(40);
    return desk;
  }

  /** The board with its members on it. */
  public async board(): Promise<Page> {
    const page = await this.stage.visit(this.manager, '#/n/Channel_Rotations');
    await page.getByRole('heading', { name: 'Members' }).waitFor();
    return page;
  }

  /** Puts more leads into a queue to which no rotation gives. */
  public async waiting(count: number): Promise<void> {
    const OwnerId = this.queue('Unassigned_Leads');
    const records = Array.from({ length: count }, (_, at) => ({
      ...{ attributes: { type: 'Lead' }, LastName: `Fjord ${at}`, Company: 'Example Fjord Ltd', Country: 'Iceland' },
      OwnerId,
    }));
    await this.stage.admin('POST', '/composite/sobjects', { allOrNone: true, records });
  }

  /** Records of gifts of the rotation, as if it had worked for long. */
  public async gifts(count: number): Promise<void> {
    const leads = this.stage.test.query<{ Id: string }>('SELECT Id FROM Lead');
    const [rotation] = this.stage.test.query<{ Id: string }>('SELECT Id FROM Lead_Rotation__c');
    const owner = this.queue('Partner_Leads_North');
    for (let at = 0; at < count; at += 200) {
      const records = Array.from({ length: Math.min(200, count - at) }, (_, of) => ({
        ...{ attributes: { type: 'Lead_Assignment__c' }, Lead__c: leads[(at + of) % leads.length]!.Id },
        ...{ Rotation__c: rotation!.Id, Owner_After__c: owner, Outcome__c: 'Offered' },
        Reason__c: `Partner Leads North due first (${((at + of) % 10) / 10} behind)`,
      }));
      await this.stage.admin('POST', '/composite/sobjects', { allOrNone: true, records });
    }
  }

  /** Leads from Iceland in a queue. */
  public owned(queue: string): number {
    const where = `Country = 'Iceland' AND OwnerId = '${this.queue(queue)}'`;
    return this.stage.test.query(`SELECT Id FROM Lead WHERE ${where}`).length;
  }

  public weights(): Record<string, number> {
    const rows = this.stage.test.query<{ Queue_Developer_Name__c: string; Weight__c: number }>(
      'SELECT Queue_Developer_Name__c, Weight__c FROM Lead_Rotation_Member__c ORDER BY Queue_Developer_Name__c'
    );
    return Object.fromEntries(rows.map((row) => [row.Queue_Developer_Name__c, row.Weight__c]));
  }

  /** A run of somebody else takes the rotation's lock. */
  public async hold(holder: string): Promise<void> {
    const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
    const fields = {
      Lock_Key__c: 'rotation:iceland',
      Run_Key__c: 'a-run',
      Holder__c: holder,
      Owner_Token__c: 'theirs',
    };
    const [held] = this.stage.test.query<{ Id: string }>(
      "SELECT Id FROM Channel_Run__c WHERE Lock_Key__c = 'rotation:iceland'"
    );
    const run = {
      ...fields,
      Kind__c: 'lead-distribute',
      State__c: 'Running',
      Started_At__c: at(-1),
      Lease_Until__c: at(5),
    };
    if (held) await this.stage.admin('PATCH', `/sobjects/Channel_Run__c/${held.Id}`, run);
    else await this.stage.create('Channel_Run__c', run);
  }

  /** A lead of the administrator that the manager may read. */
  public async readOnlyLead(): Promise<{ leadId: string; owner: string }> {
    const OwnerId = this.stage.idOf(`User WHERE Username = '${ADMIN}'`);
    const UserOrGroupId = this.stage.idOf(`User WHERE Username = '${this.manager}'`);
    const leadId = await this.stage.create('Lead', { LastName: 'Cliff', Company: 'Example Cliff Ltd', OwnerId });
    await this.stage.create('LeadShare', { LeadId: leadId, UserOrGroupId, LeadAccessLevel: 'Read' });
    return { leadId, owner: OwnerId };
  }

  public close(): Promise<void> {
    return this.stage.close();
  }

  private queue(name: string): string {
    return this.stage.idOf(`Group WHERE DeveloperName = '${name}'`);
  }
}
