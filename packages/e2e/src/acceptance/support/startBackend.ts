import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { JsonObject } from '@backstage/types';
import { freePort } from './freePort';
import { waitFor } from './waitFor';

/** Of the repository. */
export const root = path.resolve(
  require.resolve('sandbox/package.json'),
  '../../..',
);

const START_SECONDS = 120;

/** A cluster as the portal's configuration knows it. */
export interface ClusterSettings {
  name: string;
  environment: string;
  url: string;
  caPem: string;
  token: string;
}

export interface BackendOptions {
  /** Its own, for configuration and a database file. */
  folder: string;
  clusters: readonly ClusterSettings[];
  /** Files of catalog entities. */
  catalog: string;
  /** Of PostgreSQL; a file of SQLite in the folder by default. */
  postgres?: string;
  /** More of `day2` in app-config. */
  day2?: JsonObject;
}

/** A process of the portal's backend. */
export interface Backend {
  readonly url: string;
  readonly pid: number;
  /** Every line that it wrote so far. */
  readonly lines: readonly string[];
  /** Ends it, and returns when it is gone. Safe to call again. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts the backend as `npm start` does: the same entry point, the same app-config, on top of it what a test needs. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const port = await freePort();
  const config = path.join(options.folder, `app-config.${port}.json`);
  await writeFile(config, JSON.stringify(configOf(options, port)));
  const child = spawn(
    process.execPath,
    [
      ...typescriptArgs(),
      'src/index',
      ...['--config', path.join(root, 'app-config.yaml')],
      ...['--config', config],
    ],
    {
      cwd: path.join(root, 'packages/backend'),
      env: {
        ...process.env,
        NODE_ENV: 'development',
        NODE_OPTIONS: '',
        LOG_LEVEL: 'debug',
        ESBK_TSCONFIG_PATH: path.join(root, 'tsconfig.json'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const gone = once(child, 'close');
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', line => lines.push(line));
  }
  const backend: Backend = {
    url: `http://localhost:${port}`,
    pid: child.pid ?? 0,
    lines,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
  try {
    await waitFor(
      async () => {
        if (child.exitCode !== null) return;
        await fetch(`${backend.url}/.backstage/health/v1/readiness`).then(
          ({ status }) => expect(status).toBe(200),
        );
      },
      { seconds: START_SECONDS },
    );
    expect(child.exitCode).toBeNull();
    return backend;
  } catch (error) {
    await backend.end('SIGKILL');
    throw new Error(
      `The backend did not start:\n${lines.slice(-30).join('\n')}`,
      { cause: error },
    );
  }
}

function typescriptArgs(): string[] {
  const cli = createRequire(path.join(root, 'package.json')).resolve(
    '@backstage/cli/package.json',
  );
  return [
    '--enable-source-maps',
    ...['--require', path.join(root, 'packages/start/src/dieWithParent.cjs')],
    '--require',
    createRequire(cli).resolve('@backstage/cli-node/config/nodeTransform.cjs'),
  ];
}

function configOf(options: BackendOptions, port: number): JsonObject {
  const { clusters, folder, catalog, postgres, day2 } = options;
  return {
    backend: {
      baseUrl: `http://localhost:${port}`,
      listen: { host: '127.0.0.1', port },
      database: postgres
        ? { client: 'pg', connection: postgres }
        : { client: 'better-sqlite3', connection: { directory: folder } },
    },
    catalog: { locations: [{ type: 'file', target: catalog }] },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ name, url, caPem, token }) => ({
            name,
            url,
            caData: Buffer.from(caPem).toString('base64'),
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
          })),
        },
      ],
    },
    day2: {
      clusters: clusters.map(({ name, environment }) => ({
        name,
        environment,
      })),
      catalog: { refresh: { seconds: 5 } },
      metrics: { process: true },
      ...day2,
    },
  };
}
