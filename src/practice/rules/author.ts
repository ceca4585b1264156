/** The author of what a save makes the platform write. */
import type { Saving } from '../save/context.js';
import type { Author } from './records.js';

export const authorOf = (saving: Saving): Author => ({ tools: saving.tools, userId: saving.userId, now: saving.now });
