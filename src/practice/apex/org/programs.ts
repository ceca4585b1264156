/** The Apex of the org, compiled; anew when something that it rests on has changed. */
import { watchTables } from '../../access/generation.js';
import type { PracticeOrg } from '../../contracts.js';
import { ApexProgram, parseSource, triggersIn, type ApexSource, type TriggerInfo } from '../program.js';
import { namesOf } from './names.js';

type ParsedUnit = ReturnType<typeof parseSource>;

export type Source = { id: string; name: string; body: string };

const SOURCES = 'SELECT "Id" AS id, "Name" AS name, "Body" AS body FROM "ApexClass" ORDER BY "Name"';

/** Tables that hold sources, and labels that these may name. */
const WATCHED = ['ApexClass', 'practice_component'];

/** A class for tests alone, by the annotation that stands before it. */
const isLive = ({ body }: Source): boolean => !/^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*@IsTest\b/i.test(body);

const BLOCK = 'AnonymousBlock';

/** Sources that were parsed, by their text: parsing takes most of the time. */
const parsed = new Map<string, ParsedUnit>();

/** Sources kept; more are parsed again. */
const KEPT = 500;

function unitOf({ name, body: text }: Source, kind: ApexSource['kind']): ParsedUnit {
  const key = `${kind} ${name}\n${text}`;
  let unit = parsed.get(key);
  if (!unit) {
    if (parsed.size >= KEPT) parsed.clear();
    parsed.set(key, (unit = parseSource({ kind, name, text })));
  }
  return unit;
}

export class Programs {
  private readonly compiled = new Map<string, { mark: string; program: ApexProgram }>();
  private readonly generation: () => number;
  private catalogChanges = 0;
  private infos: { mark: string; list: readonly TriggerInfo[] } | undefined;

  public constructor(public readonly org: PracticeOrg) {
    this.generation = watchTables(org.store, 'practice_apex_generation', WATCHED);
    org.catalog.watch(() => this.catalogChanges++);
  }

  /** Classes of the org. */
  public classes(): Source[] {
    return this.org.store.sql(SOURCES).all() as unknown as Source[];
  }

  /** Triggers of the org. */
  public triggers(): Source[] {
    return this.org.tools.components.list('ApexTrigger').map(({ id, fullName, files }) => ({
      ...{ id, name: fullName, body: files[`${fullName}.trigger`]?.toString('utf8') ?? '' },
    }));
  }

  /** What the triggers of the org are for; nothing is compiled. */
  public triggerInfos(): readonly TriggerInfo[] {
    const mark = this.mark();
    if (this.infos?.mark !== mark)
      this.infos = { mark, list: triggersIn(this.triggers().map((source) => unitOf(source, 'trigger'))) };
    return this.infos.list;
  }

  /** All but tests, which nothing else may use. @throws ApexCompileError with the name of the source */
  public live(): ApexProgram {
    return this.known('live', () => this.classes().filter(isLive));
  }

  /** All of it, for tests. @throws ApexCompileError with the name of the source */
  public whole(): ApexProgram {
    return this.known('whole', () => this.classes());
  }

  /** All of it with a block of anonymous Apex. @throws ApexCompileError where the block does not compile */
  public withBlock(text: string): ApexProgram {
    const block = parseSource({ kind: 'anonymous', name: BLOCK, text });
    const program = this.compile(this.classes().filter(isLive), this.triggers(), [block]);
    const problem = program.problems.find(({ source }) => source === BLOCK);
    if (problem) throw problem;
    return program;
  }

  private mark(): string {
    return `${this.generation()} ${this.catalogChanges}`;
  }

  private known(kind: 'live' | 'whole', classes: () => Source[]): ApexProgram {
    const mark = this.mark();
    let compiled = this.compiled.get(kind);
    if (compiled?.mark !== mark)
      this.compiled.set(kind, (compiled = { mark, program: this.compile(classes(), this.triggers()) }));
    return compiled.program;
  }

  private compile(classes: Source[], triggers: Source[], more: readonly ParsedUnit[] = []): ApexProgram {
    const units = [
      ...classes.map((source) => unitOf(source, 'class')),
      ...triggers.map((source) => unitOf(source, 'trigger')),
    ];
    return new ApexProgram([...units, ...more], namesOf(this.org), true);
  }
}
