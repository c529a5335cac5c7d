import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JsonObject } from '@backstage/types';
import {
  companyEntities,
  Sandbox,
  SandboxOptions,
  startSandbox,
} from 'sandbox';
import { stringify } from 'yaml';
import { Backend, BackendOptions, startBackend } from './startBackend';

/** A portal's backend over the sandbox's clusters, each with what a test may do to it. */
export interface SandboxPortal {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** The one that runs now. */
  readonly backend: Backend;
  /** Starts another one on the same database. */
  start(options?: Pick<BackendOptions, 'postgres' | 'day2'>): Promise<Backend>;
  close(): Promise<void>;
}

/** How many services the company has. */
export const companyServices = companyEntities().filter(({ kind }) =>
  ['Component', 'Resource'].includes(kind),
).length;

/** Starts both. `prepare` runs before the backend sees the clusters. */
export async function startSandboxPortal(
  options: {
    sandbox?: SandboxOptions;
    day2?: JsonObject;
    postgres?: string;
    prepare?: (sandbox: Sandbox) => void;
  } = {},
): Promise<SandboxPortal> {
  const folder = await mkdtemp(path.join(tmpdir(), 'day2-acceptance-'));
  const backends: Backend[] = [];
  const sandbox = await startSandbox(options.sandbox);
  async function close() {
    for (const backend of backends) await backend.end('SIGTERM');
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
  async function start(more: Pick<BackendOptions, 'postgres' | 'day2'> = {}) {
    const backend = await startBackend({
      folder,
      catalog: path.join(folder, 'catalog.yaml'),
      clusters: (['production', 'staging'] as const).map(name => ({
        name,
        environment: name,
        url: sandbox.urls[name],
        caPem: sandbox.caPem,
        token: sandbox.tokens.reader,
      })),
      ...options,
      ...more,
    });
    backends.push(backend);
    return backend;
  }
  try {
    await writeFile(
      path.join(folder, 'catalog.yaml'),
      companyEntities()
        .map(entity => stringify(entity))
        .join('---\n'),
    );
    options.prepare?.(sandbox);
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    sandbox,
    folder,
    get backend() {
      return backends[backends.length - 1];
    },
    start,
    close,
  };
}
