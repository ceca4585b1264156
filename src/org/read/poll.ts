/** Waiting times in milliseconds between looks at a remote job: from 0.5 s upwards, never over 5 s. */
export function* pollDelays(first = 500, most = 5000, growth = 1.3): Generator<number, never> {
  for (let delay = first; ; delay = Math.min(most, delay * growth)) yield delay;
}
