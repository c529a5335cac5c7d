#!/usr/bin/env node
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { sumUp } from '../src/counts.mjs';
import { root } from '../src/folders.mjs';
import { ensureInstalled } from '../src/install.mjs';
import { parseOptions } from '../src/options.mjs';
import { Problem } from '../src/Problem.mjs';
import { runSteps } from '../src/runSteps.mjs';
import { bold, runMain, say } from '../src/say.mjs';
import { createSteps } from '../src/steps.mjs';
import { ensureToolchain } from '../src/toolchain.mjs';

function choose(steps, only) {
  if (!only) {
    return steps;
  }
  const names = only.split(',');
  const known = steps.map(step => step.name);
  const unknown = names.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new Problem(
      `There is no step ${unknown.join(', ')}.`,
      `Steps are ${known.join(', ')}.`,
    );
  }
  return steps.filter(step => names.includes(step.name));
}

runMain(async args => {
  const options = { only: { type: 'string' } };
  const { only } = parseOptions(
    args,
    options,
    'npm test [-- --only format,lint,types,knip,start,unit,browser]',
  );
  const reports = path.join(root, '.day2/reports');
  const steps = choose(createSteps({ reports }), only);
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  await mkdir(reports, { recursive: true });
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => abort.abort());
  }
  const results = await runSteps({ steps, toolchain, signal: abort.signal });
  say(bold('\n== sum'));
  for (const { name, counts, seconds } of results) {
    say(`${name.padEnd(8)} ${sumUp([counts])} (${seconds})`);
  }
  if (abort.signal.aborted) {
    throw new Problem('Interrupted.');
  }
  // On stdout, and last: what counts is there for a pipe to read.
  process.stdout.write(`${sumUp(results.map(({ counts }) => counts))}\n`);
  return results.every(({ ok, counts }) => ok && counts.failed === 0) ? 0 : 1;
});
