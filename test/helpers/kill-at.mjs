/**
 * Loaded into a command's process by tests: kills it with SIGKILL right before or right after the n-th time it forces
 * data to disk (`CHANNEL_TEST_KILL=before:3`), or writes down the order of disk and network (`CHANNEL_TEST_TRACE=file`).
 */
import { appendFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { channel } from 'node:diagnostics_channel';

const [moment, place] = (process.env.CHANNEL_TEST_KILL ?? '').split(':');
const trace = process.env.CHANNEL_TEST_TRACE;
let count = 0;

const handle = await open(process.execPath, 'r');
const prototype = Object.getPrototypeOf(handle);
await handle.close();

const datasync = prototype.datasync;
prototype.datasync = async function () {
  const mine = ++count;
  if (moment === 'before' && mine === Number(place)) process.kill(process.pid, 'SIGKILL');
  await datasync.call(this);
  if (trace) appendFileSync(trace, 'datasync\n');
  if (moment === 'after' && mine === Number(place)) process.kill(process.pid, 'SIGKILL');
};

const appendFile = prototype.appendFile;
prototype.appendFile = async function (data, ...rest) {
  await appendFile.call(this, data, ...rest);
  const line = String(data).split('\n')[0] ?? '';
  if (trace && line.startsWith('{"t":')) appendFileSync(trace, `journal ${JSON.parse(line).t}\n`);
};

if (trace) {
  channel('undici:request:create').subscribe(({ request }) =>
    appendFileSync(trace, `request ${request.method} ${request.path}\n`)
  );
}
