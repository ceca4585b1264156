#!/usr/bin/env node
import { isSupported, tooOld } from './node-version.js';

if (!isSupported(process.versions.node)) {
  process.stderr.write(`${tooOld(process.versions.node)}\n`);
  process.exit(1);
}
const { execute } = await import('@oclif/core');
await execute({ dir: import.meta.url });
