#!/usr/bin/env node
// Runs a TypeScript entry under the pinned Node: node packages/start/bin/run.mjs ENTRY.ts [ARGUMENTS]
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from '../src/folders.mjs';
import { ensureInstalled } from '../src/install.mjs';
import { Problem } from '../src/Problem.mjs';
import { runMain } from '../src/say.mjs';
import { ensureToolchain } from '../src/toolchain.mjs';
import { typescriptArgs, typescriptEnv } from '../src/typescript.mjs';

runMain(async ([entry, ...args]) => {
  if (!entry) {
    throw new Problem('Which file?', 'Usage: run.mjs ENTRY.ts [ARGUMENTS]');
  }
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  const child = spawn(
    toolchain.node,
    [...typescriptArgs(), path.resolve(root, entry), ...args],
    {
      // Where the person is: yarn and npm run scripts at the root.
      cwd: process.env.INIT_CWD ?? process.cwd(),
      env: {
        ...toolchain.env,
        ...typescriptEnv,
        NODE_ENV: process.env.NODE_ENV ?? 'development',
      },
      stdio: 'inherit',
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143)),
    );
  });
});
