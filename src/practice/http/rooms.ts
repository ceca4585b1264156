/** What a request can reach: the org and the rooms that are built around it. Replaced as a whole by a reset. */
import type { ApexRoom } from '../apex/org/room.js';
import type { BulkJobs } from '../bulk/jobs.js';
import type { PracticeOrg } from '../contracts.js';
import type { FaultBook } from '../faults/book.js';
import type { RequestLog } from '../log/request-log.js';
import type { UnsupportedList } from '../log/unsupported.js';
import type { MetadataRoom } from '../metadata/room.js';
import type { WorkbenchDesk } from '../workbench/desk.js';
import type { Passwords } from './passwords.js';

export type Rooms = {
  readonly org: PracticeOrg;
  readonly apex: ApexRoom;
  readonly bulk: BulkJobs;
  readonly metadata: MetadataRoom;
  readonly passwords: Passwords;
  /** Who has opened the pages with our components. */
  readonly workbench: WorkbenchDesk;
  readonly faults: FaultBook;
  readonly requests: RequestLog;
  readonly unsupported: UnsupportedList;
  /** Address of this server, `http://127.0.0.1:4100`. */
  readonly url: () => string;
  /** How the process ends when a kill rule hits; tests replace it. */
  readonly die: () => never;
};
