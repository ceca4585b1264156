/**
 * Moments at which a command is killed, from the trace of a whole run: before each time that something is forced to disk,
 * and right behind it where a write was announced. Behind other lines nothing happens before the next one, so a kill there
 * leaves what a kill before the next one leaves.
 * @param least moments that the trace must have at least: fewer mean that the run was another than the test thinks
 * @returns values of `CHANNEL_TEST_KILL`, such as `before:3`
 */
export function momentsOf(trace: string, least: number): string[] {
  const lines = trace.split('\n').filter((line) => /^(datasync|journal )/.test(line));
  const moments: string[] = [];
  let syncs = 0;
  for (const [at, line] of lines.entries()) {
    if (line !== 'datasync') continue;
    syncs += 1;
    moments.push(`before:${syncs}`, ...(lines[at - 1] === 'journal unit' ? [`after:${syncs}`] : []));
  }
  if (moments.length < least) throw new Error(`The run has ${moments.length} moments, not ${least}`);
  return moments;
}

const DAY = 86_400_000;

/**
 * Those of today: every second one, the other half tomorrow, and always the first and the last. `CHANNEL_TEST_MOMENTS=all`
 * takes all, `even` and `odd` one half.
 */
export function todays(moments: readonly string[]): string[] {
  const wanted = process.env.CHANNEL_TEST_MOMENTS ?? (Math.floor(Date.now() / DAY) % 2 === 0 ? 'even' : 'odd');
  if (wanted === 'all') return [...moments];
  const rest = wanted === 'even' ? 0 : 1;
  return moments.filter((_, at) => at % 2 === rest || at === 0 || at === moments.length - 1);
}
