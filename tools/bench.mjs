/** Runs a benchmark of bench/ by its name: `npm run bench -- distribute --leads 100000`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const names = readdirSync(join(root, 'bench')).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
const [name, ...args] = process.argv.slice(2);

if (!name || !existsSync(join(root, 'bench', `${name}.ts`))) {
  process.stderr.write(`Name a benchmark: ${names.join(', ')}\n`);
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'bench', `${name}.ts`), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
