/* eslint-disable no-restricted-imports -- measures, and is no part of what ships */
import { areas, Health } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { JudgedItem } from '../../model/types';
import { createScopeStore } from '../createStore';
import { chunksOf } from '../dialect';
import {
  addCluster,
  createBatch,
  createItem,
  createVerdict,
  hold,
} from '../__testUtils__/fixtures';

const serviceCount = 10_000;
const clusterCount = 20;
const batchSize = 500;

/** Mostly fine, as fleets are. */
function healthOf(index: number): Health {
  if (index % 97 === 0) {
    return 'critical';
  }
  if (index % 31 === 0) {
    return 'degraded';
  }
  return index % 17 === 0 ? 'warning' : 'healthy';
}

const evidence = {
  facts: Array.from({ length: 12 }, (_none, index) => ({
    label: `Fact number ${index}`,
    value: 'Something that a person would want to read about it, at length.',
  })),
};

/** Five areas in production for each service, and for every second one in staging. */
function itemsOf(index: number, entityId: number): JudgedItem[] {
  const place = index % (clusterCount / 2);
  const clusters =
    index % 2 === 0
      ? [`production-${place}`, `staging-${place}`]
      : [`production-${place}`];
  return clusters.flatMap(cluster =>
    areas.map((area, areaIndex) => {
      const health = healthOf(index * 7 + areaIndex);
      return createItem({
        id: `${cluster}-${area}-${index}`,
        name: `service-${index}`,
        namespace: `team-${index % 200}`,
        kind: area === 'workloads' ? 'Deployment' : 'StatefulSet',
        area,
        cluster,
        environment: cluster.split('-')[0],
        verdict: createVerdict(health, `Is${health}`),
        evidence,
        entities: [
          {
            entityId,
            entityRef: '',
            proof: 'object',
            unexpectedNamespace: false,
          },
        ],
      });
    }),
  );
}

/** 10,000 services; returns their ids. */
export async function addEntities(knex: Knex): Promise<number[]> {
  const ids: number[] = [];
  const indexes = Array.from({ length: serviceCount }, (_none, index) => index);
  for (const chunk of chunksOf(indexes)) {
    const rows: { id: number }[] = await knex('entities')
      .insert(
        chunk.map(index => ({
          ref: `component:default/service-${index}`,
          kind: 'Component',
          namespace: 'default',
          name: `service-${index}`,
          type: 'service',
          system_ref: `system:default/system-${index % 300}`,
          owner_refs: `["group:default/team-${index % 200}"]`,
          is_service: true,
          revision: 1,
        })),
      )
      .returning('id');
    ids.push(...rows.map(row => row.id));
    await knex('entity_owners').insert(
      rows.map((row, position) => ({
        entity_id: row.id,
        owner_ref: `group:default/team-${chunk[position] % 200}`,
      })),
    );
  }
  return ids;
}

/** Writes a fleet as collectors would. Returns ids of the services, and how long each batch took in ms, and its mean CPU. */
export async function createFleet(
  knex: Knex,
): Promise<{ entityIds: number[]; writes: number[]; writeCpu: number }> {
  const entityIds = await addEntities(knex);
  const byCluster = new Map<string, JudgedItem[]>();
  for (const [index, entityId] of entityIds.entries()) {
    for (const item of itemsOf(index, entityId)) {
      const items = byCluster.get(item.cluster);
      if (items) {
        items.push(item);
      } else {
        byCluster.set(item.cluster, [item]);
      }
    }
  }
  const store = createScopeStore({ knex });
  const writes: number[] = [];
  let writeCpu = 0;
  for (const [cluster, items] of byCluster) {
    await addCluster(knex, cluster, {
      // The bench takes longer than 90 s.
      lastContactAt: Date.now() + 3_600_000,
      kinds: ['Deployment', 'StatefulSet'],
    });
    const lease = await hold(knex, cluster);
    for (const chunk of chunksOf(items, batchSize)) {
      const batch = createBatch(chunk);
      const before = process.cpuUsage();
      const start = performance.now();
      await store.write(lease, batch);
      writes.push(performance.now() - start);
      const { user, system } = process.cpuUsage(before);
      writeCpu += (user + system) / 1000;
    }
  }
  return { entityIds, writes, writeCpu: writeCpu / writes.length };
}
