import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { home, ports, root } from './ports';

const START_TIMEOUT_MS = 300_000;

/** Starts the whole portal by the script that people use, with a database and ports of its own; returns what ends it. */
async function startPortal(): Promise<() => Promise<void>> {
  await rm(path.join(home, 'data'), { recursive: true, force: true });
  const child = spawn(
    process.execPath,
    [path.join(root, 'packages/start/bin/start.mjs')],
    {
      cwd: root,
      env: { ...process.env, ...ports, DAY2_HOME: home },
      stdio: ['ignore', 'inherit', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  const up = new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error('The portal did not start in five minutes')),
      START_TIMEOUT_MS,
    );
    let output = '';
    child.stderr.on('data', chunk => {
      process.stderr.write(chunk);
      output += chunk;
      if (output.includes('Ctrl-C ends it')) {
        clearTimeout(late);
        resolve();
      }
    });
    child.once('close', () => {
      clearTimeout(late);
      reject(new Error('The portal ended before it was ready'));
    });
  });
  async function stop() {
    child.kill('SIGTERM');
    await ended;
  }
  try {
    await up;
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

// Playwright's global setup is a default export.
export { startPortal as default };
