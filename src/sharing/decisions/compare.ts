/** Promotion: decisions made in one org held against the findings of another, by key. Nothing is guessed. */
import type { Finding } from '../finding.js';
import type { DecisionEntry, DecisionsFile } from './format.js';
import { differencesOf, type Difference, type Reviewed } from './merge.js';

export type Promotion = {
  /** Decisions that mean the same here. */
  same: DecisionEntry[];
  /** Decisions about something that is different here; they must be made anew. */
  different: Array<{ entry: DecisionEntry; finding: Finding; differences: Difference[] }>;
  /** Decisions about findings that are not here, or reach nothing here. */
  notHere: DecisionEntry[];
  /** Findings that nobody decided about there. */
  undecided: Finding[];
};

/** What of a decisions file holds for the findings of this org. */
export function comparePromotion(file: DecisionsFile, { findings }: Reviewed): Promotion {
  const here = new Map(findings.map((finding) => [finding.key, finding]));
  const promotion: Promotion = { same: [], different: [], notHere: [], undecided: [] };
  for (const entry of file.entries) {
    const finding = here.get(entry.key);
    here.delete(entry.key);
    if (!finding) promotion.notHere.push(entry);
    else if (finding.digest === entry.digest) promotion.same.push(entry);
    else promotion.different.push({ entry, finding, differences: differencesOf(entry.about, finding.subject) });
  }
  promotion.undecided = [...here.values()];
  return promotion;
}
