/** The Apex of the org, compiled; anew when something that it rests on has changed. */
import { createHash } from 'node:crypto';
import type { PracticeOrg } from '../../contracts.js';
import { ApexProgram, parseSource, type ApexSource } from '../program.js';
import { namesOf } from './names.js';

type ParsedUnit = ReturnType<typeof parseSource>;

export type Source = { id: string; name: string; body: string };

const SOURCES = 'SELECT "Id" AS id, "Name" AS name, "Body" AS body FROM "ApexClass" ORDER BY "Name"';

/** Labels and permissions that sources may name. */
const NAMES = `SELECT count(*) || ' ' || max(modified) AS mark FROM practice_component WHERE type = 'CustomLabel'`;

export class Programs {
  private known?: { mark: string; program: ApexProgram };
  private readonly parsed = new Map<string, ParsedUnit>();
  private catalogChanges = 0;

  public constructor(public readonly org: PracticeOrg) {
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

  /** All of it. @throws ApexCompileError with the name of the source */
  public whole(): ApexProgram {
    const classes = this.classes();
    const triggers = this.triggers();
    const mark = this.mark([...classes, ...triggers]);
    if (this.known?.mark !== mark) this.known = { mark, program: this.compile(classes, triggers) };
    return this.known.program;
  }

  /** All of it with a block of anonymous Apex. @throws ApexCompileError */
  public withBlock(text: string): ApexProgram {
    const block = parseSource({ kind: 'anonymous', name: 'AnonymousBlock', text });
    return this.compile(this.classes(), this.triggers(), [block]);
  }

  private compile(classes: Source[], triggers: Source[], more: readonly ParsedUnit[] = []): ApexProgram {
    const units = [
      ...classes.map((source) => this.unit(source, 'class')),
      ...triggers.map((source) => this.unit(source, 'trigger')),
    ];
    return new ApexProgram([...units, ...more], namesOf(this.org));
  }

  /** A source that has not changed is not parsed again. */
  private unit({ name, body: text }: Source, kind: ApexSource['kind']): ParsedUnit {
    const own = `${kind} ${name} `;
    const key = own + createHash('sha256').update(text).digest('base64');
    let unit = this.parsed.get(key);
    if (!unit) {
      for (const old of this.parsed.keys()) if (old.startsWith(own)) this.parsed.delete(old);
      this.parsed.set(key, (unit = parseSource({ kind, name, text })));
    }
    return unit;
  }

  private mark(sources: readonly Source[]): string {
    const hash = createHash('sha256');
    for (const { name, body } of sources) hash.update(`${name}\n${body}\n`);
    const names = String(this.org.store.sql(NAMES).get()!.mark);
    return `${hash.digest('base64')} ${this.catalogChanges} ${names}`;
  }
}
