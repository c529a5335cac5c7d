import { Knex } from 'knex';
import { ReadStore } from '../model/reads';
import { listClusters } from './operations/clusters/list';
import { readFreshness } from './operations/freshness/read';
import { readVersion } from './operations/freshness/version';
import { getItem } from './operations/items/get';
import { listItems } from './operations/items/list';
import { getReport } from './operations/reports/get';
import { findService } from './operations/services/find';
import { listServices } from './operations/services/list';
import { loadCursorKey } from './operations/settings/cursorKey';
import { getTimeline } from './operations/timeline/get';

/** The store as HTTP routes see it. */
export async function createReadStore(options: {
  knex: Knex;
}): Promise<ReadStore> {
  const { knex } = options;
  const cursorKey = await loadCursorKey({ knex });
  const now = async () => ({ knex, freshness: await readFreshness({ knex }) });
  return {
    version: () => readVersion({ knex }),
    serviceId: async entityRef =>
      (await findService({ knex, visible: 'all', entityRef }))?.id,
    listServices: async read =>
      listServices({ ...read, ...(await now()), cursorKey }),
    report: async read => getReport({ ...read, ...(await now()) }),
    timeline: async read => getTimeline({ ...read, ...(await now()) }),
    listItems: async read =>
      listItems({ ...read, ...(await now()), cursorKey }),
    item: async read => getItem({ ...read, ...(await now()) }),
    listClusters: async read => listClusters({ ...read, ...(await now()) }),
  };
}
