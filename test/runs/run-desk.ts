/** A practice org with the package, plans made by hand for it, and runs of them in this process or in one that can be killed. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { momentsOf as momentsIn } from '../helpers/moments.js';
import {
  applyRun,
  buildUndo,
  createRowSet,
  fileHash,
  PLAN_FORMAT,
  readOutcomes,
  readReceipt,
  RunStore,
  type Plan,
  type PlanStep,
  type Receipt,
  type RunFolder,
  type UpdateRowsStep,
} from '../../src/runs/index.js';
import { readTuning, type Tuning } from '../../src/runs/tuning.js';
import { connect } from '../helpers/exposure.js';
import { installPackage } from '../helpers/package.js';
import { Desk } from '../practice/sites/support.js';
import type { TestOrgOptions } from '../helpers/practice.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export type LeadRow = { Id: string; OwnerId: string; SystemModstamp: string };

export class RunDesk {
  private constructor(
    public readonly desk: Desk,
    private readonly store: RunStore,
    public readonly conn: Connection
  ) {}

  public static async open(options: TestOrgOptions = { leads: 60 }): Promise<RunDesk> {
    const desk = await Desk.open(options);
    await installPackage({ url: desk.test.server.url, token: desk.test.token });
    desk.test.org.preferences.set('Email.deliverability', 'all');
    const store = new RunStore(await mkdtemp(join(process.env.HOME!, 'runs-')));
    const { conn } = await connect(desk.test.username);
    return new RunDesk(desk, store, conn);
  }

  public close(): Promise<void> {
    return this.desk.close();
  }

  public folder(word = 'test'): Promise<RunFolder> {
    return this.store.create(word);
  }

  /** Open leads that belong to none of these owners, by id. Who has left the company cannot get one back, so his are not among them. */
  public leads(count: number, ...owners: string[]): LeadRow[] {
    const others = owners.length > 0 ? `AND OwnerId NOT IN (${owners.map((id) => `'${id}'`).join(',')})` : '';
    const rows = this.desk.test.query<LeadRow>(
      `SELECT Id, OwnerId, SystemModstamp FROM Lead WHERE IsConverted = false ${others} ORDER BY Id`
    );
    const active = new Set(
      this.desk.test.query<{ Id: string }>('SELECT Id FROM User WHERE IsActive = true').map(({ Id }) => Id)
    );
    const usable = rows.filter(({ OwnerId }) => OwnerId.startsWith('00G') || active.has(OwnerId)).slice(0, count);
    expect(usable).to.have.length(count);
    return usable;
  }

  /** Owner of each lead now. */
  public owners(ids: readonly string[]): string[] {
    const rows = this.desk.test.query<LeadRow>('SELECT Id, OwnerId FROM Lead');
    const byId = new Map(rows.map(({ Id, OwnerId }) => [Id, OwnerId]));
    return ids.map((id) => byId.get(id)!);
  }

  /** Somebody else gives a lead to somebody. */
  public async giveByHand(lead: string, owner: string): Promise<void> {
    const { status } = await this.desk.fetch(`/services/data/v66.0/sobjects/Lead/${lead}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${this.desk.test.token}`,
        'content-type': 'application/json',
        // Else the org's assignment rule would choose the owner.
        'sforce-auto-assign': 'false',
      },
      body: JSON.stringify({ OwnerId: owner }),
    });
    expect(status).to.equal(204);
  }

  /** Active users of the company who may own leads, with their addresses. */
  public staff(): Array<{ id: string; email: string }> {
    return this.desk.test
      .query<{ Id: string; Email: string }>(
        `SELECT Id, Email FROM User WHERE IsActive = true AND UserType = 'Standard' AND Username <> '${this.desk.test.username}'
          AND Profile.Name = 'Standard User' ORDER BY Id`
      )
      .map(({ Id, Email }) => ({ id: Id, email: Email }));
  }

  /** The step that gives leads to owners, with its rows in the folder. */
  public async ownersStep(
    folder: RunFolder,
    rows: ReadonlyArray<{ lead: LeadRow; to: string }>,
    more: Partial<UpdateRowsStep> = {}
  ): Promise<UpdateRowsStep> {
    const file = folder.rows('owners');
    const writer = await createRowSet(file, 'OwnerId');
    for (const { lead, to } of rows) writer.add([lead.Id, to, lead.OwnerId, stampOf(lead), 'test']);
    await writer.close();
    return {
      id: 'owners',
      kind: 'update-rows',
      title: 'Owners',
      object: 'Lead',
      field: 'OwnerId',
      rows: { file, count: rows.length, sha256: await fileHash(file) },
      since: rows.reduce((last, { lead }) => (stampOf(lead) > last ? stampOf(lead) : last), ''),
      values: [...new Set(rows.map(({ to }) => to))],
      undo: 'exact',
      ...more,
    };
  }

  public async plan(folder: RunFolder, steps: PlanStep[], lock?: Plan['lock']): Promise<RunFolder> {
    const { identity } = await connect(this.desk.test.username);
    const { id, domain, kind, username } = identity;
    await folder.writePlan({
      format: PLAN_FORMAT,
      kind: 'test',
      title: 'Test',
      createdAt: new Date().toISOString(),
      org: { id, domain, kind, username },
      fingerprint: '',
      ...(lock ? { lock } : {}),
      steps,
      warnings: [],
      cost: { apiCalls: 0, formula: '', emails: 0, licences: 0 },
      details: {},
    });
    return folder;
  }

  public apply(folder: RunFolder, tuning: Partial<Tuning> = {}): Promise<Receipt> {
    return applyRun({
      conn: this.conn,
      folder,
      wait: 60_000,
      emit: () => undefined,
      tuning: { ...readTuning(), ...tuning },
    });
  }

  /** Plans the way back of a run and applies it. */
  public async undo(original: RunFolder): Promise<{ folder: RunFolder; plan: Plan; receipt: Receipt }> {
    const folder = await this.folder('undo');
    const { identity } = await connect(this.desk.test.username);
    const plan = await buildUndo({ conn: this.conn, org: identity, original, folder, onProgress: () => undefined });
    return { folder, plan, receipt: await this.apply(folder) };
  }

  /** Applies in a process of its own. @param env `CHANNEL_TEST_KILL` kills it at a write to disk */
  public applyApart(folder: RunFolder, env: Record<string, string> = {}): Apart {
    const preload = ['--import', 'tsx', '--import', join(root, 'test/helpers/kill-at.mjs')];
    const args = [join(root, 'test/runs/apply-apart.ts'), folder.id, folder.path, this.desk.test.username];
    const child = spawn(process.execPath, [...preload, ...args], { env: { ...process.env, ...env }, cwd: root });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const end = new Promise<NodeJS.Signals | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        if (code === 0 || signal) resolve(signal);
        else reject(new Error(`ended with ${code}: ${stderr}`));
      });
    });
    return { kill: () => child.kill('SIGKILL'), end };
  }

  /** A run in a process that is killed at a write to disk, such as `before:3`. */
  public async killed(folder: RunFolder, kill: string): Promise<void> {
    expect(await this.applyApart(folder, { CHANNEL_TEST_KILL: kill }).end, kill).to.equal('SIGKILL');
  }
}

/** A run in another process; `end` gives the signal that ended it. */
export type Apart = { kill: () => boolean; end: Promise<NodeJS.Signals | null> };

/** Stamps as plans have them. */
const stampOf = ({ SystemModstamp }: LeadRow): string => new Date(SystemModstamp).toISOString();

/** Last outcome of each line of a step, as `outcome` or `outcome CODE`. */
export async function outcomes(folder: RunFolder, step: string): Promise<string[]> {
  const last: string[] = [];
  for await (const { index, outcome, code } of readOutcomes(folder.outcomes(step))) {
    last[index] = code ? `${outcome} ${code}` : outcome;
  }
  return last;
}

/** Result of a step in the receipt on disk. */
export async function resultOf(folder: RunFolder, step: string): Promise<Receipt['steps'][number]> {
  return (await readReceipt(folder))!.steps.find((one) => one.step === step)!;
}

/** Moments at which a run can be killed, from the file of a trace of one that was not. */
export const momentsOf = async (trace: string, least: number): Promise<string[]> =>
  momentsIn(await readFile(trace, 'utf8'), least);
