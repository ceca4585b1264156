/**
 * Loaded before any test: a home of our own, so that nothing of the user's sf configuration is read or changed, and
 * settings that keep sf quiet.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = mkdtempSync(join(tmpdir(), 'channel-desk-home-'));

Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  XDG_DATA_HOME: join(home, '.local', 'share'),
  XDG_CACHE_HOME: join(home, '.cache'),
  XDG_STATE_HOME: join(home, '.local', 'state'),
  SF_DISABLE_TELEMETRY: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_CHANNEL_BACKOFF_MS: '20',
  // Drawing takes longer than most commands. The tests of stages draw.
  SF_CHANNEL_PROGRESS: 'off',
});
for (const name of ['SF_TARGET_ORG', 'SF_ACCESS_TOKEN', 'SF_ORG_INSTANCE_URL', 'SF_DATA_DIR', 'FORCE_COLOR'])
  delete process.env[name];
process.env.NO_COLOR = '1';

process.on('exit', () => rmSync(home, { recursive: true, force: true }));
