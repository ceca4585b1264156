/** A request that was refused because the practice org does not speak it. */
export type UnsupportedEntry = { what: string; count: number; last: string };

const LIMIT = 200;

/** What clients asked for in vain since the server started; `practice status` shows it. */
export class UnsupportedList {
  private readonly entries = new Map<string, UnsupportedEntry>();

  /** Notes a request such as `GET /services/data/v66.0/search`. Ids are folded, so that the list stays short. */
  public add(what: string, now = new Date()): void {
    const key = what.replace(/\b[0-9A-Za-z]{3}[0-9A-Za-z]{2}0[0-9A-Za-z]{9}(?:[0-9A-Za-z]{3})?\b/g, '{id}');
    const entry = this.entries.get(key);
    if (!entry && this.entries.size >= LIMIT) return;
    this.entries.set(key, { what: key, count: (entry?.count ?? 0) + 1, last: now.toISOString() });
  }

  public list(): UnsupportedEntry[] {
    return [...this.entries.values()];
  }
}
