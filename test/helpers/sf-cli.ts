/**
 * The unmodified sf CLI, installed once from the lockfile in tools/sf, with a home of its own for each user of it.
 * Nothing of the user's sf configuration reaches it, and it calls nobody but the org that it is told to call.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'tools', 'sf');
const cli = join(folder, 'node_modules', '@salesforce', 'cli');
const stamp = join(folder, 'node_modules', '.channel-desk');

/** What the machine itself needs to run a program. Everything else of the environment is left out. */
const KEPT = ['SystemRoot', 'SYSTEMROOT', 'windir', 'ComSpec', 'PATHEXT', 'TMPDIR', 'TEMP', 'TMP', 'LANG'];

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

const lockfileHash = (): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');

const isInstalled = (hash: string): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

/** Scripts of packages are left out: the CLI needs none of them. */
const NPM_CI = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];

/** The reason why the CLI cannot be installed, or undefined when it is there. */
const install = async (): Promise<string | undefined> => {
  const hash = lockfileHash();
  if (isInstalled(hash)) return undefined;
  const script = process.env.npm_execpath;
  const windows = process.platform === 'win32';
  const [command, first] = script ? [process.execPath, [script]] : [windows ? 'npm.cmd' : 'npm', []];
  try {
    const { code, stderr } = await finish(
      command,
      [...first, ...NPM_CI],
      { cwd: folder, shell: !script && windows },
      240_000
    );
    if (code !== 0) return `npm ci in tools/sf ended with ${code}: ${stderr.trim().split('\n').at(-1)}`;
  } catch (error) {
    return `npm could not be run: ${(error as Error).message}`;
  }
  writeFileSync(stamp, hash);
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

/**
 * The CLI, installed if it is not. Where that is impossible the tests that ask for it are skipped with the reason;
 * under CI they fail.
 */
export const installSf = async (context: Mocha.Context): Promise<SfCli> => {
  const reason = await install();
  if (reason === undefined) return new SfCli();
  if (process.env.CI === 'true') throw new Error(`The sf CLI could not be installed. ${reason}`);
  process.stderr.write(`Skipped: the sf CLI could not be installed. ${reason}\n`);
  return context.skip();
};
