/** A YAML file whose values know where they stand. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { RotationProblem } from './problems.js';

export type Path = readonly PropertyKey[];

export class PlacedYaml {
  public readonly problems: RotationProblem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;

  public constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, schema: 'core' });
    const { errors, warnings } = this.document;
    // Behind the first mistake the parser stumbles over everything, but keys that are there twice.
    const doubled = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
    for (const { pos } of doubled) this.add(pos[0], 'this field is there twice');
    const [first] = [...errors.filter((error) => !doubled.includes(error)), ...warnings];
    if (first) this.add(first.pos[0], `this is not YAML: ${first.message}`);
  }

  /** Content as plain data. */
  public get content(): unknown {
    return this.document.toJS() as unknown;
  }

  /** Refuses the value at a path, or the nearest thing that is there. */
  public refuse(path: Path, text: string): void {
    this.add(this.offsetOf(path), text);
  }

  /** Refuses a field of the map at a path; the place is that of its name. */
  public refuseField(path: Path, field: string, text: string): void {
    const map = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && String(key.value) === field) : undefined;
    const key = isPair(pair) ? (pair.key as Node) : undefined;
    this.add(key?.range?.[0] ?? this.offsetOf(path), text);
  }

  /** Whether something is written at a path. */
  public has(path: Path): boolean {
    return path.length === 0 || this.document.getIn(path, true) !== undefined;
  }

  /** Problems in the order of the file. */
  public sorted(): RotationProblem[] {
    return this.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  private offsetOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return this.document.contents?.range?.[0] ?? 0;
  }

  private add(offset: number, text: string): void {
    const { line, col } = this.lines.linePos(offset);
    this.problems.push({ line: Math.max(1, line), column: Math.max(1, col), text });
  }
}
