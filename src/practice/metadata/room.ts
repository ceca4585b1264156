/** The metadata room of a server: deploys and retrieves that go on beside the requests. */
import type { Rooms } from '../http/rooms.js';
import { Deploys, type MetadataOptions } from './deploy/deploys.js';
import { Retrieves } from './retrieve/retrieves.js';

export type { MetadataOptions } from './deploy/deploys.js';

export class MetadataRoom {
  public readonly deploys: Deploys;
  public readonly retrieves: Retrieves;

  public constructor(rooms: () => Rooms, org: Rooms['org'], options: MetadataOptions = {}) {
    this.deploys = new Deploys(rooms, org, options);
    this.retrieves = new Retrieves(rooms, org, options);
  }

  /** Goes on with what an earlier server left. */
  public resume(): void {
    this.deploys.resume();
    this.retrieves.resume();
  }

  /** Resolves when nothing is being worked on. */
  public async idle(): Promise<void> {
    await this.deploys.idle();
    await this.retrieves.idle();
  }

  public async close(): Promise<void> {
    await this.deploys.close();
    await this.retrieves.close();
  }
}
