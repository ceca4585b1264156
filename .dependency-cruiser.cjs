/** The layers of docs/design: commands → domains → runs → org/write; commands, domains, runs → org/read. */
const DOMAINS = '^src/(prm|sharing|partners|leads|status|doctor)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^src' },
      // Circles of types alone are gone when the program runs.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'write-only-from-runs',
      comment: 'The one way anything is written to an org is src/runs.',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(runs|org/write)/' },
      to: { path: '^src/org/write/' },
    },
    {
      name: 'practice-stands-alone',
      severity: 'error',
      from: { path: '^src/practice/' },
      to: { path: '^src/', pathNot: '^src/practice/' },
    },
    {
      name: 'practice-only-for-its-commands',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(practice/|commands/channel/practice/|practice-command)' },
      to: { path: '^src/practice/' },
    },
    {
      name: 'report-is-a-leaf',
      severity: 'error',
      from: { path: '^src/report/' },
      to: { path: '^src/', pathNot: '^src/report/' },
    },
    {
      name: 'read-knows-nothing-above',
      severity: 'error',
      from: { path: '^src/org/read/' },
      to: { path: '^src/', pathNot: '^src/org/read/' },
    },
    {
      name: 'write-knows-only-read',
      severity: 'error',
      from: { path: '^src/org/write/' },
      to: { path: '^src/', pathNot: '^src/org/' },
    },
    {
      name: 'runs-know-no-domain',
      severity: 'error',
      from: { path: '^src/runs/' },
      to: { path: '^src/', pathNot: '^src/(runs|org)/' },
    },
    {
      name: 'domains-know-runs-and-read',
      severity: 'error',
      from: { path: DOMAINS },
      to: { path: '^src/', pathNot: `${DOMAINS}|^src/(runs|org/read|report)/` },
    },
    {
      name: 'domains-take-only-types-from-report',
      comment: 'A domain says what a report shows; drawing it is for the command.',
      severity: 'error',
      from: { path: DOMAINS },
      to: { path: '^src/report/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domains-use-the-front-door-of-runs',
      severity: 'error',
      from: { path: DOMAINS },
      to: { path: '^src/runs/', pathNot: '^src/runs/index\\.ts$' },
    },
    {
      name: 'commands-read-nothing-themselves',
      comment: 'Commands call a domain; only types of org/read may reach them.',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: '^src/org/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'jsforce-is-for-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/jsforce/' },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        path: '^src/',
        orphan: true,
        pathNot: '\\.d\\.ts$|^src/(index|practice/contracts|practice/daemon)\\.ts$|^src/commands/',
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
