import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const script = resolvePackagePath(
  '@day2ops/backstage-plugin-day2-backend',
  'src/database/__testUtils__/embeddedPostgres.mjs',
);

/** A PostgreSQL of its own in a temporary folder; it also ends with this process. */
export async function startPostgres(): Promise<{
  connectionString: string;
  stop(): Promise<void>;
}> {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', data => errors.push(String(data)));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const connectionString = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    exited.then(() => undefined),
  ]);
  if (connectionString === undefined) {
    throw new Error(`PostgreSQL did not start: ${errors.join('')}`);
  }
  return {
    connectionString,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
