import { NotAllowedError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { Registry } from 'prom-client';
import { RouterDeps } from './types';

/** `/metrics` for Prometheus: scrape each replica, not the load balancer. Not audited. */
export function createMetricsRouter(
  deps: Pick<RouterDeps, 'httpAuth' | 'visibility'> & { registry: Registry },
): express.Router {
  const { httpAuth, visibility, registry } = deps;
  const router = Router();
  router.get('/metrics', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    if (!(await visibility.mayReadMetrics(credentials))) {
      throw new NotAllowedError(
        'Metrics need the permission day2.metrics.read',
      );
    }
    response.set('Content-Type', registry.contentType);
    response.send(await registry.metrics());
  });
  return router;
}
