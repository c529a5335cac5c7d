import {
  ServiceTimeline,
  TimelineQuery,
} from '@day2ops/backstage-plugin-day2-common';
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { allOf, isIn, rowsOf } from '../../dialect';
import { TransitionRow } from '../../rows';
import { toMoment } from '../../wire';
import { Freshness } from '../freshness/read';
import { findService } from '../services/find';
import { lanesOf } from './lanes';
import { Range, Silence, spansOf, TimelineItem } from './spans';

const weekMs = 7 * 24 * 3600 * 1000;
/** What a page shows, and what lanes are made of. */
const maxTransitions = 500;
const maxRows = 5000;

/** History of one service; `undefined` when there is none that the reader may see. Default: the last 7 days. */
export async function getTimeline(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
  entityRef: string;
  query: TimelineQuery;
}): Promise<ServiceTimeline | undefined> {
  const { knex, freshness, query } = options;
  const service = await findService(options);
  if (!service) {
    return undefined;
  }
  const range = rangeOf(query, freshness.now);
  const { environment } = query;
  const scope = { knex, entityId: service.id, environment };
  const newest = await readTransitions({ ...scope, range });
  const rows = newest.reverse();
  const items = await readItems(scope);
  const clusters = new Set([...items, ...rows].map(row => row.cluster));
  const silences = await readSilences({ knex, freshness, clusters, range });
  const verdicts = rows.filter(row => row.type === 'verdict');
  const shown = verdicts.filter(row => row.at < range.to);
  return {
    from: toMoment(range.from),
    to: toMoment(range.to),
    lanes: lanesOf(spansOf({ range, items, transitions: verdicts, silences })),
    deploys: rows.flatMap(row => toDeploy(row, range) ?? []),
    transitions: shown.slice(-maxTransitions).map(toTransition),
    truncated: shown.length > maxTransitions || rows.length === maxRows,
  };
}

function rangeOf(query: TimelineQuery, now: number): Range {
  const to = query.to ? Math.min(Date.parse(query.to), now) : now;
  const from = query.from ? Date.parse(query.from) : to - weekMs;
  if (from >= to) {
    throw new InputError('from: must be before to, and in the past');
  }
  return { from, to };
}

interface TimelineScope {
  knex: Knex;
  entityId: number;
  environment: readonly string[] | undefined;
}

/**
 * Newest first. Also what came after the range: what an item was within it may only be told by a change that came
 * later.
 */
async function readTransitions(
  options: TimelineScope & { range: Range },
): Promise<TransitionRow[]> {
  const { knex, entityId, environment, range } = options;
  return rowsOf<TransitionRow>(
    knex.raw(
      `SELECT t.* FROM transition_entities l JOIN transitions t ON t.id = l.transition_id
      WHERE ? ORDER BY t.at DESC, t.id DESC LIMIT ${maxRows}`,
      [
        allOf(knex, [
          knex.raw('l.entity_id = ?', [entityId]),
          knex.raw('t.at >= ?', [range.from]),
          environment &&
            isIn({ knex, column: 't.environment', values: environment }),
        ]),
      ],
    ),
  );
}

async function readItems(options: TimelineScope): Promise<TimelineItem[]> {
  const { knex, entityId, environment } = options;
  return rowsOf<TimelineItem>(
    knex.raw(
      `SELECT i.id, i.area, i.cluster, i.health, i.reason, i.message, i.since
      FROM item_entities l JOIN items i ON i.id = l.item_id
      WHERE ? ORDER BY i.severity, i.id LIMIT ${maxRows}`,
      [
        allOf(knex, [
          knex.raw('l.entity_id = ?', [entityId]),
          environment &&
            isIn({ knex, column: 'i.environment', values: environment }),
        ]),
      ],
    ),
  );
}

async function readSilences(options: {
  knex: Knex;
  freshness: Freshness;
  clusters: ReadonlySet<string>;
  range: Range;
}): Promise<Silence[]> {
  const { knex, freshness, clusters, range } = options;
  const past = await rowsOf<Silence>(
    knex.raw(
      'SELECT cluster, "from", "to" FROM silences WHERE ? AND "to" >= ? ORDER BY id',
      [isIn({ knex, column: 'cluster', values: clusters }), range.from],
    ),
  );
  const present = [...freshness.silent].flatMap(name => {
    const last = freshness.clusters.get(name)?.last_contact_at;
    return typeof last === 'number'
      ? [{ cluster: name, from: last, to: freshness.now }]
      : [];
  });
  return [...past, ...present];
}

function toDeploy(
  row: TransitionRow,
  range: Range,
): ServiceTimeline['deploys'][number] | undefined {
  if (row.type !== 'deploy' || row.at >= range.to) {
    return undefined;
  }
  return {
    at: toMoment(row.at),
    itemId: row.item_id,
    environment: row.environment,
    cluster: row.cluster,
    name: row.name,
    from: row.from_label,
    to: row.to_label ?? '',
  };
}

function toTransition(
  row: TransitionRow,
): ServiceTimeline['transitions'][number] {
  return {
    id: String(row.id),
    at: toMoment(row.at),
    itemId: row.item_id,
    area: row.area,
    environment: row.environment,
    cluster: row.cluster,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    from: row.from_health,
    to: row.to_health,
    reason: row.reason,
    message: row.message,
    observedLate: Boolean(row.observed_late),
    times: row.times,
  };
}
