import type { Pos } from '../parse/ast.js';
import type { Unit } from './model.js';

/** A place of the source that generated code leads back to. */
export type SourcePlace = Pos & {
  /** `Class.Foo.bar`, as the platform prints it in a stack. */
  readonly label: string;
  readonly unit: Unit;
};

/** Code that belongs to no place of a source, such as what chooses between overloads. */
export const NO_PLACE = -1;

/** The places generated code is marked with. A mark is a number between two signs no other part of the code has. */
export class Places {
  public readonly list: SourcePlace[] = [];

  /** The number of a place. */
  public add(at: Pos, label: string, unit: Unit): number {
    return this.list.push({ line: at.line, column: at.column, label, unit }) - 1;
  }
}

export function mark(place: number): string {
  return `\u0001${place}\u0002`;
}

/** What is generated, without marks, and where they were: `lines[n]` are the marks of line n, by column, both from 0. */
export type Settled = {
  readonly code: string;
  readonly lines: ReadonlyArray<ReadonlyArray<{ readonly column: number; readonly place: number }>>;
};

/** Takes the marks out. A line without marks of its own goes on with the last one before it. */
export function settle(text: string): Settled {
  let place = NO_PLACE;
  const lines: Array<Array<{ column: number; place: number }>> = [];
  const code = text.split('\n').map((line) => {
    const marks = [{ column: 0, place }];
    let clean = '';
    line.split('\u0001').forEach((piece, index) => {
      if (index === 0) return void (clean += piece);
      const end = piece.indexOf('\u0002');
      place = Number(piece.slice(0, end));
      marks.push({ column: clean.length, place });
      clean += piece.slice(end + 1);
    });
    lines.push(marks);
    return clean;
  });
  return { code: code.join('\n'), lines };
}
