/** Who may take leads of one kind: found once for each kind, as long as nobody comes or goes. */
import type { Exclusion, Skipped, SkipReason } from './reasons.js';

/** Members that may take a lead, by number in rising order, and why the others may not. */
export type Stretch = {
  active: readonly number[];
  isActive: readonly boolean[];
  /** Weights of the active ones, and their sum. */
  weights: readonly number[];
  weight: number;
  skipped: readonly Skipped[];
};

/** No stretch. */
export const NO_STRETCH: Stretch = { active: [], isActive: [], weights: [], weight: 0, skipped: [] };

export class Stretches {
  private known = new WeakMap<readonly Exclusion[], Stretch>();
  private hindrances?: ReadonlyArray<SkipReason | undefined>;

  /** @param hindrance says why a member takes no leads now, whatever the lead */
  public constructor(
    private readonly weights: readonly number[],
    private readonly hindrance: (member: number) => SkipReason | undefined
  ) {}

  /** Somebody came or went. */
  public forget(): void {
    this.known = new WeakMap();
    this.hindrances = undefined;
  }

  /** @param excluded the same array for leads of one kind */
  public of(excluded: readonly Exclusion[]): Stretch {
    const known = this.known.get(excluded) ?? this.find(excluded);
    this.known.set(excluded, known);
    return known;
  }

  private find(excluded: readonly Exclusion[]): Stretch {
    this.hindrances ??= this.weights.map((_, member) => this.hindrance(member));
    const reasons = [...this.hindrances];
    for (const { member, why } of excluded) reasons[member] ??= why;
    const active: number[] = [];
    const skipped: Skipped[] = [];
    const weights: number[] = [];
    let weight = 0;
    for (let member = 0; member < reasons.length; member++) {
      const why = reasons[member];
      if (why !== undefined) {
        skipped.push({ member, why });
        continue;
      }
      active.push(member);
      weights.push(this.weights[member]!);
      weight += this.weights[member]!;
    }
    const isActive = reasons.map((why) => why === undefined);
    return { active, isActive, weights, weight, skipped };
  }
}

/** Whether the same members are active. */
export function isSameStretch(a: Stretch, b: Stretch): boolean {
  return a === b || (a.active.length === b.active.length && a.active.every((member, at) => member === b.active[at]));
}
