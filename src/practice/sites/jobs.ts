/** Sites are created and published by jobs that take their time: BackgroundOperation rows (platform-facts E). */
import type { Row } from '../contracts.js';
import { publishMenus } from '../rules/navigation.js';
import { insertRecord, textFrom, updateRecord, type Author } from '../rules/records.js';
import type { SaveTools } from '../save/context.js';
import { addSite, isFree, type NewSite } from './create.js';

/** Kind of the background work that takes a job one step further. */
export const SITE_WORK = 'site-job';

/** How long a job stays at each step, in milliseconds of the machine. */
const STEP = 300;

/** E: finished rows are gone a day later, by the org's clock. */
const LIFE = 24 * 60 * 60 * 1000;

const CREATE = `CREATE TABLE IF NOT EXISTS practice_site_job (
  operation TEXT PRIMARY KEY, input TEXT NOT NULL) WITHOUT ROWID`;

/** What a job does: makes a site, or publishes the one that is named. */
export type SiteJob = { create: NewSite } | { publish: string };

/** Makes the table. */
export const prepareSiteJobs = ({ store }: Pick<SaveTools, 'store'>): void => store.db.exec(CREATE);

const later = (tools: SaveTools): string =>
  new Date(tools.clock.now().getTime() + LIFE).toISOString().replace(/\.\d+Z$/, '.000+0000');

const inputOf = (tools: SaveTools, operationId: string): SiteJob | undefined => {
  const text = textFrom(tools, 'SELECT input FROM practice_site_job WHERE operation = ?', operationId);
  return text === undefined ? undefined : (JSON.parse(text) as SiteJob);
};

/** Starts a job and returns the id of its row, which is New until work on it begins. */
export const startJob = (author: Author, name: string, job: SiteJob): string => {
  const { tools, now } = author;
  const id = insertRecord(author, 'BackgroundOperation', {
    Name: name,
    Type: 'create' in job ? 'NetworkCreation' : 'NetworkPublish',
    Status: 'New',
    SubmittedAt: now,
    ExpiresAt: later(tools),
  });
  tools.store.sql('INSERT INTO practice_site_job (operation, input) VALUES (?, ?)').run(id, JSON.stringify(job));
  tools.background.later(SITE_WORK, id, STEP);
  return id;
};

/** Sites that are being made, by name and prefix, so that two jobs do not make the same. */
export const sitesUnderWay = (tools: SaveTools): NewSite[] =>
  tools.store
    .sql(
      `SELECT j.input FROM practice_site_job j JOIN "BackgroundOperation" o ON o."Id" = j.operation
       WHERE o."Status" IN ('New', 'Running')`
    )
    .all()
    .map((row) => JSON.parse(String(row.input)) as SiteJob)
    .flatMap((job) => ('create' in job ? [job.create] : []));

/** Carries a job out. @returns why it failed, or undefined */
const carryOut = (author: Author, job: SiteJob): string | undefined => {
  const { tools } = author;
  if ('publish' in job) {
    const known = textFrom(tools, 'SELECT "Id" FROM "Network" WHERE "Id" = ?', job.publish);
    if (known === undefined) return 'The site does not exist any more';
    publishMenus(author, known);
    return undefined;
  }
  if (!isFree(tools, job.create)) return 'A site with this name or URL exists already';
  addSite(author, job.create);
  return undefined;
};

/** Takes a job from New to Running, or from Running to its end. */
export const advanceJob = (tools: SaveTools, operationId: string): void => {
  const row: Row | undefined = tools.store.find(tools.catalog.require('BackgroundOperation'), operationId);
  const job = inputOf(tools, operationId);
  if (!row || !job) return;
  const author: Author = { tools, userId: String(row.CreatedById), now: tools.clock.stamp() };
  const set = (values: Row): void => updateRecord(author, 'BackgroundOperation', operationId, values);
  if (row.Status === 'New') {
    set({ Status: 'Running', StartedAt: author.now });
    tools.background.later(SITE_WORK, operationId, STEP);
    return;
  }
  const error = carryOut(author, job);
  const end = { FinishedAt: author.now, ExpiresAt: later(tools) };
  set(error === undefined ? { Status: 'Complete', ...end } : { Status: 'Error', Error: error, ...end });
};
