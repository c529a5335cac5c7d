import { Knex } from 'knex';
import { track } from '../../history/track';

import {
  EntityLink,
  JudgedItem,
  Lease,
  ScopeBatch,
  StoredItem,
} from '../../model/types';
import { createLeaseStore } from '../createStore';

export {
  createItem,
  createVerdict,
} from '../../history/__testUtils__/createItem';

export const minute = 60_000;

/** A batch of items as their collector would write it at `now`. */
export function createBatch(
  items: readonly JudgedItem[],
  options: {
    now?: number;
    stored?: readonly StoredItem[];
    baseline?: boolean;
  } & Partial<ScopeBatch> = {},
): ScopeBatch {
  const { now = Date.now(), stored = [], baseline = true, ...rest } = options;
  const tracked = items.map(judged => ({
    judged,
    ...track({
      previous: stored.find(item => item.id === judged.id),
      judged,
      now,
      baseline,
      late: false,
      holdMs: minute,
    }),
  }));
  return {
    items: tracked.map(({ judged, history, digest }) => ({
      item: judged,
      history,
      digest,
    })),
    removed: [],
    transitions: tracked.flatMap(one => one.transitions),
    kindStates: [],
    cluster: undefined,
    ...rest,
  };
}

/** A mirrored entity; returns its link for items. */
export async function addEntity(
  knex: Knex,
  name: string,
  columns: Record<string, unknown> = {},
): Promise<EntityLink> {
  const ref = `component:default/${name}`;
  const [{ id }]: { id: number }[] = await knex('entities')
    .insert({
      ref,
      kind: 'Component',
      namespace: 'default',
      name,
      type: 'service',
      owner_refs: '["group:default/team"]',
      is_service: true,
      revision: 1,
      ...columns,
    })
    .returning('id');
  return {
    entityId: id,
    entityRef: ref,
    proof: 'object',
    unexpectedNamespace: false,
  };
}

/** The lease of a cluster's scope. */
export async function hold(
  knex: Knex,
  cluster: string,
  holder = 'replica-1',
): Promise<Lease> {
  const lease = await createLeaseStore({ knex }).acquire(
    `cluster:${cluster}`,
    holder,
  );
  if (!lease) {
    throw new Error(`Scope of ${cluster} is taken`);
  }
  return lease;
}

/** A cluster that answered just now, with its kinds. */
export async function addCluster(
  knex: Knex,
  name: string,
  options: { lastContactAt?: number; kinds?: readonly string[] } = {},
): Promise<void> {
  const { lastContactAt = Date.now(), kinds = ['Deployment'] } = options;
  await knex('clusters').insert({
    name,
    environment: name,
    uid: `uid-${name}`,
    state: 'connected',
    state_since: lastContactAt,
    health: 'healthy',
    reason: 'Connected',
    message: 'Answers.',
    last_contact_at: lastContactAt,
    listed_at: lastContactAt,
  });
  for (const kind of kinds) {
    await knex('kind_states').insert({
      cluster: name,
      group: kind === 'Node' ? '' : 'apps',
      kind,
      source: 'kubernetes',
      state: 'synced',
      since: lastContactAt,
      last_contact_at: lastContactAt,
    });
  }
}
