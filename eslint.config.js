import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import house from './lib/dev/lint/plugin.mjs'

const TYPED = ['app/**/*.{ts,tsx}', 'lib/**/*.ts', '*.ts']
const TESTS = ['tests/**/*.{ts,tsx}']
const withTypes = { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } }
const unused = ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '.next/',
      '.subrosa/',
      'dist/',
      'contracts/out/',
      'contracts/cache/',
      'lib/db/generated/',
      'next-env.d.ts',
      'public/',
      // Written by contracts/script/generateAbi.mjs.
      'lib/abi/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    plugins: { house },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'house/boundaries': 'error',
      'house/no-barrels': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: TYPED,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: withTypes,
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Types here are `type`s of plain objects; numbers and bigints in messages are what the messages are about.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-unused-vars': unused,
    },
  },
  {
    // What makes a test pass that should not: a promise nobody waits for, and what is left over. The compiler has the rest,
    // and the whole of the strict rules over the largest part of the code cost as much as all other lint together.
    files: TESTS,
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser, ...withTypes },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': unused,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    files: ['lib/protocol/clearing/**', 'lib/protocol/book/advanceBook.ts'],
    // Columns are read within their length, which the compiler cannot see; a check a read would cost more than the read.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['app/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  // What a person reads at a terminal is their output, not a forgotten trace.
  {
    files: [
      'lib/cli/**',
      'lib/dev/**',
      'tests/run.ts',
      'tests/check.ts',
      'tests/runner/**',
      'tests/bench/**',
      'tests/polkadotHub/**',
      'contracts/script/**',
    ],
    rules: { 'no-console': 'off' },
  },
)
