import { setTimeout as sleep } from 'node:timers/promises';

/** Waiting times in milliseconds between looks at a remote job: from 0.5 s upwards, never over 5 s. */
export function* pollDelays(first = 500, most = 5000, growth = 1.3): Generator<number, never> {
  for (let delay = first; ; delay = Math.min(most, delay * growth)) yield delay;
}

export type PollOptions = {
  /** First waiting time in milliseconds. */
  first?: number;
  /** Called before each wait; may throw to give up. */
  waiting?: (delay: number) => void;
};

/** Looks at a remote job, at growing intervals, until `look` answers something. */
export async function pollUntil<T extends object>(
  look: () => Promise<T | undefined>,
  { first, waiting }: PollOptions = {}
): Promise<T> {
  const delays = pollDelays(first);
  for (;;) {
    const found = await look();
    if (found) return found;
    const { value: delay } = delays.next();
    waiting?.(delay);
    await sleep(delay);
  }
}
