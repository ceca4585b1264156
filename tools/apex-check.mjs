/**
 * Looks at the Apex of the package without an org. Rules over the parse tree and field names always; the type check and PMD
 * where Java is there, the formatter where its package can be had. `node tools/apex-check.mjs [--write] [FOLDER]`
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, install, pmd, typeCheck, whyNoJava, write } from './apex/java.mjs';
import { readObjects } from './apex/objects.mjs';
import { checkRules } from './apex/rules.mjs';
import { checkFields } from './apex/soql-fields.mjs';
import { parseClass } from './apex/tree.mjs';

const home = dirname(dirname(fileURLToPath(import.meta.url)));

const sourcesIn = (root) => globSync('force-app/**/*.cls', { cwd: root }).sort();

/** Syntax, rules and fields: in this process, in about a second. @param root folder with force-app */
export function checkTrees(root) {
  const files = sourcesIn(root).map((path) => ({
    path,
    name: basename(path, '.cls'),
    ...parseClass(readFileSync(join(root, path), 'utf8')),
  }));
  const syntax = files.flatMap(({ path, problems }) => problems.map((one) => ({ file: path, ...one })));
  if (syntax.length > 0) return syntax;
  return [...checkRules(files), ...checkFields(files, new Map([...readObjects(home), ...readObjects(root)]))];
}

/** The type check and PMD. @returns what they found, or why they cannot run */
export function checkOnJava(root) {
  const skipped = install() ?? whyNoJava();
  if (skipped !== undefined) return { skipped, problems: [] };
  const files = sourcesIn(root).map((path) => join(root, path));
  return { problems: [...typeCheck(root), ...pmd(root, files)] };
}

/** Whether everything is formatted. @returns what is not, or why nobody can tell */
export async function checkFormat(root) {
  const skipped = install();
  if (skipped !== undefined) return { skipped, problems: [] };
  return {
    problems: await format(
      root,
      sourcesIn(root).map((path) => join(root, path))
    ),
  };
}

const show = ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${message} (${rule})`;

async function main() {
  const args = process.argv.slice(2);
  const root = resolve(args.find((one) => !one.startsWith('--')) ?? home);
  if (args.includes('--write') && install() === undefined) await write(sourcesIn(root).map((path) => join(root, path)));
  const parts = [{ problems: checkTrees(root) }, checkOnJava(root), await checkFormat(root)];
  for (const { skipped, problems } of parts) {
    if (skipped) process.stdout.write(`skipped: ${skipped}\n`);
    for (const one of problems) process.stdout.write(`${show(one)}\n`);
  }
  const found = parts.flatMap(({ problems }) => problems).length;
  process.stdout.write(`${sourcesIn(root).length} classes, ${found} problems\n`);
  process.exitCode = found > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
