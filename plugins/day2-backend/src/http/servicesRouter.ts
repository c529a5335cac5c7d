import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  servicesQuerySchema,
  timelineQuerySchema,
} from '@day2ops/backstage-plugin-day2-common';
import express from 'express';
import Router from 'express-promise-router';
import { VisibleSet } from '../model/reads';
import { parse } from './parse';
import { createReadHandler } from './readHandler';
import { RouterDeps } from './types';

/** `/services`: the fleet, the report of one service, and its history. */
export function createServicesRouter(deps: RouterDeps): express.Router {
  const { visibility, reads } = deps;
  const router = Router();

  router.get(
    '/',
    createReadHandler({
      ...deps,
      eventId: 'services-list',
      async read(request, credentials) {
        const query = parse(servicesQuerySchema, request.query);
        const { ids: visible, version } = await visibility.services(
          credentials,
        );
        return {
          meta: { query: request.query as Record<string, string> },
          version: async () => [version, ...(await reads.version())],
          body: () => reads.listServices({ visible, query }),
        };
      },
    }),
  );

  router.get(
    '/:kind/:namespace/:name',
    createServiceHandler({
      deps,
      eventId: 'service-read',
      read: (_request, service) => () => reads.report(service),
    }),
  );

  router.get(
    '/:kind/:namespace/:name/timeline',
    createServiceHandler({
      deps,
      eventId: 'service-timeline-read',
      read(request, service) {
        const query = parse(timelineQuerySchema, request.query);
        return () => reads.timeline({ ...service, query });
      },
    }),
  );

  return router;
}

/** A read of the one service that the path names; `read` parses, and what it returns does the work. */
function createServiceHandler(options: {
  deps: RouterDeps;
  eventId: string;
  read(
    request: express.Request,
    service: { visible: VisibleSet; entityRef: string },
  ): () => Promise<unknown>;
}): express.RequestHandler {
  const { deps, eventId, read } = options;
  return createReadHandler({
    ...deps,
    eventId,
    async read(request, credentials) {
      const entityRef = entityRefOf(request);
      const { ids: visible, version } = await deps.visibility.services(
        credentials,
      );
      const load = read(request, { visible, entityRef });
      return {
        meta: { entityRef },
        version: async () => {
          await assertVisible({ deps, visible, entityRef });
          return [version, ...(await deps.reads.version())];
        },
        body: async () => found(await load(), entityRef),
      };
    },
  });
}

/** The ref that the path names, in lower case as the catalog compares refs. */
export function entityRefOf(request: express.Request): string {
  const { kind, namespace, name } = request.params;
  return stringifyEntityRef({ kind, namespace, name }).toLocaleLowerCase(
    'en-US',
  );
}

/** Not visible and not there are one answer, also before a 304. */
async function assertVisible(options: {
  deps: Pick<RouterDeps, 'reads'>;
  visible: VisibleSet;
  entityRef: string;
}): Promise<void> {
  const { deps, visible, entityRef } = options;
  const id = await deps.reads.serviceId(entityRef);
  if (id === undefined || (visible !== 'all' && !visible.has(id))) {
    throw notFound(entityRef);
  }
}

function found<T>(value: T | undefined, entityRef: string): T {
  if (value === undefined) {
    throw notFound(entityRef);
  }
  return value;
}

function notFound(entityRef: string): NotFoundError {
  return new NotFoundError(`Day 2 knows no service ${entityRef}`);
}
