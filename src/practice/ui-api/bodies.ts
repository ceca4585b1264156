/** What several resources have in common: digests, and answers with a status for each part. */
import { createHash } from 'node:crypto';
import { PlatformError } from '../errors.js';
import { ok, type Reply } from '../http/call.js';

/** The body with a tag that changes with it. */
export const tagged = (body: object): Record<string, unknown> => ({
  ...body,
  eTag: createHash('md5').update(JSON.stringify(body)).digest('hex'),
});

/** Answers each part of a list by itself; what is refused has its error in place of a result. */
export const batchOf = (list: string, answer: (part: string) => object): Reply => {
  const results = list.split(',').map((part) => {
    try {
      return { result: answer(part.trim()), statusCode: 200 };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return { result: [{ errorCode: error.errorCode, message: error.message }], statusCode: error.status };
    }
  });
  return ok({ hasErrors: results.some(({ statusCode }) => statusCode !== 200), results });
};
