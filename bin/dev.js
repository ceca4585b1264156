#!/usr/bin/env -S node --import tsx
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config, execute, Plugin } from '@oclif/core';

process.env.NODE_ENV = 'development';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
// The manifest of a build names its compiled files: without it the commands are looked for in src.
const plugin = new Plugin({ root, ignoreManifest: true, isRoot: true, type: 'core' });
await plugin.load();
const config = await Config.load({ root, plugins: new Map([[plugin.name, plugin]]) });
await execute({ development: true, loadOptions: config });
