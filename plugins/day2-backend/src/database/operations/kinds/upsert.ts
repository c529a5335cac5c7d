import { Knex } from 'knex';
import { KindStateWrite } from '../../../model/types';
import { chunksOf } from '../../dialect';

/** States of a cluster's kinds; when they were last heard of stays. */
export async function upsertKindStates(options: {
  tx: Knex;
  cluster: string;
  kindStates: readonly KindStateWrite[];
}): Promise<void> {
  const { tx, cluster, kindStates } = options;
  for (const chunk of chunksOf(kindStates)) {
    await tx('kind_states')
      .insert(
        chunk.map(kind => ({
          cluster,
          group: kind.group,
          kind: kind.kind,
          source: kind.source,
          state: kind.state,
          since: kind.since,
          objects: kind.objects,
          quarantined: kind.quarantined,
          message: kind.message ?? null,
        })),
      )
      .onConflict(['cluster', 'group', 'kind'])
      .merge();
  }
}
