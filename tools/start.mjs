/**
 * `npm start`: the main job, end to end, with the real commands on a practice org. Uses a home of its own, so that
 * nothing of the user's sf configuration changes. `npm start -- --keep` leaves the practice org running.
 */
import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const keep = process.argv.includes('--keep');
const home = await mkdtemp(join(tmpdir(), 'channel-desk-start-'));
const report = join(root, 'channel-desk-report.html');
const sharingReport = join(root, 'channel-desk-sharing.html');
const simulationReport = join(root, 'channel-desk-simulation.html');
const leadReport = join(root, 'channel-desk-leads.html');

const ORG = ['--target-org', 'practice'];

const QUEUES = ['North', 'South', 'East', 'West', 'Nordics', 'Alps', 'Atlantic', 'Americas'].map(
  (name) => `Partner Leads ${name}`
);

const env = {
  ...process.env,
  HOME: home,
  USERPROFILE: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  XDG_DATA_HOME: join(home, '.local', 'share'),
  XDG_CACHE_HOME: join(home, '.cache'),
  XDG_STATE_HOME: join(home, '.local', 'state'),
  SF_DISABLE_TELEMETRY: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
};

/** Exit code of a command that has left rows out, with reasons. */
const PARTLY = 68;

/** Runs a command of the plugin as a user would; ends the whole with its exit code if it fails. */
async function command(args, { quiet = false, partly = false } = {}) {
  if (!quiet) say(`\n$ sf ${args.map((arg) => (/[\s"]/.test(arg) ? `"${arg}"` : arg)).join(' ')}`);
  const child = spawn(process.execPath, ['--no-warnings', join(root, 'bin', 'run.js'), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0 && !(partly && code === PARTLY)) {
    if (quiet) say(output);
    throw Object.assign(new Error(`"sf ${args.slice(0, 3).join(' ')}" ended with exit code ${code}.`), { code });
  }
  return output;
}

const say = (text) => process.stdout.write(`${text}\n`);

async function main() {
  say('Channel Desk: a partner sales channel on Salesforce, tried on a practice org on this computer.');
  say("\n1. Start a practice org: a local server that speaks Salesforce's protocols, with an invented company in it.");
  say('   Partner relationship management (PRM) is still switched off there.');
  await command(['channel', 'practice', 'start', '--no-prm']);
  say('\n2. Look at the channel: partners, licences, sites, queues.');
  await command(['channel', 'status', ...ORG]);
  await switchPrm();
  await closeWaysOutside();
  await makePartners();
  await mendPartners();
  await distribute();
  await showFairness();
  await simulate();
  await reassign();
  await reportLeads();
  say('\n15. What was done can be looked at, resumed and taken back:');
  await command(['channel', 'run', 'list']);
  next();
}

/** The switch is for good, so the name of the org is typed; here the script types it. */
async function switchPrm() {
  say('\n3. Switch PRM on. Checks first, then the plan, one small deploy, the proof, and a receipt of this rehearsal.');
  const { org } = JSON.parse(await command(['channel', 'status', ...ORG, '--json'], { quiet: true })).result;
  const receipt = join(home, 'prm-rehearsal.json');
  const consent = ['--no-prompt', '--confirm-domain', org.domain];
  await command(['channel', 'prm', 'enable', ...ORG, '--partner-roles', '3', '--receipt', receipt, ...consent]);
}

async function closeWaysOutside() {
  say(
    '\n4. Who from outside reaches what? Rules, groups in groups, folders, queues, list views, defaults, permissions.'
  );
  say('   The suggestions of the review become decisions, in a file that belongs into git.');
  const decisions = join(home, 'sharing-decisions.yaml');
  const files = ['--decisions', decisions, '--report', sharingReport];
  await command(['channel', 'sharing', 'review', ...ORG, ...files, '--accept-suggested']);
  say(
    '\n5. Carry the decisions out: internal twins for rules, folders, members, list views; wait; review again as proof.'
  );
  await command(['channel', 'sharing', 'apply', ...ORG, '--decisions', decisions, '--no-prompt']);
  say('\n6. The same check that fails a build in CI is clean now:');
  await command(['channel', 'sharing', 'check', ...ORG, '--decisions', decisions]);
}

/** The files have bad rows on purpose: good ones go on, bad ones come back with their reasons. */
async function makePartners() {
  for (const name of ['partners.csv', 'people.csv']) {
    await copyFile(join(root, 'docs', 'examples', name), join(home, name));
  }
  say(
    '\n7. Partners from a file as a spreadsheet saves it: semicolons, Windows-1250, some bad rows. New accounts are made'
  );
  say('   and owned by their channel managers; the number of partner roles is known from step 3.');
  await command(['channel', 'partner', 'enable', ...ORG, '--file', join(home, 'partners.csv'), '--no-prompt'], {
    partly: true,
  });
  say(
    '\n8. Their people become partner users, shown first as they will be made. The site is Live and welcomes its members,'
  );
  say('   so the command refuses without --accept-mails.');
  const people = ['--file', join(home, 'people.csv'), '--profile', 'Example Partner'];
  await command(['channel', 'partner', 'invite', ...ORG, ...people, '--no-prompt', '--accept-mails'], { partly: true });
  say('\n   The mails that Salesforce would have sent for it:');
  await command(['channel', 'practice', 'outbox', '--kind', 'welcome']);
}

async function mendPartners() {
  say(
    '\n9. Who can take leads, and why others cannot. First what could be repaired, then the repair, then the check again.'
  );
  const before = await eligibility();
  const repairs = ['--state', 'ineligible', '--fix', '--repair', 'add-to-site', '--repair', 'reactivate'];
  await command(['channel', 'partner', 'check', ...ORG, ...repairs, '--dry-run']);
  say('');
  await command(['channel', 'partner', 'check', ...ORG, ...repairs, '--accept-mails', '--no-prompt']);
  const after = await eligibility();
  say(
    `\n   Eligible before: ${before.eligible} of ${before.users}. After: ${after.eligible} of ${after.users}. What is left needs a person.`
  );
}

async function eligibility() {
  const output = await command(['channel', 'partner', 'check', ...ORG, '--json'], { quiet: true });
  return JSON.parse(output).result.summary;
}

async function distribute() {
  say(
    '\n10. Give the leads nobody works on to the eight partner queues, each its exact share. First the plan, then the'
  );
  say('   change, then the proof. --no-prompt stands for your "yes".');
  const to = QUEUES.flatMap((queue) => ['--to', queue]);
  await command(['channel', 'lead', 'distribute', ...ORG, '--from-queue', 'Unassigned Leads', ...to, '--no-prompt']);
}

async function showFairness() {
  const { runs } = JSON.parse(await command(['channel', 'run', 'list', '--json'], { quiet: true })).result;
  const run = runs[0];
  const plan = JSON.parse(await readFile(join(run.folder, 'plan.json'), 'utf8'));
  const { members, worstDeviation } = plan.details;
  const counts = members.map(({ assigned }) => assigned);
  const bound = 1 - 1 / (2 * members.length - 2);
  await copyFile(join(run.folder, 'report.html'), report);
  say('\n11. Fair? Every queue got between ' + `${Math.min(...counts)} and ${Math.max(...counts)} leads.`);
  say(
    `   At no moment was a queue further than ${worstDeviation.toFixed(3)} leads from its exact share (the bound is ${bound.toFixed(3)}).`
  );
  say(
    `   Open the reports in a browser: ${relative(process.cwd(), sharingReport)} and ${relative(process.cwd(), report)}`
  );
}

/** Needs no org: what would a rotation do with leads as they might come? */
async function simulate() {
  say(
    '\n12. A rotation in a file: shares, caps, office hours in two time zones. Tried on made-up leads before it is used.'
  );
  const file = join('docs', 'examples', 'rotations', 'Europe.yaml');
  const leads = ['--leads', '400', '--per-day', '40', '--start', '2026-11-02'];
  await command(['channel', 'rotation', 'simulate', '--file', file, ...leads, '--report', simulationReport]);
}

/** Ten leads by hand to a partner who can take them, with mails that are shown before they are sent. */
async function reassign() {
  const output = await command(['channel', 'partner', 'check', ...ORG, '--state', 'eligible', '--json'], {
    quiet: true,
  });
  const [partner] = JSON.parse(output).result.users;
  say(
    `\n13. The leads from Sweden of one queue to ${partner.name}, who can take them. The mail is shown first, then the`
  );
  say('    leads move, then the new owner is mailed. --accept-mails stands for your "yes" to the mails.');
  const leads = ['--from-owner', 'Partner Leads Nordics', '--where', "Country = 'Sweden'"];
  const mails = ['--notify', '--accept-mails', '--no-prompt'];
  await command(['channel', 'lead', 'reassign', ...ORG, ...leads, '--to', partner.username, ...mails]);
}

async function reportLeads() {
  say('\n14. Who got which leads, and why?');
  await command(['channel', 'lead', 'report', ...ORG, '--report', leadReport]);
}

function next() {
  if (keep) {
    say(`\nThe practice org keeps running, in a home of its own. To talk to it in this shell:`);
    say(
      `  export HOME=${home} XDG_DATA_HOME=${env.XDG_DATA_HOME} XDG_CONFIG_HOME=${env.XDG_CONFIG_HOME} SF_USE_GENERIC_UNIX_KEYCHAIN=true`
    );
    const node = relative(process.cwd(), process.execPath);
    say(`  ${node.startsWith('..') ? process.execPath : node} bin/run.js channel run undo --help`);
    say('Stop it with:');
    say(`  ${node.startsWith('..') ? process.execPath : node} bin/run.js channel practice stop`);
    return;
  }
  say('\nTry next:');
  say('  npm start -- --keep                          the same, and the practice org keeps running');
  say('  npm run build && sf plugins link .           use the plugin from sf, then: sf channel practice start');
  say('  sf channel sharing review --help             decide finding by finding, in a terminal');
  say('  sf channel partner invite --help             people from your CSV, and what mails they get');
  say('  sf channel lead distribute --help            weights, caps, rotations, plan files');
  say('  README.md                                    first steps against a sandbox of yours');
}

let code = 0;
try {
  await main();
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  code = typeof error.code === 'number' ? error.code : 1;
}
if (!keep || code !== 0) {
  await command(['channel', 'practice', 'stop'], { quiet: true }).catch(() => undefined);
  await rm(home, { recursive: true, force: true });
}
process.exitCode = code;
