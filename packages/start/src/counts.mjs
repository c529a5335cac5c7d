import { readFile } from 'node:fs/promises';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Of `jest --json --outputFile`. A suite that could not run at all counts as one failure. */
export async function countJest(file) {
  const result = await readJson(file);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Of Playwright's JSON reporter; errors outside of tests count as failures. */
export async function countPlaywright(file) {
  const { stats, errors } = await readJson(file);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** Of the TAP reporter of node:test. */
export async function countTap(file) {
  const text = await readFile(file, 'utf8');
  const read = name =>
    Number(new RegExp(`^# ${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    passed: read('pass'),
    failed: read('fail') + read('cancelled'),
    skipped: read('skipped') + read('todo'),
  };
}

/**
 * The last line of a test run.
 *
 * @param {Counts[]} all
 */
export function sumUp(all) {
  const sum = name => all.reduce((total, counts) => total + counts[name], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${
    skipped ? `, ${skipped} skipped` : ''
  }`;
}
