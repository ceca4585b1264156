/**
 * The unmodified sf CLI, installed once from the lockfile in tools/sf, with a home of its own for each user of it.
 * Nothing of the user's sf configuration reaches it, and it calls nobody but the org that it is told to call.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'tools');
const folder = join(tools, 'sf');
const cli = join(folder, 'node_modules', '@salesforce', 'cli');

/** The community commands: the CLI installs them only when they are first asked for; here they have a lockfile too. */
const community = join(tools, 'sf-community');

/** What the machine itself needs to run a program. Everything else of the environment is left out. */
const KEPT = [
  'NODE_COMPILE_CACHE',
  'SystemRoot',
  'SYSTEMROOT',
  'windir',
  'ComSpec',
  'PATHEXT',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
];

/** Longest time of one call; a call that hangs is ended and fails. */
const TIMEOUT = 120_000;

export type SfJson<T> = {
  status: number;
  result: T;
  warnings?: string[];
  name?: string;
  message?: string;
  actions?: string[];
  data?: unknown;
};

export type SfOutcome<T = unknown> = {
  exitCode: number;
  /** What `--json` printed; absent where it printed none. */
  json: SfJson<T> | undefined;
  stdout: string;
  stderr: string;
};

type Finished = { code: number | null; stdout: string; stderr: string };

const finish = (command: string, args: readonly string[], options: object, timeout: number): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout, ...options });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });

const lockfileHash = (from: string): string =>
  createHash('sha256')
    .update(readFileSync(join(from, 'package-lock.json')))
    .digest('hex');

const stampOf = (from: string): string => join(from, 'node_modules', '.channel-desk');

const isInstalled = (from: string, hash: string): boolean =>
  existsSync(stampOf(from)) && readFileSync(stampOf(from), 'utf8') === hash;

/** Scripts of packages are left out: the CLI needs none of them. */
const NPM_CI = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];

/** The reason why what a folder's lockfile names cannot be installed, or undefined when it is there. */
const install = async (from: string): Promise<string | undefined> => {
  const hash = lockfileHash(from);
  if (isInstalled(from, hash)) return undefined;
  const script = process.env.npm_execpath;
  const windows = process.platform === 'win32';
  const [command, first] = script ? [process.execPath, [script]] : [windows ? 'npm.cmd' : 'npm', []];
  try {
    const { code, stderr } = await finish(
      command,
      [...first, ...NPM_CI],
      { cwd: from, shell: !script && windows },
      240_000
    );
    if (code !== 0) return `npm ci in tools/${basename(from)} ended with ${code}: ${stderr.trim().split('\n').at(-1)}`;
  } catch (error) {
    return `npm could not be run: ${(error as Error).message}`;
  }
  writeFileSync(stampOf(from), hash);
  return undefined;
};

/** The file that `sf` stands for. */
const binary = (): string => {
  const manifest = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as { bin: { sf: string } };
  return join(cli, manifest.bin.sf);
};

const parse = <T>(text: string): SfJson<T> | undefined => {
  try {
    return JSON.parse(text) as SfJson<T>;
  } catch {
    return undefined;
  }
};

/** A folder to work in, a home, and the CLI that sees nothing else. */
export class SfCli {
  /** Where commands run; files named without a folder are here. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'channel-desk-sf-'));
  private readonly bin = binary();

  /** Runs `sf` with arguments as given. Never throws for a command that fails. */
  public async run<T = unknown>(args: readonly string[], env: Record<string, string> = {}): Promise<SfOutcome<T>> {
    const options = { cwd: this.folder, env: { ...this.environment(), ...env } };
    const { code, stdout, stderr } = await finish(
      process.execPath,
      ['--no-deprecation', this.bin, ...args],
      options,
      TIMEOUT
    );
    return { exitCode: code ?? -1, json: parse<T>(stdout), stdout, stderr };
  }

  /** Writes a file into the folder and returns its name. */
  public write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  public read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  public close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private environment(): Record<string, string> {
    const home = join(this.folder, 'home');
    const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
    return {
      ...(Object.fromEntries(kept) as Record<string, string>),
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      HOME: home,
      USERPROFILE: home,
      APPDATA: join(home, 'AppData', 'Roaming'),
      LOCALAPPDATA: join(home, 'AppData', 'Local'),
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_DISABLE_AUTOUPDATE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_HIDE_RELEASE_NOTES: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DOMAIN_RETRY: '0',
      NO_COLOR: '1',
    };
  }
}

/** Where something cannot be installed the tests that ask for it are skipped with the reason; under CI they fail. */
const need = async (context: Mocha.Context, what: string, from: string): Promise<void> => {
  const reason = await install(from);
  if (reason === undefined) return;
  if (process.env.CI === 'true') throw new Error(`${what} could not be installed. ${reason}`);
  process.stderr.write(`Skipped: ${what} could not be installed. ${reason}\n`);
  context.skip();
};

/** The CLI, installed if it is not. */
export const installSf = async (context: Mocha.Context): Promise<SfCli> => {
  await need(context, 'the sf CLI', folder);
  return new SfCli();
};

/** Gives a CLI its community commands. */
export const linkCommunity = async (context: Mocha.Context, sf: SfCli): Promise<void> => {
  await need(context, 'the community commands of sf', community);
  const plugin = join(community, 'node_modules', '@salesforce', 'plugin-community');
  const { exitCode, stderr } = await sf.run(['plugins', 'link', plugin, '--no-install']);
  if (exitCode !== 0) throw new Error(`sf could not link the community commands: ${stderr}`);
};
