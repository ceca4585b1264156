import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import lwc from '@salesforce/eslint-config-lwc/recommended.js';

/** Globals of scripts. */
const NODE = [
  'process',
  'console',
  'URL',
  'fetch',
  'setTimeout',
  'module',
  'require',
  'Buffer',
  'performance',
  'structuredClone',
];

/** Globals of pages. */
const BROWSER = ['window', 'document', 'fetch', 'CustomEvent', 'URL', 'URLSearchParams', 'HTMLElement', 'console'];

/** Components of the package, and the code of the page that shows them here. */
const PAGES = ['force-app/main/default/lwc/**/*.js', 'workbench/**/*.js'];

/** Queries are made by src/org/read/soql alone, where values are escaped. */
const SOQL = [
  {
    selector: 'Literal[value=/^\\s*(SELECT|select)\\s+\\S/]',
    message: 'SOQL is made by src/org/read/soql. Use its select().',
  },
  {
    selector: 'TemplateElement[value.raw=/(^|\\s)(SELECT|FROM|WHERE)\\s/]',
    message: 'SOQL is made by src/org/read/soql. Use its select() and conditions.',
  },
];

export default tseslint.config(
  { ignores: ['lib/', 'node_modules/', 'tools/*/node_modules/', 'coverage/', '.cache/', '.tmp/', 'workbench/dist/'] },
  js.configs.recommended,
  {
    files: PAGES,
    extends: [lwc],
    languageOptions: { globals: Object.fromEntries(BROWSER.map((name) => [name, 'readonly'])) },
  },
  // The entry of the page is no component.
  { files: ['workbench/main.js'], rules: { '@lwc/lwc/no-document-query': 'off' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './test/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-member-accessibility': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
      '@typescript-eslint/no-explicit-any': 'error',
      // Indexed access is checked (noUncheckedIndexedAccess); where an index is known to be there, `!` says so.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Each ?? and ?. counts as a branch.
      complexity: ['error', 16],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', 400],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/org/read/soql/**', 'src/practice/**'],
    rules: { 'no-restricted-syntax': ['error', ...SOQL] },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // chai's assertions are expressions, and tests may name what they know is there.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    files: ['bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      'tools/**/*.{mjs,cjs}',
      'bin/*.js',
      'bench/**/*.mjs',
      'test/**/*.mjs',
      'eslint.config.js',
      '.dependency-cruiser.cjs',
    ],
    languageOptions: {
      globals: Object.fromEntries(NODE.map((name) => [name, 'readonly'])),
    },
  }
);
