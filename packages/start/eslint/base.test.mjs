import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { ESLint } = createRequire(import.meta.url)('eslint');
const root = path.resolve(fileURLToPath(import.meta.url), '../../../..');

/** The rules that complain about `text` if it were the content of `file`. */
async function complaints(file, text) {
  const cwd = path.join(root, file.split('/').slice(0, 2).join('/'));
  const eslint = new ESLint({
    cwd,
    // The graph of strongly connected components is built from files on disk, which these are not.
    overrideConfig: {
      rules: { 'import/no-cycle': ['error', { disableScc: true }] },
    },
  });
  const [result] = await eslint.lintText(text, {
    filePath: path.join(root, file),
  });
  return result.messages
    .filter(message => message.severity === 2)
    .map(message => message.ruleId);
}

const backend = 'plugins/day2-backend/src';
const statements = count => 'go();\n'.repeat(count);
const longFunction = count => `export function f() {\n${statements(count)}}\n`;

const cases = [
  {
    what: 'a frontend that imports a backend package',
    file: 'plugins/day2/src/x.ts',
    text: "export { x } from '@day2ops/backstage-plugin-day2-node';",
    rule: '@backstage/no-mixed-plugin-imports',
  },
  {
    what: 'common that imports node',
    file: 'plugins/day2-common/src/x.ts',
    text: "export { x } from '@day2ops/backstage-plugin-day2-node';",
    rule: 'import/no-restricted-paths',
  },
  {
    what: 'Node in a common library',
    file: 'plugins/day2-common/src/x.ts',
    text: "export { readFile } from 'node:fs';",
    rule: 'no-restricted-imports',
  },
  {
    what: 'Node in a frontend',
    file: 'plugins/day2/src/x.ts',
    text: "export { readFile } from 'node:fs';",
    rule: 'no-restricted-imports',
  },
  {
    what: 'an enum in a frontend, where the stock factory drops syntax bans',
    file: 'plugins/day2/src/x.ts',
    text: 'export enum Health { Good }',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a default import of React',
    file: 'plugins/day2/src/x.tsx',
    text: "import React from 'react';\nexport const x = React;",
    rule: 'no-restricted-syntax',
  },
  {
    what: 'an enum in a backend',
    file: `${backend}/x.ts`,
    text: 'export enum Health { Good }',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'forEach',
    file: `${backend}/x.ts`,
    text: 'export const f = (xs: string[]) => xs.forEach(String);',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a default export',
    file: `${backend}/x.ts`,
    text: 'export default 1;',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'module-level state',
    file: `${backend}/x.ts`,
    text: 'let count = 0;\nexport const f = () => count++;',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a cast over unknown',
    file: `${backend}/x.ts`,
    text: 'export const f = (x: string) => x as unknown as number;',
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a mock of our own module',
    file: `${backend}/x.test.ts`,
    text: "jest.mock('./model/types');",
    rule: 'no-restricted-syntax',
  },
  {
    what: 'any',
    file: `${backend}/x.ts`,
    text: 'export const f = (x: any) => x;',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    what: 'a function of 61 lines',
    file: `${backend}/x.ts`,
    text: longFunction(59),
    rule: 'max-lines-per-function',
  },
  {
    what: 'a component of 91 lines',
    file: 'plugins/day2/src/X.tsx',
    text: longFunction(89),
    rule: 'max-lines-per-function',
  },
  {
    what: 'a file of 301 lines',
    file: `${backend}/x.ts`,
    text: statements(301),
    rule: 'max-lines',
  },
  {
    what: 'a file that imports itself through its index',
    file: 'plugins/day2-common/src/health.ts',
    text: "export { day2Permissions } from './index';",
    rule: 'import/no-cycle',
  },
  {
    what: 'a source that reaches into the backend',
    file: `${backend}/sources/x.ts`,
    text: "export type { Item } from '../model/types';",
    rule: 'import/no-restricted-paths',
  },
];

for (const { what, file, text, rule } of cases) {
  test(`lint refuses ${what}`, async () => {
    const found = await complaints(file, text);
    assert.ok(found.includes(rule), `${rule} not in [${found.join(', ')}]`);
  });
}

test('lint lets pass what is allowed', async () => {
  assert.deepEqual(
    await complaints(
      `${backend}/x.ts`,
      "export type { Item } from './model/types';\n" +
        "export { kindName } from '@day2ops/backstage-plugin-day2-node';\n" +
        "export { x as default } from './x1';\n",
    ),
    [],
  );
  assert.deepEqual(
    await complaints('plugins/day2/src/X.tsx', longFunction(87)),
    [],
  );
  assert.deepEqual(
    await complaints(`${backend}/x.test.ts`, longFunction(80)),
    [],
  );
});
