/**
 * Binary heap of member numbers. The order is given from outside and read at each comparison, so a member must be
 * taken out before its key changes.
 */
export class MemberHeap {
  private readonly items: number[] = [];

  /** @param before says whether member `a` comes out before member `b`. */
  public constructor(private readonly before: (a: number, b: number) => boolean) {}

  public get size(): number {
    return this.items.length;
  }

  public peek(): number | undefined {
    return this.items[0];
  }

  public push(member: number): void {
    let at = this.items.length;
    this.items.push(member);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(member, this.at(parent))) break;
      this.items[at] = this.at(parent);
      at = parent;
    }
    this.items[at] = member;
  }

  public pop(): number | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return top;
    this.sink(last);
    return top;
  }

  /** Takes one member out wherever it is, O(m). Returns whether it was there. */
  public remove(member: number): boolean {
    if (!this.items.includes(member)) return false;
    const rest = this.items.filter((other) => other !== member);
    this.items.length = 0;
    for (const other of rest) this.push(other);
    return true;
  }

  private sink(member: number): void {
    const size = this.items.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.before(this.at(child + 1), this.at(child))) child++;
      if (!this.before(this.at(child), member)) break;
      this.items[at] = this.at(child);
      at = child;
    }
    this.items[at] = member;
  }

  private at(index: number): number {
    return this.items[index]!;
  }
}
