import express from 'express';
import Router from 'express-promise-router';
import { Histogram, Registry } from 'prom-client';
import { createClustersRouter } from './clustersRouter';
import { createItemsRouter } from './itemsRouter';
import { createMetricsRouter } from './metricsRouter';
import { createOnDemandRouter } from './onDemandRouter';
import { createDocument } from './openapi/createDocument';
import { createServicesRouter } from './servicesRouter';
import { RouterDeps } from './types';

/** Everything below `/api/day2`. */
export function createRouter(
  deps: RouterDeps & {
    registry: Registry;
    requestSeconds: Histogram<'route' | 'status'>;
  },
): express.Router {
  const router = Router();
  router.use(measureRequests(deps.requestSeconds));
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

/** Measures by route pattern: refs in labels would be as many series as services. */
function measureRequests(
  seconds: Histogram<'route' | 'status'>,
): express.RequestHandler {
  return (request, response, next) => {
    const end = seconds.startTimer();
    response.once('finish', () => {
      const route = request.route
        ? `${request.baseUrl}${request.route.path}`
        : 'unmatched';
      end({ route, status: response.statusCode });
    });
    next();
  };
}
