/** The decisions of one review: opened, changed, and written back only where they say something else than before. */
import type { DecidedFinding, Merged, Reviewed } from './merge.js';
import { decideAs, fileOf, mergeDecisions } from './merge.js';
import { readDecisionsFile, writeDecisionsFile } from './file.js';
import type { DecisionsFile, DecisionsOrg } from './format.js';
import { comparePromotion, type Promotion } from './compare.js';

/** A decisions file that was made in another org; it is promoted, not overwritten. */
export class OtherOrgError extends Error {
  public constructor(
    public readonly file: string,
    public readonly domain: string
  ) {
    super(file);
    this.name = 'OtherOrgError';
  }
}

/** Files of a review: the org's own, and one of another org to begin with. */
export type SessionFiles = { file?: string; promoteFrom?: string };

export type OpenFiles = { own?: DecisionsFile; promoted?: DecisionsFile };

/** Reads the files before anything is asked of the org. @throws DecisionsFileError, OtherOrgError */
export async function openDecisions({ file, promoteFrom }: SessionFiles, org: DecisionsOrg): Promise<OpenFiles> {
  const own = file === undefined ? undefined : await readDecisionsFile(file);
  if (file !== undefined && own && own.org.id !== org.id) throw new OtherOrgError(file, own.org.domain);
  const promoted = promoteFrom === undefined ? undefined : await readDecisionsFile(promoteFrom);
  if (promoteFrom !== undefined && !promoted) {
    throw Object.assign(new Error(`The file ${promoteFrom} is not there.`), { code: 'ENOENT' });
  }
  return { own, promoted };
}

export class DecisionSession {
  private merge: Merged;
  private writing: Promise<void> = Promise.resolve();

  public constructor(
    private readonly file: string | undefined,
    private readonly org: DecisionsOrg,
    private readonly open: OpenFiles,
    private readonly review: Reviewed
  ) {
    this.merge = mergeDecisions(review, open.own ?? open.promoted);
  }

  public get merged(): Merged {
    return this.merge;
  }

  /** What of another org's decisions holds here. */
  public get promotion(): Promotion | undefined {
    return this.open.promoted && comparePromotion(this.open.promoted, this.review);
  }

  public replace(decided: readonly DecidedFinding[]): void {
    this.merge = { ...this.merge, decided: [...decided] };
  }

  /** Decides what is open as it is suggested. */
  public acceptSuggested(by: string): void {
    this.replace(
      this.merge.decided.map((item) => {
        if (item.decision !== 'open') return item;
        const { decision, reason } = item.finding.suggestion;
        return decideAs(item, { decision, by, reason: decision === 'convert' ? undefined : reason });
      })
    );
  }

  /** Writes the file, if there is one and it would say something else. One write at a time, the last one wins. */
  public async save(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    await this.writing;
  }

  private async write(): Promise<void> {
    if (this.file === undefined) return;
    const former = this.open.own;
    const next = fileOf(this.merge, this.org, former?.writtenAt ?? '');
    if (former && same(former, next)) return;
    const written = { ...next, writtenAt: new Date().toISOString() };
    await writeDecisionsFile(this.file, written);
    this.open.own = written;
  }
}

/** Entries in any order; fields that are not there and fields that are undefined are the same. */
function same(a: DecisionsFile, b: DecisionsFile): boolean {
  const text = ({ entries, notFound, org }: DecisionsFile): string => {
    const sorted = [entries, notFound].map((list) => [...list].sort((x, y) => (x.key < y.key ? -1 : 1)));
    return JSON.stringify([org.id, org.domain, org.kind, ...sorted]);
  };
  return text(a) === text(b);
}
