import type { Section } from './result.js';

/** The content of a reading, or why it is not known: what a user may not see never hides the rest. */
export async function section<T>(reading: Promise<T>): Promise<Section<T>> {
  try {
    return { known: true, value: await reading };
  } catch (error) {
    return { known: false, reason: (error as Error).message.replace(/\s+/g, ' ').trim() };
  }
}
