/** The built page of the workbench and its scripts, out of `workbench/dist` beside the plugin's code. */
import { createReadStream, statSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyReply } from 'fastify';

const FOLDER = join(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))), 'workbench', 'dist');

/** Nothing else is served. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css;charset=UTF-8',
  '.gif': 'image/gif',
  '.html': 'text/html;charset=UTF-8',
  '.js': 'text/javascript;charset=UTF-8',
  '.svg': 'image/svg+xml',
};

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

/** Whether the workbench was built. */
export const isBuilt = (): boolean => isFile(join(FOLDER, 'app', 'index.html'));

/**
 * Sends a file; undefined where there is none. Files outside the folder are none.
 * @param path behind `/workbench/`; empty for the page
 */
export const sendFile = (reply: FastifyReply, path: string): FastifyReply | undefined => {
  const file = join(FOLDER, path === '' ? 'app/index.html' : path);
  const type = TYPES[extname(file)];
  if (!file.startsWith(FOLDER + sep) || type === undefined || !isFile(file)) return undefined;
  // Chunks carry a digest in their names; what has none may change with the next build.
  const cache = path.includes('/chunks/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const headers = { 'cache-control': cache, 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' };
  return reply.headers(headers).type(type).send(createReadStream(file));
};
