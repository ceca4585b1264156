/** The deploys of an org: one at a time, beside the requests. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Row, Session } from '../../contracts.js';
import { PlatformError } from '../../errors.js';
import { commit } from '../../http/save.js';
import type { Rooms } from '../../http/rooms.js';
import { to18 } from '../../store/ids.js';
import type { Work } from '../kind.js';
import { readZip, type ZipLimits } from '../zip.js';
import type { DeployOptions } from './options.js';
import { readPackage, type Package } from './package.js';
import type { Message } from './result.js';
import { withCompiled } from './apex.js';
import { carryOut, countOf, lockedBy } from './run.js';
import { DeployStore, isDone, type Deploy, type DeployStatus } from './store.js';

export type MetadataOptions = {
  /** Milliseconds that a deploy or retrieve waits in each of its states. */
  delay?: number;
  /** Lower limits of a deploy's zip, to see it refused. */
  limits?: ZipLimits;
};

/** What fault rules see of the transaction of a deploy. */
const OCCASION = { method: 'DEPLOY', path: '/metadata/deploy' };

/** How long a validated deploy can be deployed without being checked again. */
const QUICK_DAYS = 10;
const DAY = 86_400_000;

/** Ends the transaction of a deploy that is not to stay; carries its messages out. */
class Undone extends Error {
  public constructor(public readonly messages: Message[]) {
    super('rolled back');
  }
}

type Outcome = { status: DeployStatus; messages: Message[] };

const failures = (messages: Message[]): number => messages.filter(({ success }) => !success).length;

const outcomeOf = (options: DeployOptions, messages: Message[]): Outcome => {
  const failed = failures(messages);
  if (failed === 0) return { status: 'Succeeded', messages };
  const partly = !options.rollbackOnError && failed < messages.length;
  return { status: partly ? 'SucceededPartial' : 'Failed', messages };
};

export class Deploys {
  private readonly store: DeployStore;
  private running: Promise<void> | undefined;
  private closed = false;

  public constructor(
    private readonly rooms: () => Rooms,
    org: Rooms['org'],
    private readonly options: MetadataOptions = {}
  ) {
    this.store = new DeployStore(org.tools);
  }

  /** Takes a deploy in; it is carried out later. @returns its id */
  public start(session: Session, zip: Buffer, options: DeployOptions, version: number): string {
    const id = this.store.create(session.user.Id, zip, options, version);
    this.wake();
    return id;
  }

  /** Deploys what was validated, without checking it anew. @throws PlatformError where it was not, or too long ago. */
  public quick(session: Session, validationId: string): string {
    const before = this.store.find(to18(validationId));
    const age = this.tools.clock.now().getTime() - new Date(before?.completedDate ?? 0).getTime();
    if (!before?.options.checkOnly || before.status !== 'Succeeded' || age > QUICK_DAYS * DAY) {
      throw new PlatformError('INVALID_ID_FIELD', 'There is no validation of that id that can be deployed', 400);
    }
    return this.start(
      session,
      before.zip,
      { ...before.options, checkOnly: false, rollbackOnError: true },
      before.version
    );
  }

  /** @throws PlatformError INVALID_CROSS_REFERENCE_KEY */
  public get(id: string): Deploy {
    return this.store.get(to18(id));
  }

  /** Asks for the end of a deploy; one that is being written goes on. @throws PlatformError where it is done. */
  public cancel(session: Session, id: string): Deploy {
    const deploy = this.get(id);
    if (isDone(deploy)) throw new PlatformError('INVALID_ID_FIELD', 'Deployment already completed', 400);
    this.store.change(deploy, { Status: 'Canceling', CanceledById: session.user.Id });
    this.wake();
    return this.get(id);
  }

  /** Goes on with deploys that an earlier server left. */
  public resume(): void {
    this.wake();
  }

  /** Resolves when no deploy is being worked on. */
  public async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Stops after the deploy at hand; others go on at the next start. */
  public async close(): Promise<void> {
    this.closed = true;
    await this.idle();
  }

  private get tools(): Work['tools'] {
    return this.rooms().org.tools;
  }

  private wake(): void {
    this.running ??= this.work().finally(() => (this.running = undefined));
  }

  private async work(): Promise<void> {
    for (;;) {
      await pause(this.options.delay ?? 0);
      const deploy = this.closed ? undefined : this.store.next();
      if (!deploy) return;
      try {
        await this.carryOn(deploy);
      } catch (error) {
        if (this.closed || !this.tools.store.db.isOpen) return;
        this.fail(deploy, error);
      }
    }
  }

  private async carryOn(deploy: Deploy): Promise<void> {
    if (this.isCanceled(deploy)) return;
    this.store.change(deploy, { Status: 'InProgress', StartDate: this.tools.clock.stamp() });
    const contents = readPackage(await readZip(deploy.zip, this.options.limits), deploy.version);
    for (const type of contents.unknown) this.rooms().unsupported.add(`Metadata type ${type}`);
    this.store.change(deploy, { NumberComponentsTotal: countOf(contents), StateDetail: 'Processing components' });
    await pause(this.options.delay ?? 0);
    if (this.closed || this.isCanceled(deploy)) return;
    this.finish(deploy, contents);
  }

  private isCanceled({ id }: Deploy): boolean {
    const deploy = this.store.get(id);
    if (deploy.status !== 'Canceling') return false;
    this.store.change(deploy, { Status: 'Canceled', CompletedDate: this.tools.clock.stamp(), StateDetail: null });
    return true;
  }

  /** The transaction. What is not to stay is rolled back, and only the outcome is written. */
  private finish(deploy: Deploy, contents: Package): void {
    const rooms = this.rooms();
    try {
      commit(rooms, OCCASION, () => {
        const messages = withCompiled(rooms.apex, carryOut(this.workOf(deploy, contents), contents));
        const outcome = outcomeOf(deploy.options, messages);
        if (deploy.options.checkOnly || outcome.status === 'Failed') throw new Undone(outcome.messages);
        this.note(deploy, outcome);
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
      const outcome = outcomeOf(deploy.options, error.messages);
      commit(rooms, OCCASION, () => this.note(deploy, outcome));
    }
  }

  private workOf(deploy: Deploy, contents: Package): Work {
    const { org } = this.rooms();
    const { tools } = org;
    return {
      tools,
      saver: org.saver,
      session: org.access.open(deploy.createdById),
      author: { tools, userId: deploy.createdById, now: tools.clock.stamp() },
      version: contents.version,
      locked: lockedBy(tools, contents),
    };
  }

  private note(deploy: Deploy, { status, messages }: Outcome): void {
    const errors = failures(messages);
    const values: Row = {
      Status: status,
      NumberComponentsDeployed: messages.length - errors,
      NumberComponentErrors: errors,
      NumberComponentsTotal: messages.length,
      CompletedDate: this.tools.clock.stamp(),
      StateDetail: null,
    };
    this.store.change(deploy, values);
    this.store.setMessages(deploy, messages);
  }

  private fail(deploy: Deploy, error: unknown): void {
    const code = error instanceof PlatformError ? error.errorCode : 'UNKNOWN_EXCEPTION';
    const message = error instanceof Error ? error.message : String(error);
    this.store.change(deploy, {
      Status: 'Failed',
      ErrorStatusCode: code,
      ErrorMessage: message,
      CompletedDate: this.tools.clock.stamp(),
      StateDetail: null,
    });
  }
}
