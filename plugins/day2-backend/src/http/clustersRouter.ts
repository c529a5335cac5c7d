import { NotAllowedError } from '@backstage/errors';
import { ClusterList } from '@day2ops/backstage-plugin-day2-common';
import express from 'express';
import Router from 'express-promise-router';
import { createReadHandler } from './readHandler';
import { RouterDeps } from './types';

/** `/clusters`: needs `day2.cluster.read`; counts services that the reader may see. */
export function createClustersRouter(deps: RouterDeps): express.Router {
  const { visibility, reads, problem } = deps;
  const router = Router();

  router.get(
    '/',
    createReadHandler({
      ...deps,
      eventId: 'clusters-list',
      async read(_request, credentials) {
        if (!(await visibility.mayReadClusters(credentials))) {
          throw new NotAllowedError(
            'Clusters need the permission day2.cluster.read',
          );
        }
        const { ids: visible, version } = await visibility.services(
          credentials,
        );
        return {
          meta: {},
          version: async () => [version, problem(), ...(await reads.version())],
          body: async (): Promise<ClusterList> => ({
            items: await reads.listClusters({ visible }),
            problem: problem() ?? null,
          }),
        };
      },
    }),
  );

  return router;
}
