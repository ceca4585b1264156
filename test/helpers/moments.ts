/**
 * Moments at which a command is killed, from the trace of a whole run: before each time that something is forced to disk,
 * and right behind it where a write was announced. Behind other lines nothing happens before the next one, so a kill there
 * leaves what a kill before the next one leaves.
 * @returns values of `CHANNEL_TEST_KILL`, such as `before:3`
 */
export function momentsOf(trace: string): string[] {
  const lines = trace.split('\n').filter((line) => /^(datasync|journal )/.test(line));
  const moments: string[] = [];
  let syncs = 0;
  for (const [at, line] of lines.entries()) {
    if (line !== 'datasync') continue;
    syncs += 1;
    moments.push(`before:${syncs}`, ...(lines[at - 1] === 'journal unit' ? [`after:${syncs}`] : []));
  }
  return moments;
}
