/** Results of commands that write queues. */
import type { z } from 'zod';
import { planResultSchema } from '../plan-result.js';
import { membersDetailsSchema } from './change.js';
import { createDetailsSchema } from './create.js';

export const queueCreateResultSchema = planResultSchema(createDetailsSchema);
export const queueMembersResultSchema = planResultSchema(membersDetailsSchema);

export type QueueCreateResult = z.infer<typeof queueCreateResultSchema>;
export type QueueMembersResult = z.infer<typeof queueMembersResultSchema>;
