/** What every body that lets the host in has an edge to. */
export const EFFECT = 'effect';

/**
 * Which body calls which, by keys: `m:name$2` for all methods of that name and count of arguments, `s:class.name$2`
 * for static ones, `c:class$1` constructors, `i:`/`z:` initialisers, `g:`/`p:` accessors.
 */
export class CallGraph {
  readonly #edges = new Map<string, Set<string>>();

  public edge(from: string, to: string): void {
    let out = this.#edges.get(from);
    if (out === undefined) this.#edges.set(from, (out = new Set<string>()));
    out.add(to);
  }

  /** The bodies from which an effect can be reached. */
  public effects(): Set<string> {
    const callers = new Map<string, string[]>();
    for (const [from, out] of this.#edges) for (const to of out) callers.set(to, [...(callers.get(to) ?? []), from]);
    const found = new Set<string>();
    const open = [EFFECT];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      for (const caller of callers.get(key) ?? []) {
        if (found.has(caller)) continue;
        found.add(caller);
        open.push(caller);
      }
    }
    return found;
  }

  /** The bodies that can come back to themselves: the only ones whose depth has to be counted. */
  public recursive(): Set<string> {
    return new Set([...this.#edges.keys()].filter((key) => this.reaches(key, key)));
  }

  /** Whether a body comes to another one. @param around bodies through which no way leads */
  public reaches(from: string, goal: string, around: (key: string) => boolean = () => false): boolean {
    const seen = new Set<string>();
    const open = [...(this.#edges.get(from) ?? [])];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (key === goal) return true;
      if (seen.has(key) || around(key)) continue;
      seen.add(key);
      open.push(...(this.#edges.get(key) ?? []));
    }
    return false;
  }
}
