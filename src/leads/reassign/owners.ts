/** Finds the new owners that a reassignment names, and why one of them cannot take leads. */
import type { Connection } from '@salesforce/core';
import { resolveTargets, type PartnerDoubt, type TargetProblem } from '../distribute/targets.js';
import { readOwners, type Owner } from '../owner-names.js';

/** Names that are looked up together: what the address of a query can hold three times. */
const NAMES_AT_ONCE = 60;

export type NewOwners = {
  /** By the text that names them, in lower case. */
  byText: ReadonlyMap<string, Owner>;
  /** Why a text cannot be used, by the same. */
  problems: ReadonlyMap<string, TargetProblem>;
  /** Names of those of whom it is not known whether they can read leads. */
  unchecked: string[];
  doubts: PartnerDoubt[];
};

const keyOf = (text: string): string => text.trim().toLowerCase();

/** Looks all texts up, however many there are. Several may mean the same owner. */
export async function resolveOwners(conn: Connection, texts: Iterable<string>): Promise<NewOwners> {
  const names = [...new Map([...texts].map((text) => [keyOf(text), text.trim()])).values()];
  const byText = new Map<string, Owner>();
  const problems = new Map<string, TargetProblem>();
  const [unchecked, doubts] = [new Set<string>(), new Map<string, PartnerDoubt>()];
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const group = names.slice(at, at + NAMES_AT_ONCE);
    const found = await resolveTargets(
      conn,
      group.map((text) => ({ text, weight: 1 }))
    );
    // Two texts for one owner are no mistake here.
    const bad = found.problems.filter(({ key }) => key !== 'twice');
    for (const problem of bad) problems.set(keyOf(problem.text), problem);
    const good = group.filter((text) => !problems.has(keyOf(text)));
    good.forEach((text, index) => byText.set(keyOf(text), found.targets[index]!));
    for (const name of found.unchecked) unchecked.add(name);
    for (const doubt of found.doubts) doubts.set(`${doubt.name} ${doubt.reason}`, doubt);
  }
  return {
    byText: await withAccounts(conn, byText),
    problems,
    unchecked: [...unchecked],
    doubts: [...doubts.values()],
  };
}

/** The owner that a text means, or why there is none. */
export const ownerFor = ({ byText, problems }: NewOwners, text: string): Owner | TargetProblem =>
  byText.get(keyOf(text)) ?? problems.get(keyOf(text)) ?? { key: 'unknown', text, detail: '' };

/** Users of partners have an account. */
async function withAccounts(conn: Connection, byText: ReadonlyMap<string, Owner>): Promise<Map<string, Owner>> {
  const known = await readOwners(
    conn,
    [...byText.values()].map(({ id }) => id)
  );
  return new Map([...byText].map(([text, { id, name, kind }]) => [text, { ...known.get(id), id, name, kind }]));
}
