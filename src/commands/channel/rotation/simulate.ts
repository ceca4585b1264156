import { Messages, type Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { checkWritable } from '../../../channel-command.js';
import type { Matching } from '../../../leads/rotation/matching.js';
import { requireRotations } from '../../../leads/rotations/index.js';
import {
  arrivalsResult,
  isDate,
  LeadsCsv,
  memberRows,
  notesOf,
  readReplay,
  reportData,
  simulate,
  simulationResult,
  syntheticArrivals,
  today,
  type Arrivals,
  type RotationSimulateResult,
  type Simulation,
  type Source,
} from '../../../leads/simulate/index.js';
import { shown } from '../../../report/shown.js';
import { writeSimulationReport } from '../../../report/simulation-report.js';
import { lastLine } from '../../../selection-errors.js';
import { RotationCommand } from '../../../rotation-command.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-channel', 'channel.rotation.simulate');

/** How far a history goes back. */
const DAYS = 90;

type Input = { arrivals: Arrivals; matchings: ReadonlyArray<Matching | undefined> };

type SimulateFlags = {
  history: boolean;
  days?: number;
  where?: string;
  leads: number;
  'per-day': number;
  start?: string;
  seed: number;
  csv?: string;
};

export default class RotationSimulate extends RotationCommand<RotationSimulateResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly flags = {
    'target-org': Flags.optionalOrg(),
    'api-version': Flags.orgApiVersion(),
    rotation: Flags.string({
      char: 'r',
      summary: messages.getMessage('flags.rotation.summary'),
      exactlyOne: ['rotation', 'file'],
    }),
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
    against: Flags.string({ summary: messages.getMessage('flags.against.summary') }),
    history: Flags.boolean({
      summary: messages.getMessage('flags.history.summary'),
      exclusive: ['leads', 'per-day', 'start'],
    }),
    days: Flags.integer({
      summary: messages.getMessage('flags.days.summary'),
      min: 1,
      max: 3650,
      dependsOn: ['history'],
    }),
    where: Flags.string({ summary: messages.getMessage('flags.where.summary'), dependsOn: ['history'] }),
    leads: Flags.integer({
      summary: messages.getMessage('flags.leads.summary'),
      min: 1,
      max: 1_000_000,
      default: 1000,
    }),
    'per-day': Flags.integer({
      summary: messages.getMessage('flags.per-day.summary'),
      min: 1,
      max: 100_000,
      default: 50,
    }),
    start: Flags.string({ summary: messages.getMessage('flags.start.summary') }),
    seed: Flags.integer({ summary: messages.getMessage('flags.seed.summary'), min: 0, default: 1 }),
    report: Flags.string({ summary: messages.getMessage('flags.report.summary') }),
    csv: Flags.string({ summary: messages.getMessage('flags.csv.summary') }),
  };

  public async run(): Promise<RotationSimulateResult> {
    const { flags } = await this.parse(RotationSimulate);
    await checkWritable(flags.report, flags.csv);
    if (flags.start !== undefined && !isDate(flags.start)) throw messages.createError('error.start', [flags.start]);
    const needsOrg = flags.rotation !== undefined || flags.history;
    if (needsOrg && !flags['target-org']) throw messages.createError('error.noOrg');
    const conn = needsOrg ? flags['target-org']?.getConnection(flags['api-version']) : undefined;
    const identity = conn && (await this.identify(conn));
    const name = identity?.username ?? '';
    const sources = await this.sources(conn, flags, name);
    const input = await this.input(conn, sources, flags, name);
    const simulations = await this.simulated(sources, input, flags);
    const result: RotationSimulateResult = {
      ...(identity ? { org: { id: identity.id, domain: identity.domain, kind: identity.kind } } : {}),
      arrivals: arrivalsResult(input.arrivals, simulations[0]),
      seed: flags.seed,
      rotations: sources.map(({ source }, at) => simulationResult(source, simulations[at]!)),
      notes: notesFor(sources, input.arrivals),
      files: { report: flags.report ?? null, csv: flags.csv ?? null },
    };
    if (flags.report !== undefined) await writeSimulationReport(flags.report, reportData(result, simulations));
    this.show(result);
    return result;
  }

  /** The rotation, and the one that it is compared with. */
  private async sources(
    conn: Connection | undefined,
    { rotation: key, file, against }: { rotation?: string; file?: string; against?: string },
    username: string
  ): Promise<[Source, ...Source[]]> {
    try {
      const first = file === undefined ? await this.stored(conn!, key!) : await fromFile(file);
      return against === undefined ? [first] : [first, await fromFile(against)];
    } catch (error) {
      throw this.tell(error, username);
    }
  }

  private async stored(conn: Connection, key: string): Promise<Source> {
    const { rotation } = await this.requireStored(conn, key, messages.getMessage('others'));
    return { source: messages.getMessage('ofOrg', [rotation.key]), rotation };
  }

  private async input(
    conn: Connection | undefined,
    sources: readonly [Source, ...Source[]],
    flags: SimulateFlags,
    username: string
  ): Promise<Input> {
    const [{ rotation }] = sources;
    if (!flags.history || !conn) {
      const { timeZone } = rotation;
      const start = flags.start ?? today(timeZone);
      const { leads, 'per-day': perDay, seed } = flags;
      return { arrivals: syntheticArrivals({ leads, perDay, start, timeZone, seed }), matchings: [] };
    }
    const replay = await this.reading(
      messages.getMessage('stages.read'),
      (error) => this.tellCondition(error) ?? this.tell(error, username),
      (update) => {
        const [, ...others] = sources;
        const { days = DAYS, where } = flags;
        return readReplay(conn, [rotation, ...others.map((one) => one.rotation)], { days, where }, (read) =>
          update(messages.getMessage('read', [read]))
        );
      }
    );
    if (replay.arrivals.leads.length === 0) throw messages.createError('error.noLeads', [replay.arrivals.text]);
    return replay;
  }

  private async simulated(
    sources: readonly [Source, ...Source[]],
    { arrivals, matchings }: Input,
    { seed, csv: file }: SimulateFlags
  ): Promise<[Simulation, Simulation?]> {
    await using csv = file === undefined ? undefined : await LeadsCsv.create(file);
    const done: Simulation[] = [];
    for (const [at, { source, rotation }] of sources.entries()) {
      const pause = async (): Promise<void> => csv?.flush();
      done.push(
        await simulate(rotation, arrivals.leads, { seed, matching: matchings[at], onLead: csv?.of(source), pause })
      );
    }
    await csv?.close();
    return [done[0]!, done[1]];
  }

  private tellCondition(error: unknown): Error | undefined {
    const { name = '', errorCode = '', message } = error as { name?: string; errorCode?: string; message: string };
    if (name === 'ConditionError' || /MALFORMED_QUERY|INVALID_FIELD|INVALID_QUERY_FILTER/.test(errorCode || name))
      return messages.createError('error.condition', [lastLine(message)]);
    return undefined;
  }

  private show(result: RotationSimulateResult): void {
    const { arrivals, rotations, notes, files } = result;
    const day = (iso: string): string => iso.slice(0, 10);
    this.log(
      shown(messages.getMessage('title', [arrivals.leads, arrivals.text, day(arrivals.from), day(arrivals.to)]))
    );
    for (const one of rotations) {
      this.log();
      this.log(shown(messages.getMessage('rotation', [one.name, one.source])));
      this.table({
        data: memberRows(one),
        columns: [
          'member',
          'weight',
          'given',
          { key: 'share', name: 'Exact share' },
          { key: 'off', name: 'Off by' },
          { key: 'worst', name: 'Furthest off' },
          { key: 'wait', name: 'Longest wait' },
          { key: 'open', name: 'In its hours' },
          { key: 'capped', name: 'At cap' },
        ],
        overflow: 'wrap',
      });
      const rest = one.fallback ?? messages.getMessage('nobody');
      this.log(shown(messages.getMessage('summary.line', [one.worst.toFixed(2), one.unassigned, rest])));
      if (one.waiting > 0) this.log(messages.getMessage('waiting', [one.waiting]));
      if (one.sticky > 0) this.log(messages.getMessage('sticky', [one.sticky]));
    }
    for (const note of notes) this.warn(shown(note));
    if (files.report !== null) this.log(messages.getMessage('report', [files.report]));
    if (files.csv !== null) this.log(messages.getMessage('csv', [files.csv]));
  }
}

async function fromFile(file: string): Promise<Source> {
  const [found] = await requireRotations([file]);
  return { source: file, rotation: found!.rotation };
}

/** What the simulation leaves out, once each. */
function notesFor(sources: readonly Source[], arrivals: Arrivals): string[] {
  const notes = sources.flatMap(({ source, rotation }) =>
    notesOf(rotation, arrivals).map(({ key, detail }) => messages.getMessage(`note.${key}`, [source, detail]))
  );
  return [...new Set(notes)];
}
