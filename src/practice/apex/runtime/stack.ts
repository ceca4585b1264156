import type { Compiled } from '../compile/program.js';
import { NO_PLACE, type SourcePlace } from '../compile/places.js';
import type { Place } from './failures.js';

/** One level of a stack: where it is, and what the platform calls it. */
export type Frame = Place & { readonly label: string };

/** As many levels of JavaScript as a stack of Apex can need. */
export const STACK_LIMIT = 100;

const known = new WeakMap<object, NodeJS.CallSite[]>();

/** Where in JavaScript an error came from. The error keeps a stack that is text, as everything that prints it expects. */
export function sitesOf(error: object): NodeJS.CallSite[] {
  const before = known.get(error);
  if (before !== undefined) return before;
  const sites = unwritten(error);
  known.set(error, sites);
  if (error instanceof Error && sites.length > 0) error.stack = [String(error), ...sites.map(String)].join('\n    at ');
  return sites;
}

/** The sites of a stack nobody has asked for yet; asking makes it what it is from then on. */
function unwritten(error: object): NodeJS.CallSite[] {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back as it was, never called here
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) => sites;
  try {
    const { stack } = error as { stack?: unknown };
    return Array.isArray(stack) ? (stack as NodeJS.CallSite[]) : [];
  } finally {
    Error.prepareStackTrace = before;
  }
}

/** Leads lines of generated code back to the sources. */
export class StackReader {
  public constructor(
    private readonly compiled: Pick<Compiled, 'lines' | 'places'>,
    public readonly fileName: string
  ) {}

  /** The levels of Apex in an error's stack, innermost first. */
  public framesOf(error: object): Frame[] {
    return sitesOf(error).flatMap((site) => {
      const found = this.#placeOf(site);
      return found === undefined ? [] : [this.#frame(found)];
    });
  }

  /** Whether an error was thrown by generated code itself, not by what it called. */
  public threwIn(error: object): boolean {
    return sitesOf(error)[0]?.getFileName() === this.fileName;
  }

  #placeOf(site: NodeJS.CallSite): SourcePlace | undefined {
    if (site.getFileName() !== this.fileName) return undefined;
    const column = (site.getColumnNumber() ?? 1) - 1;
    const marks = this.compiled.lines[(site.getLineNumber() ?? 1) - 1] ?? [];
    const found = marks.findLast((one) => one.column <= column)?.place ?? NO_PLACE;
    return this.compiled.places[found];
  }

  #frame({ label, line, column, unit }: SourcePlace): Frame {
    return { label, line, column, source: unit.name };
  }
}

/** A stack as the platform prints it. Its columns are always 1. */
export function stackText(frames: readonly Frame[]): string {
  return frames.map(({ label, line }) => `${label}: line ${line}, column 1`).join('\n');
}
