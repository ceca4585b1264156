/** Writes command-snapshot.json: every command with its flags and arguments, from the oclif manifest. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const file = join(root, 'command-snapshot.json');

/** Text of the snapshot as the built plugin has it. */
export function snapshotText() {
  const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'));
  const snapshot = Object.values(commands)
    .map(({ id, aliases, args, flags }) => ({
      command: id,
      aliases,
      args: Object.keys(args).sort(),
      flags: Object.values(flags)
        .map(({ name, char, required = false, multiple = false }) => ({ name, char, required, multiple }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    }))
    .sort((a, b) => (a.command < b.command ? -1 : 1));
  return `${JSON.stringify(snapshot, undefined, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, snapshotText());
