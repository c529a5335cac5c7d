/* eslint-disable no-restricted-imports, import/no-restricted-paths -- measures the whole way, and is no part of what ships */
/*
 * How long a replica takes to read, judge, join and store a cluster of 10,000 Deployments with 50,000 pods for the first
 * time, how long its event loop is held meanwhile, and how long one changed entity then takes:
 * node packages/start/bin/run.mjs plugins/day2-backend/src/engine/bench/coldSync.ts
 */
import { ChildProcess, fork } from 'node:child_process';
import { on } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { judgeObject } from '@day2ops/backstage-plugin-day2-node';
import createKnex, { Knex } from 'knex';
import { createClusterRegistry } from '../../database/createClusterRegistry';
import { migrate } from '../../database/createDatabase';
import { createScopeStore } from '../../database/createStore';
import { addEntities } from '../../database/bench/fleet';
import { addCluster, hold } from '../../database/__testUtils__/fixtures';
import { createCorrelator } from '../../directory/correlation/createCorrelator';
import { DirectoryEntity, EntityListener } from '../../directory/types';
import { track, trackRemoval } from '../../history/track';
import { createMetrics } from '../../metrics/createMetrics';
import { ScopeStore } from '../../model/types';
import { builtInSources, judgeCluster } from '../../sources';
import { Collector } from '../collector/Collector';
import { createDirectGateway } from '../gateway/direct/createDirectGateway';
import { createSystemClock } from '../time/createSystemClock';

const itemCount = 10_000;
const cluster = 'big';
const clusterFile = resolvePackagePath(
  '@day2ops/backstage-plugin-day2-backend',
  'src/engine/bench/bigCluster.ts',
);
/** The histogram counts the time between two looks. */
const resolutionMs = 5;

const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

function entityOf(id: number, index: number): DirectoryEntity {
  return {
    id,
    ref: `component:default/service-${index}`,
    kind: 'Component',
    namespace: 'default',
    name: `service-${index}`,
    isService: true,
    ownerRefs: [`group:default/team-${index % 200}`],
    labels: {},
    annotations: { 'backstage.io/kubernetes-id': `service-${index}` },
    truncated: false,
  };
}

function createDirectory(ids: readonly number[]) {
  const entities = new Map(ids.map((id, index) => [id, entityOf(id, index)]));
  const listeners = new Set<EntityListener>();
  const correlator = createCorrelator({
    config: {
      clusters: [],
      environments: [],
      correlation: { claims: 'show', namespaces: [] },
    },
    mirror: {
      entities: () => entities.values(),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    logger,
  });
  return { entities, listeners, correlator };
}

function createGateway(port: number) {
  return createDirectGateway({
    access: {
      clusterSupplier: {
        getClusters: async () => [
          {
            name: cluster,
            url: `http://localhost:${port}`,
            authMetadata: { 'kubernetes.io/auth-provider': 'bench' },
          },
        ],
      },
      authStrategyMap: {
        bench: {
          getCredential: async () => ({ type: 'bearer token', token: 'any' }),
          validateCluster: () => [],
          presentAuthMetadata: () => ({}),
        },
      },
    },
    auth: {
      getOwnServiceCredentials: async () => ({
        $$type: '@backstage/BackstageCredentials',
        principal: { type: 'service', subject: 'bench' },
      }),
    },
    logger,
    env: {},
  });
}

/** The store, and when it has everything. */
function countWrites(store: ScopeStore) {
  const seen = new Set<string>();
  const times: number[] = [];
  let finish = () => {};
  const complete = new Promise<void>(resolve => {
    finish = resolve;
  });
  const counting: ScopeStore = {
    ...store,
    async write(lease, batch) {
      const start = performance.now();
      const change = await store.write(lease, batch);
      times.push(performance.now() - start);
      for (const { item } of batch.items) {
        if (item.verdict.reason !== 'NeverSynced') {
          seen.add(item.id);
        }
      }
      if (seen.size === itemCount) {
        finish();
      }
      return change;
    },
  };
  return { store: counting, complete, times };
}

/** Time that one changed entity takes: which items it concerns, asked of all. */
async function changeEntity(
  directory: ReturnType<typeof createDirectory>,
  before: DirectoryEntity,
): Promise<number> {
  const annotations = { 'backstage.io/kubernetes-id': 'service-7' };
  const start = performance.now();
  for (const listener of directory.listeners) {
    listener([{ before, after: { ...before, annotations } }], false);
  }
  await new Promise(resolve => {
    setImmediate(resolve);
  });
  return performance.now() - start;
}

async function createCollector(knex: Knex, port: number) {
  await addCluster(knex, cluster, { kinds: [] });
  const directory = createDirectory(await addEntities(knex));
  const counted = countWrites(createScopeStore({ knex }));
  const gateway = createGateway(port);
  const collector = new Collector({
    cluster,
    lease: await hold(knex, cluster),
    gateway,
    sources: builtInSources.map(source => ({ source, settings: {} })),
    store: counted.store,
    registry: createClusterRegistry({
      knex,
      environmentOf: () => 'production',
    }),
    correlator: directory.correlator,
    rules: { judge: judgeObject, judgeCluster, track, trackRemoval },
    holdMs: 60_000,
    clock: createSystemClock(),
    random: () => 0.5,
    logger,
    metrics: createMetrics({ process: false }),
    onWritten: () => {},
    onLeaseLost: () => logger.error('The lease is lost'),
  });
  return { ...counted, collector, gateway, directory };
}

const percent = (times: readonly number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)];

async function measure(options: { name: string; knex: Knex; port: number }) {
  const { name, knex, port } = options;
  const { collector, gateway, directory, complete, times } =
    await createCollector(knex, port);
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  const cpu = process.cpuUsage();
  const start = performance.now();
  delay.enable();
  collector.start();
  await complete;
  delay.disable();
  const tookMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0);
  const changes: number[] = [];
  for (const entity of [...directory.entities.values()].slice(0, 20)) {
    changes.push(await changeEntity(directory, entity));
  }
  process.stdout.write(
    [
      `${name}`,
      `  read, judged, joined and stored in ${(tookMs / 1000).toFixed(1)} s, ${(
        (user + system) /
        1e6
      ).toFixed(1)} s of processor`,
      `  event-loop delay p50 ${ms(delay.percentile(50))} ms, p99 ${ms(
        delay.percentile(99),
      )} ms, longest ${ms(delay.max)} ms`,
      `  ${times.length} writes, p50 ${percent(times, 0.5).toFixed(
        0,
      )} ms, p99 ${percent(times, 0.99).toFixed(0)} ms`,
      `  one changed entity: median ${percent(changes, 0.5).toFixed(
        1,
      )} ms, longest ${percent(changes, 1).toFixed(1)} ms\n`,
    ].join('\n'),
  );
  await collector.stop({ flush: false });
  directory.correlator.stop();
  await gateway.close();
}

/** What runs TypeScript sends messages of its own. */
async function portOf(server: ChildProcess): Promise<number> {
  for await (const [message] of on(server, 'message')) {
    if (typeof message === 'number') {
      return message;
    }
  }
  throw new Error('The cluster did not start');
}

async function bench(name: string, args: readonly string[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'day2-bench-'));
  const server = fork(clusterFile, args);
  const port = await portOf(server);
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: path.join(folder, 'day2.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await migrate(knex);
    await measure({ name, knex, port });
  } finally {
    server.disconnect();
    await knex.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  await bench('as the beginning of a watch', []);
  await bench('as a list in pages', ['--list-only']);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
