import express from 'express';
import Router from 'express-promise-router';
import { Registry } from 'prom-client';
import { createClustersRouter } from './clustersRouter';
import { createItemsRouter } from './itemsRouter';
import { createMetricsRouter } from './metricsRouter';
import { createOnDemandRouter } from './onDemandRouter';
import { createDocument } from './openapi/createDocument';
import { createServicesRouter } from './servicesRouter';
import { RouterDeps } from './types';

/** Everything below `/api/day2`. */
export function createRouter(
  deps: RouterDeps & { registry: Registry },
): express.Router {
  const router = Router();
  router.use('/v1/services', createServicesRouter(deps));
  router.use('/v1/services', createOnDemandRouter(deps));
  router.use('/v1/items', createItemsRouter(deps));
  router.use('/v1/clusters', createClustersRouter(deps));
  const document = createDocument();
  router.get('/v1/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.use(createMetricsRouter(deps));
  return router;
}
