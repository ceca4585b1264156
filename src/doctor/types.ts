/** Questions about the platform that nobody has verified, and how an org answers them without being changed. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { CommunitiesSettings } from '../prm/index.js';

export const answerSchema = z.object({
  /** Names the question; where the practice org can answer either way, it is the name of its variant. */
  question: z.string(),
  /** Section of the platform facts it belongs to. */
  fact: z.string(),
  /** What the org does; null where it could not be asked. */
  answer: z.string().nullable(),
  /** The org's own words, or why it was not asked. */
  evidence: z.string(),
});

export type Answer = z.infer<typeof answerSchema>;

export const doctorResultSchema = z.object({
  org: z.object({ id: z.string(), domain: z.string(), kind: z.string(), edition: z.string(), username: z.string() }),
  askedAt: z.iso.datetime(),
  apiVersion: z.string(),
  answers: z.array(answerSchema),
  /** Where the answers were written. */
  file: z.string(),
});

export type DoctorResult = z.infer<typeof doctorResultSchema>;

export type ProbeContext = { conn: Connection; settings: CommunitiesSettings | undefined };

/** Asks one question. Only reads, and deploys that the org checks and rolls back. */
export type Probe = {
  question: string;
  fact: string;
  ask(context: ProbeContext): Promise<Pick<Answer, 'answer' | 'evidence'>>;
};

export const notAsked = (why: string): Pick<Answer, 'answer' | 'evidence'> => ({ answer: null, evidence: why });
