/** The checks that need Java or packages of their own: installed from the lockfile in tools/apex when they are first asked for. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const jars = join(modules, '@salesforce', 'code-analyzer-pmd-engine', 'dist', 'java-lib', '*');

/** Version that apex-ls and PMD need. */
const JAVA = 11;

/** @returns why the packages cannot be had; undefined where they are there */
export function install() {
  const hash = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex');
  const stamp = join(modules, '.channel-desk');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
  const script = process.env.npm_execpath;
  const [command, first] = script ? [process.execPath, [script]] : ['npm', []];
  const { status, stderr, error } = spawnSync(
    command,
    [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'],
    { cwd: here, encoding: 'utf8', shell: !script && process.platform === 'win32' }
  );
  if (status !== 0) return `npm ci in tools/apex failed: ${error?.message ?? stderr.trim().split('\n').at(-1)}`;
  writeFileSync(stamp, hash);
  return undefined;
}

/** @returns why Java cannot be used; undefined where it can */
export function whyNoJava() {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = /version "(\d+)/.exec(stderr ?? '')?.[1];
  if (status !== 0 || !version) return `Java is not there. Install Java ${JAVA} or later for the type check.`;
  return Number(version) < JAVA
    ? `Java ${version} is too old. Install Java ${JAVA} or later for the type check.`
    : undefined;
}

/** Types, methods, variables: all that a compiler says first. The folder needs an sfdx-project.json. */
export function typeCheck(root) {
  const args = [
    '-cp',
    jars,
    'io.github.apexdevtools.apexls.CheckForIssues',
    '-w',
    root,
    '-n',
    '-d',
    'warnings',
    '-f',
    'json',
  ];
  const { status, stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' });
  if (status !== 0 && status !== 4) throw new Error(`apex-ls ended with ${status}: ${stderr}`);
  const report = JSON.parse(stdout.slice(stdout.indexOf('{')));
  return report.files.flatMap(({ path, messages }) =>
    messages.map(({ start, category, message }) => ({
      file: relative(root, path),
      line: start.line,
      column: start.offset + 1,
      rule: `type:${category.toLowerCase()}`,
      message,
    }))
  );
}

/** The rules of pmd-rules.xml. @param files absolute paths */
export function pmd(root, files) {
  const work = mkdtempSync(join(tmpdir(), 'channel-desk-pmd-'));
  try {
    const [input, output] = [join(work, 'in.json'), join(work, 'out.json')];
    const what = {
      ruleSetInputFile: join(here, 'pmd-rules.xml'),
      runDataPerLanguage: { apex: { filesToScan: files } },
    };
    writeFileSync(input, JSON.stringify(what));
    const args = ['-cp', jars, 'com.salesforce.sfca.pmdwrapper.PmdWrapper', 'run', input, output];
    const { status, stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`PMD ended with ${status}: ${stderr}${stdout}`);
    const { violations, processingErrors } = JSON.parse(readFileSync(output, 'utf8'));
    if (processingErrors.length > 0)
      throw new Error(`PMD could not read a file: ${JSON.stringify(processingErrors[0])}`);
    return violations.map(({ rule, message, codeLocation: { file, startLine, startCol } }) => ({
      file: relative(root, file),
      line: startLine,
      column: startCol,
      rule: `pmd:${rule}`,
      message,
    }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The formatter, and how this project has it write. */
async function formatter() {
  const prettier = await import(join(modules, 'prettier', 'index.mjs'));
  const plugin = await import(join(modules, 'prettier-plugin-apex', 'dist', 'src', 'index.js'));
  const options = {
    singleQuote: true,
    printWidth: 120,
    trailingComma: 'es5',
    parser: 'apex',
    plugins: [plugin.default ?? plugin],
  };
  return { prettier, options };
}

/** Files that the formatter would write otherwise. @param files absolute paths */
export async function format(root, files) {
  const { prettier, options } = await formatter();
  const problems = [];
  for (const file of files) {
    if (await prettier.check(readFileSync(file, 'utf8'), { ...options, filepath: file })) continue;
    problems.push({
      file: relative(root, file),
      line: 1,
      column: 1,
      rule: 'format',
      message: 'Run node tools/apex-check.mjs --write',
    });
  }
  return problems;
}

/** Writes files as the formatter has them. */
export async function write(files) {
  const { prettier, options } = await formatter();
  for (const file of files)
    writeFileSync(file, await prettier.format(readFileSync(file, 'utf8'), { ...options, filepath: file }));
}
