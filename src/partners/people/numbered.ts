/** Names that nobody else has. */

/** More people of one name than any org has; whoever says that all are taken is wrong. */
const LAST = 1_000_000;

/**
 * `base` + `tail`, or with the first free number from 2 between them; the base is cut so that the whole fits.
 * A base that ends in a digit gets a hyphen before the number: `jan1-2`, not `jan12`.
 */
export function numbered(base: string, tail: string, longest: number, taken: (name: string) => boolean): string {
  const room = longest - tail.length;
  const whole = `${cut(base, room)}${tail}`;
  if (!taken(whole)) return whole;
  for (let number = 2; number < LAST; number += 1) {
    const name = withNumber(base, String(number), room) + tail;
    if (!taken(name)) return name;
  }
  throw new Error(`No free name after ${whole}`);
}

function withNumber(base: string, number: string, room: number): string {
  const plain = cut(base, room - number.length);
  return /\d$/.test(plain) ? `${cut(base, room - number.length - 1)}-${number}` : `${plain}${number}`;
}

/** Cut to fit, without a dot or hyphen left hanging at the end. */
const cut = (text: string, room: number): string =>
  text.length <= room ? text : text.slice(0, Math.max(0, room)).replace(/[.+_-]+$/, '');
