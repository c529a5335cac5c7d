import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { root } from './folders.mjs';
import { bold, dim, green, red, say, since } from './say.mjs';

/**
 * Runs steps one after the other, whatever becomes of each.
 *
 * @returns {Promise<{ name: string, ok: boolean, counts: import('./counts.mjs').Counts, seconds: string }[]>}
 */
export async function runSteps({ steps, toolchain, signal }) {
  const results = [];
  for (const step of steps) {
    if (signal.aborted) {
      break;
    }
    say(bold(`\n== ${step.name}`));
    const start = performance.now();
    const ok = (await runStep({ step, toolchain, signal })) === 0;
    const counts = await countStep(step, ok);
    const seconds = since(start);
    say(
      `${ok ? green('ok') : red('failed')} ${step.name} ${dim(`(${seconds})`)}`,
    );
    results.push({ name: step.name, ok, counts, seconds });
  }
  return results;
}

async function runStep({ step, toolchain, signal }) {
  if (step.report) {
    // Left from last time, it would be counted if this run wrote none.
    await rm(step.report, { force: true });
  }
  const child = spawn(toolchain.node, step.args, {
    cwd: root,
    env: { ...toolchain.env, CI: 'true', ...step.env },
    stdio: ['ignore', step.quietStdout ? 'ignore' : 'inherit', 'inherit'],
    detached: true,
  });
  const stop = () => process.kill(-child.pid, 'SIGTERM');
  signal.addEventListener('abort', stop);
  const code = await new Promise(resolve => {
    child.once('error', () => resolve(127));
    child.once('close', value => resolve(value ?? 1));
  });
  signal.removeEventListener('abort', stop);
  return code;
}

/** A step that counts nothing is one test; one that failed without a failed test is one failure more. */
async function countStep(step, ok) {
  const counts = step.report
    ? await step.count(step.report).catch(() => undefined)
    : undefined;
  if (!counts) {
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  }
  return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
