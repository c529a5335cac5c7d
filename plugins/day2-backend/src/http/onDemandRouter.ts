import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  day2LogsReadPermission,
  Item,
  logsQuerySchema,
} from '@day2ops/backstage-plugin-day2-common';
import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import express from 'express';
import Router from 'express-promise-router';
import { readEvents } from '../ondemand/readEvents';
import { readLogs } from '../ondemand/readLogs';
import { TooManyRequestsError } from '../ondemand/TooManyRequestsError';
import { parse } from './parse';
import { auditRefusal } from './readHandler';
import { entityRefOf } from './servicesRouter';
import { RouterDeps } from './types';

interface OnDemandRead {
  gateway: ClusterGateway;
  item: Item;
  signal: AbortSignal;
}

/**
 * `/services/.../items/{id}/events` and `logs`: the only routes that ask a cluster, each for one person and one item,
 * with limits.
 */
export function createOnDemandRouter(deps: RouterDeps): express.Router {
  const router = Router();
  const path = '/:kind/:namespace/:name/items/:id';

  router.get(
    `${path}/events`,
    createOnDemandHandler({
      deps,
      eventId: 'item-events-read',
      read: (_request, on) => readEvents(on),
    }),
  );

  router.get(
    `${path}/logs`,
    createOnDemandHandler({
      deps,
      eventId: 'item-logs-read',
      authorize: credentials => entityRef =>
        mayReadLogs({ deps, credentials, entityRef }),
      read: (request, on) =>
        readLogs({ ...on, query: parse(logsQuerySchema, request.query) }),
    }),
  );

  return router;
}

function createOnDemandHandler(options: {
  deps: RouterDeps;
  eventId: string;
  authorize?(
    credentials: BackstageCredentials,
  ): (entityRef: string) => Promise<boolean>;
  read(request: express.Request, on: OnDemandRead): Promise<unknown>;
}): express.RequestHandler {
  const { deps, eventId, authorize, read } = options;
  return async (request, response) => {
    const credentials = await deps.httpAuth.credentials(request, {
      allow: ['user'],
    });
    const entityRef = entityRefOf(request);
    const meta = { entityRef, itemId: request.params.id };
    try {
      const { ids: visible } = await deps.visibility.services(credentials);
      const itemId = request.params.id;
      const item = await deps.reads.item({ visible, entityRef, itemId });
      if (!item) {
        throw new NotFoundError(`Service ${entityRef} has no item ${itemId}`);
      }
      if (authorize && !(await authorize(credentials)(entityRef))) {
        throw new NotAllowedError(
          `Logs of ${entityRef} need the permission day2.logs.read`,
        );
      }
      const gateway = deps.gateway();
      if (!gateway) {
        throw new ServiceUnavailableError('No cluster can be reached');
      }
      deps.limitOnDemand(credentials.principal.userEntityRef);
      const event = await deps.auditor.createEvent({
        eventId,
        severityLevel: 'medium',
        request,
        meta,
      });
      const signal = abortedWith(response);
      const answer = await read(request, { gateway, item, signal });
      response.set('Cache-Control', 'no-store').json(answer);
      await event.success();
    } catch (error) {
      if (error instanceof TooManyRequestsError) {
        response.set('Retry-After', String(error.retryAfterSeconds));
      }
      await auditRefusal({
        auditor: deps.auditor,
        eventId,
        request,
        meta,
        error,
      });
      throw error;
    }
  };
}

/** Ends the cluster's work when the person leaves. */
function abortedWith(response: express.Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

async function mayReadLogs(options: {
  deps: RouterDeps;
  credentials: BackstageCredentials;
  entityRef: string;
}): Promise<boolean> {
  const { deps, credentials, entityRef } = options;
  const [decision] = await deps.permissions.authorize(
    [{ permission: day2LogsReadPermission, resourceRef: entityRef }],
    { credentials },
  );
  return decision.result === AuthorizeResult.ALLOW;
}
