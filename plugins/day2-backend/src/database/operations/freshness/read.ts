import { kindName } from '@day2ops/backstage-plugin-day2-node';
import { Knex } from 'knex';
import { databaseNow, rowsOf } from '../../dialect';
import { ClusterRow, KindStateRow } from '../../rows';

/** Without contact for this long, nobody says that what was read is still so. */
export const staleAfterMs = 90_000;

/** What can be seen now, and since when not what cannot. */
export interface Freshness {
  now: number;
  clusters: ReadonlyMap<string, ClusterRow>;
  kinds: readonly KindStateRow[];
  /** Clusters that cannot be read now. */
  silent: ReadonlySet<string>;
  /** Kinds without contact in clusters that can be read, as `staleKey`. */
  staleKinds: ReadonlySet<string>;
  /** Clusters that have such kinds. */
  partial: ReadonlySet<string>;
  /** Clusters whose first reading is not complete. */
  pending: readonly string[];
  /** Last contact with an item's kind in its cluster, and whether it is too long ago. */
  of(item: { cluster: string; group: string; kind: string }): {
    stale: boolean;
    lastContactAt: number | undefined;
  };
}

/** `cluster/Kind.group`: a cluster and a kind as one text. */
function staleKey(item: {
  cluster: string;
  group: string;
  kind: string;
}): string {
  return `${item.cluster}/${kindName(item)}`;
}

/** `staleKey` in SQL. */
export function staleKeySql(alias: string): string {
  return `(${alias}.cluster || '/' || CASE WHEN ${alias}."group" = '' THEN ${alias}.kind ELSE ${alias}.kind || '.' || ${alias}."group" END)`;
}

const unreadable = ['silent', 'unauthenticated', 'clientAuth', 'duplicate'];

/**
 * Staleness, as every reader on every replica computes it from the database's clock: a collector that is dead writes
 * nothing, so nobody else can say so.
 */
export async function readFreshness(options: {
  knex: Knex;
}): Promise<Freshness> {
  const { knex } = options;
  const rows = await rowsOf<ClusterRow & { now: number }>(
    knex.raw(
      `SELECT c.*, t.now FROM (SELECT ${databaseNow(knex)} AS now) t
      LEFT JOIN clusters c ON 1 = 1`,
    ),
  );
  const kinds: KindStateRow[] = await knex('kind_states').select();
  const { now } = rows[0];
  const clusters = new Map(
    rows.filter(row => row.name !== null).map(row => [row.name, row]),
  );
  const isOld = (at: number) => now - at > staleAfterMs;
  const silent = new Set(
    [...clusters.values()]
      .filter(
        row =>
          unreadable.includes(row.state) || isOld(row.last_contact_at ?? 0),
      )
      .map(row => row.name),
  );
  const contacts = new Map(
    kinds.map(row => [staleKey(row), row.last_contact_at]),
  );
  // A kind that its cluster no longer knows has no items, and one not heard of yet goes by its cluster.
  const stale = kinds.filter(
    row =>
      !silent.has(row.cluster) &&
      row.state !== 'absent' &&
      isOld(row.last_contact_at ?? now),
  );
  const staleKinds = new Set(stale.map(staleKey));
  return {
    now,
    clusters,
    kinds,
    silent,
    staleKinds,
    partial: new Set(stale.map(row => row.cluster)),
    pending: pendingClusters(clusters, kinds),
    of(item) {
      const key = staleKey(item);
      const lastContactAt =
        contacts.get(key) ?? clusters.get(item.cluster)?.last_contact_at;
      return {
        stale: silent.has(item.cluster) || staleKinds.has(key),
        lastContactAt: lastContactAt ?? undefined,
      };
    },
  };
}

const unread = ['init', 'listing'];

function pendingClusters(
  clusters: ReadonlyMap<string, ClusterRow>,
  kinds: readonly KindStateRow[],
): string[] {
  const known = new Set(kinds.map(row => row.cluster));
  const reading = new Set(
    kinds
      .filter(row => unread.includes(row.state) && row.last_contact_at === null)
      .map(row => row.cluster),
  );
  return [...clusters.values()]
    .filter(
      ({ name, state }) =>
        state === 'neverSynced' ||
        reading.has(name) ||
        (state === 'connected' && !known.has(name)),
    )
    .map(row => row.name);
}
