import { Knex } from 'knex';
import { Transition } from '../../../model/types';
import { chunksOf, rowsOf } from '../../dialect';
import { ItemRow, TransitionRow } from '../../rows';

/** What of an item its history keeps. */
export type TransitionSubject = Pick<
  ItemRow,
  | 'cluster'
  | 'cluster_uid'
  | 'environment'
  | 'area'
  | 'kind'
  | 'namespace'
  | 'name'
>;

export interface TransitionRecord {
  transition: Transition;
  subject: TransitionSubject;
  /** Whose history this is, as of now. */
  entityIds: readonly number[];
  /** When it last fell back, for a row that flapped. */
  lastAt?: number;
}

/** Adds transitions with the entities of their time; what flapped raises a row that is there. */
export async function recordTransitions(options: {
  tx: Knex;
  scope: string;
  records: readonly TransitionRecord[];
}): Promise<void> {
  const { tx, scope, records } = options;
  const added: TransitionRecord[] = [];
  for (const record of records) {
    if (!record.transition.raises) {
      added.push(record);
      continue;
    }
    const index = added.findLastIndex(one => isVerdictOf(one, record));
    if (index >= 0) {
      added[index] = raisedRow(added[index], record);
    } else if (!(await raise(tx, record.transition))) {
      added.push(record);
    }
  }
  for (const chunk of chunksOf(added)) {
    const ids: { id: number }[] = await tx('transitions')
      .insert(chunk.map(record => rowOf(scope, record)))
      .returning('id');
    const links = chunk.flatMap((record, index) =>
      [...new Set(record.entityIds)].map(entityId => ({
        transition_id: ids[index].id,
        entity_id: entityId,
      })),
    );
    for (const part of chunksOf(links)) {
      await tx('transition_entities').insert(part);
    }
  }
}

function isVerdictOf(one: TransitionRecord, record: TransitionRecord): boolean {
  const { itemId, deploy } = one.transition;
  return itemId === record.transition.itemId && !deploy;
}

/** A row of this very batch that flapped before it was written. */
function raisedRow(
  row: TransitionRecord,
  by: TransitionRecord,
): TransitionRecord {
  const times = row.transition.times + 1;
  return {
    ...row,
    lastAt: by.transition.at,
    transition: { ...row.transition, times },
  };
}

async function raise(tx: Knex, transition: Transition): Promise<boolean> {
  const raised = await rowsOf<{ id: number }>(
    tx.raw(
      `UPDATE transitions SET times = times + 1, last_at = ? WHERE id = (
        SELECT MAX(id) FROM transitions WHERE item_id = ? AND type = 'verdict'
      ) RETURNING id`,
      [transition.at, transition.itemId],
    ),
  );
  return raised.length > 0;
}

function rowOf(
  scope: string,
  { transition, subject, lastAt }: TransitionRecord,
): Omit<TransitionRow, 'id'> {
  const { to, deploy } = transition;
  return {
    at: transition.at,
    last_at: lastAt ?? transition.at,
    item_id: transition.itemId,
    scope,
    ...subject,
    type: deploy ? 'deploy' : 'verdict',
    from_health: transition.from?.health ?? null,
    from_reason: transition.from?.reason ?? null,
    to_health: to?.health ?? null,
    reason: to?.reason ?? 'Removed',
    message: to?.message ?? `${subject.kind} ${subject.name} is gone.`,
    from_label: deploy?.from ?? null,
    to_label: deploy?.to ?? null,
    observed_late: transition.observedLate,
    times: transition.times,
  };
}
