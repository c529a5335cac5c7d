import { Knex } from 'knex';
import { z } from 'zod';
import { StoredItem } from '../../../model/types';
import { verdictSchema } from '@day2ops/backstage-plugin-day2-common';
import { ItemRow } from '../../rows';

const recordedSchema = verdictSchema.pick({ health: true, reason: true });
const pendingSchema = z.object({ since: z.number(), worst: verdictSchema });

/** What a collector knew of its scope when it last wrote, for it to go on from after a start or a take-over. */
export async function loadScope(options: {
  knex: Knex;
  scope: string;
}): Promise<StoredItem[]> {
  const { knex, scope } = options;
  const rows: ItemRow[] = await knex('items')
    .select(
      'id',
      'kind',
      'group',
      'health',
      'reason',
      'params',
      'message',
      'since',
      'since_source',
      'flapping_times',
      'flapping_since',
      'recorded',
      'pending',
      'revision_id',
      'revision_label',
      'digest',
    )
    .where({ scope });
  return rows.map(storedItemOf);
}

function storedItemOf(row: ItemRow): StoredItem {
  const { health, reason, message } = row;
  const { flapping_times: times, flapping_since: flappingSince } = row;
  const { revision_id: revisionId, revision_label: label } = row;
  return {
    id: row.id,
    kind: row.kind,
    group: row.group,
    verdict: { health, reason, params: JSON.parse(row.params), message },
    since: row.since,
    sinceSource: row.since_source,
    flapping:
      times === null || flappingSince === null
        ? undefined
        : { times, since: flappingSince },
    recorded: row.recorded
      ? recordedSchema.parse(JSON.parse(row.recorded))
      : undefined,
    pending: row.pending
      ? pendingSchema.parse(JSON.parse(row.pending))
      : undefined,
    revision:
      revisionId === null ? undefined : { id: revisionId, label: label ?? '' },
    digest: row.digest,
  };
}
