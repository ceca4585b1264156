/** How the run of a command is shown, and the exit code that its end stands for. */
import { EXIT } from './report/exit-codes.js';
import type { Stages } from './report/stages.js';
import type { Receipt, RunEvent } from './runs/index.js';

/** Rows above which an update is proved by counts, which others change too. */
const COUNTED_ROWS = 200;

/** Exit code that a receipt stands for: what was written but does not show in the org is not done. */
export function exitCodeOf({ state, failure, verification, steps }: Receipt): number {
  if (state !== 'done') return failure === 'timeout' ? EXIT.running : EXIT.partly;
  const isCounted = steps.some(({ kind, rows }) => kind === 'update-rows' && rows > COUNTED_ROWS);
  return verification?.agrees === false && !isCounted ? EXIT.partly : EXIT.done;
}

/** Draws the events of a run. */
export function showOn(stages: Stages): (event: RunEvent) => void {
  let rows = '';
  return (event) => {
    if (event.type === 'progress') {
      const failed = event.failed > 0 ? `, ${event.failed} failed` : '';
      rows = `${event.done + event.changed} of ${event.rows}${failed}`;
      stages.update(rows);
    } else if (event.type === 'again') {
      stages.update(`${rows} (trying again in ${Math.round(event.delay / 100) / 10} s)`);
    } else if (event.type === 'waiting') {
      stages.update(`${event.open} of ${event.of} sample records can still be read`);
    } else if (event.type === 'verify') {
      void stages.start('Verify');
    }
  };
}
