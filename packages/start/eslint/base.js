'use strict';

const { builtinModules } = require('node:module');
const path = require('node:path');
const createPackageConfig = require('@backstage/cli/config/eslint-factory');
const { createZones } = require('./zones');
const { reactSyntax, sourceSyntax, testSyntax } = require('./syntax');

const root = path.resolve(__dirname, '../../..');
const frontendRoles = [
  'frontend',
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
];

const lines = max => [
  'error',
  { max, skipBlankLines: true, skipComments: true },
];

const testFiles = [
  '**/*.test.*',
  '**/__fixtures__/**',
  '**/__testUtils__/**',
  '**/setupTests.*',
  '**/e2e-tests/**',
];

const rules = {
  // Only a warning in the stock config, and its CLI lets warnings pass.
  '@backstage/no-mixed-plugin-imports': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  'import/no-cycle': 'error',
  'import/no-restricted-paths': ['error', { zones: createZones(root) }],
  'max-lines': lines(300),
  'max-lines-per-function': lines(60),
};

const overrides = [
  {
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': lines(90) },
  },
  {
    files: [
      ...testFiles,
      '**/*.examples.ts',
      '**/translation.ts',
      '**/translations/**',
      // A migration is one list of statements and is never edited again.
      '**/migrations/**',
    ],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: testFiles,
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
];

/** What runs in browsers and in Node alike must not reach for Node. */
const isomorphic = {
  restrictedImports: builtinModules,
  restrictedImportPatterns: ['node:*'],
};

/**
 * The configuration of one package: the factory of the Backstage CLI, with the holes that it has for its role closed.
 * Takes the same extra keys as the factory.
 */
function createConfig(dir, extra = {}) {
  const { backstage } = require(path.join(dir, 'package.json'));
  const isFrontend = frontendRoles.includes(backstage.role);
  return createPackageConfig(dir, {
    ...(backstage.role === 'common-library' ? isomorphic : {}),
    ...(isFrontend ? { restrictedImportPatterns: ['node:*'] } : {}),
    ...extra,
    reportUnusedDisableDirectives: true,
    settings: {
      'import/resolver': {
        node: {
          extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
          // Follow workspace links, so that directions hold between packages.
          preserveSymlinks: false,
        },
      },
      'import/parsers': {
        '@typescript-eslint/parser': ['.ts', '.tsx', '.mjs'],
      },
      ...extra.settings,
    },
    restrictedSrcSyntax: sourceSyntax,
    restrictedTestSyntax: testSyntax,
    rules: {
      ...rules,
      // The factory sets this rule again for React and so drops `restrictedSrcSyntax`.
      ...(isFrontend
        ? { 'no-restricted-syntax': ['error', ...reactSyntax, ...sourceSyntax] }
        : {}),
      ...extra.rules,
    },
    overrides: [...overrides, ...(extra.overrides ?? [])],
  });
}

module.exports = { createConfig };
