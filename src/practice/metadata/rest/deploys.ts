/** Deploys over REST: `metadata/deployRequest` (org-wire-protocol). */
import type { Readable } from 'node:stream';
import { PlatformError } from '../../errors.js';
import { notFound, type Call, type Reply } from '../../http/call.js';
import type { Router } from '../../rest/router.js';
import { requireReader, requireWriter } from '../access.js';
import { deployResult } from '../deploy/describe.js';
import { readOptions } from '../deploy/options.js';
import type { Deploy } from '../deploy/store.js';

/** Bytes of a request: the zip and the options (platform-facts H: 50 MB encoded). */
const LARGEST = 50 * 1024 * 1024;

const bad = (message: string): PlatformError => new PlatformError('INVALID_MULTIPART_REQUEST', message);

const bytesOf = async (body: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is too large is read to the end, so that the client hears of it.
    if (size <= LARGEST) chunks.push(chunk);
  }
  if (size > LARGEST)
    throw new PlatformError('LIMIT_EXCEEDED', `Maximum size of request reached: ${LARGEST} bytes`, 413);
  return Buffer.concat(chunks);
};

/** Parts of a multipart body, read by the platform's own parser. @throws PlatformError INVALID_MULTIPART_REQUEST */
const formOf = async (call: Call): Promise<FormData> => {
  const type = call.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) throw bad('The request must be multipart/form-data');
  const data = await bytesOf(call.body as Readable);
  try {
    return await new Response(data, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw bad(`The request body is malformed: ${(error as Error).message}`);
  }
};

const optionsIn = (text: string): Record<string, unknown> => {
  try {
    const { deployOptions } = JSON.parse(text) as { deployOptions?: Record<string, unknown> };
    return deployOptions ?? {};
  } catch {
    throw new PlatformError('JSON_PARSER_ERROR', 'entity_content is not JSON');
  }
};

/** The options come as JSON, in a part that some clients send as a file. */
const jsonIn = async (form: FormData): Promise<string> => {
  const part = form.get('entity_content') ?? form.get('json');
  if (part === null) return '{}';
  return typeof part === 'string' ? part : await part.text();
};

const show = (call: Call, deploy: Deploy, details = false): object => ({
  deployOptions: deploy.options,
  deployResult: deployResult(call.org.tools, deploy, details),
  id: deploy.id,
});

const started = (call: Call, id: string): Reply => ({
  status: 201,
  body: { ...show(call, call.rooms.metadata.deploys.get(id)), url: `${call.base}/metadata/deployRequest/${id}` },
});

const quick = (call: Call, validation: unknown): Reply => {
  if (typeof validation !== 'string')
    throw new PlatformError('REQUIRED_FIELD_MISSING', 'validatedDeployRequestId is missing');
  return started(call, call.rooms.metadata.deploys.quick(call.session, validation));
};

const post = async (call: Call): Promise<Reply> => {
  requireWriter(call.session);
  if (typeof call.body === 'string') return quick(call, call.json().validatedDeployRequestId);
  const form = await formOf(call);
  const file = form.get('file');
  if (file === null || typeof file === 'string') throw bad('The part named file with the zip is missing');
  const options = readOptions(optionsIn(await jsonIn(form)));
  const zip = Buffer.from(await file.arrayBuffer());
  return started(call, call.rooms.metadata.deploys.start(call.session, zip, options, Number(call.version)));
};

const find = (call: Call): Deploy => {
  try {
    return call.rooms.metadata.deploys.get(call.param('id'));
  } catch (error) {
    if (error instanceof PlatformError && error.status === 404) throw notFound();
    throw error;
  }
};

const get = (call: Call): Reply => {
  requireReader(call.session);
  return { status: 200, body: show(call, find(call), call.query.get('includeDetails') === 'true') };
};

const patch = (call: Call): Reply => {
  requireWriter(call.session);
  const { deployResult: wanted } = call.json() as { deployResult?: { status?: unknown } };
  if (wanted?.status !== 'Canceling') throw new PlatformError('INVALID_FIELD', 'Only the status Canceling can be set');
  const { id } = find(call);
  return { status: 202, body: show(call, call.rooms.metadata.deploys.cancel(call.session, id)) };
};

const quickByPath = (call: Call): Reply => {
  requireWriter(call.session);
  return quick(call, call.param('id'));
};

/** Registers them. */
export const deployRoutes = (router: Router): Router =>
  router
    .add('metadata/deployRequest', { POST: post }, { composable: false })
    .add('metadata/deployRequest/validatedDeployRequestId/:id', { POST: quickByPath }, { composable: false })
    .add('metadata/deployRequest/:id', { GET: get, PATCH: patch });
