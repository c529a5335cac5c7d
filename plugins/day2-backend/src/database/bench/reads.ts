/* eslint-disable no-restricted-imports -- measures, and is no part of what ships */
/*
 * How long pages of a fleet of 10,000 services with five areas each take, on both databases:
 * node packages/start/bin/run.mjs plugins/day2-backend/src/database/bench/reads.ts
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ServicesQuery,
  servicesQuerySchema,
} from '@day2ops/backstage-plugin-day2-common';
import createKnex, { Knex } from 'knex';
import { VisibleSet } from '../../model/reads';
import { startPostgres } from '../__testUtils__/startPostgres';
import { createReadStore } from '../createReadStore';
import { migrate } from '../createDatabase';
import { createFleet } from './fleet';

const rounds = 60;

function percentile(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[index].toFixed(1);
}

/** CPU is that of this process: all the work of SQLite, and what a client of PostgreSQL has. */
function print(name: string, times: readonly number[], cpu?: number): void {
  const p50 = percentile(times, 0.5).padStart(6);
  const p99 = percentile(times, 0.99).padStart(6);
  const mean =
    cpu === undefined ? '' : `  CPU ${cpu.toFixed(1).padStart(5)} ms`;
  process.stdout.write(
    `  ${name.padEnd(44)} p50 ${p50} ms  p99 ${p99} ms${mean}\n`,
  );
}

async function measure(name: string, task: () => Promise<unknown>) {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await task();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  print(name, times, (user + system) / 1000 / rounds);
}

async function measureReads(
  knex: Knex,
  entityIds: readonly number[],
): Promise<void> {
  const reads = await createReadStore({ knex });
  const half: VisibleSet = new Set(entityIds.filter(id => id % 2 === 0));
  const list = (
    query: Partial<Record<keyof ServicesQuery, string>>,
    visible: VisibleSet = 'all',
  ) => reads.listServices({ visible, query: servicesQuerySchema.parse(query) });
  const production = { environment: 'production' };

  await measure('first page, all', () => list({}));
  await measure('first page, half visible', () => list({}, half));
  await measure('production', () => list(production));
  await measure('production, half visible', () => list(production, half));
  await measure('production, certificates, degraded or worse', () =>
    list({ ...production, area: 'certificates', health: 'degraded,critical' }),
  );
  await measure('one owner', () => list({ owner: 'team-7' }));
  await measure('kind', () => list({ kind: 'Deployment', ...production }));
  await measure('text', () => list({ text: 'service-77' }));
  const { nextCursor = '' } = await list({ ...production, sort: 'service' });
  await measure('production, by name, second page', () =>
    list({ ...production, sort: 'service', cursor: nextCursor }),
  );
  await measure('production, 200 rows', () =>
    list({ ...production, limit: '200' }),
  );
  await measure('report', () =>
    reads.report({
      visible: half,
      entityRef: `component:default/service-${entityIds.length / 2 - 1}`,
    }),
  );
  await measure('version, for ETags', () => reads.version());

  await knex('kind_states')
    .where({ cluster: 'production-3', kind: 'StatefulSet' })
    .update({ last_contact_at: 1 });
  await measure('first page, a stale kind', () => list({}));
  await measure('production, a stale kind, half visible', () =>
    list(production, half),
  );
  await knex('clusters')
    .where({ name: 'production-4' })
    .update({ last_contact_at: 1 });
  await measure('first page, and a silent cluster', () => list({}));
}

async function bench(name: string, knex: Knex): Promise<void> {
  process.stdout.write(`${name}\n`);
  await migrate(knex);
  const { entityIds, writes, writeCpu } = await createFleet(knex);
  print(`write of 500 items (${writes.length} batches)`, writes, writeCpu);
  await measureReads(knex, entityIds);
  await knex.destroy();
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'day2-bench-'));
  await bench(
    'SQLite, a file',
    createKnex({
      client: 'better-sqlite3',
      connection: { filename: path.join(folder, 'day2.sqlite') },
      useNullAsDefault: true,
    }),
  );
  await rm(folder, { recursive: true, force: true });
  const server = await startPostgres();
  await bench(
    'PostgreSQL',
    createKnex({
      client: 'pg',
      connection: server.connectionString,
      pool: { min: 0, max: 10 },
    }),
  );
  await server.stop();
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
