/** A few tasks on leads of people who can have tasks. */
import type { Seed } from './seed.js';

const EVERY = 25;
const MOST = 400;

/** Adds a task to each 25th lead that a user owns; every third is done. */
export const seedTasks = (seed: Seed): void => {
  const rows = seed.tools.store
    .sql('SELECT "Id", "OwnerId" FROM "Lead" WHERE "OwnerId" LIKE \'005%\' ORDER BY "Id" LIMIT ?')
    .all(EVERY * MOST);
  rows.forEach((lead, index) => {
    if (index % EVERY !== 0) return;
    const done = index % (3 * EVERY) === 0;
    seed.add(
      'Task',
      {
        Subject: 'Call back',
        WhoId: String(lead.Id),
        OwnerId: String(lead.OwnerId),
        Status: done ? 'Completed' : 'Not Started',
        IsClosed: done,
        Priority: 'Normal',
        ActivityDate: '2026-09-15',
      },
      20
    );
  });
};
