import path from 'node:path';
import { root } from './folders.mjs';
import { countJest, countPlaywright, countTap } from './counts.mjs';

const bin = (name, file) => path.join(root, 'node_modules', name, file);
const cli = bin('@backstage/cli', 'bin/backstage-cli');

/**
 * What `npm test` does, in order. Each is a program for the pinned Node; a step with `report` counts its own tests, any
 * other is one test.
 *
 * @param {{ reports: string }} options the folder for what the test runners write
 */
export function createSteps({ reports }) {
  const report = name => path.join(reports, name);
  return [
    {
      name: 'format',
      args: [
        bin('prettier', 'bin-prettier.js'),
        '--check',
        '--loglevel',
        'warn',
        '.',
      ],
    },
    { name: 'lint', args: [cli, 'repo', 'lint', '--max-warnings', '0'] },
    { name: 'types', args: [bin('typescript', 'bin/tsc')] },
    { name: 'knip', args: [bin('knip', 'bin/knip.js')] },
    {
      name: 'start',
      args: [
        '--test',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=tap',
        `--test-reporter-destination=${report('start.tap')}`,
        'packages/start/**/*.test.mjs',
      ],
      report: report('start.tap'),
      count: countTap,
    },
    {
      name: 'unit',
      args: [
        cli,
        'repo',
        'test',
        '--watchAll=false',
        '--maxWorkers=2',
        '--json',
        `--outputFile=${report('jest.json')}`,
      ],
      // What jest prints as JSON is in the file; progress is on stderr.
      quietStdout: true,
      report: report('jest.json'),
      count: countJest,
    },
    {
      name: 'browser',
      args: [
        bin('@playwright/test', 'cli.js'),
        'test',
        '--config',
        'packages/e2e',
      ],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright.json') },
      report: report('playwright.json'),
      count: countPlaywright,
    },
  ];
}
