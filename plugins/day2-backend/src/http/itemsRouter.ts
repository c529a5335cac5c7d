import { NotAllowedError } from '@backstage/errors';
import { itemsQuerySchema } from '@day2ops/backstage-plugin-day2-common';
import express from 'express';
import Router from 'express-promise-router';
import { parse } from './parse';
import { createReadHandler } from './readHandler';
import { RouterDeps } from './types';

/** `/items`: judged things across services, and those that belong to none. */
export function createItemsRouter(deps: RouterDeps): express.Router {
  const { visibility, reads } = deps;
  const router = Router();

  router.get(
    '/',
    createReadHandler({
      ...deps,
      eventId: 'items-list',
      async read(request, credentials) {
        const query = parse(itemsQuerySchema, request.query);
        if (query.unowned && !(await visibility.mayReadClusters(credentials))) {
          throw new NotAllowedError(
            'unowned: items that belong to no entity need the permission day2.cluster.read',
          );
        }
        const { ids: visible, version } = await visibility.services(
          credentials,
        );
        return {
          meta: { query: request.query as Record<string, string> },
          version: async () => [version, ...(await reads.version())],
          body: () => reads.listItems({ visible, query }),
        };
      },
    }),
  );

  return router;
}
