import {
  clusterListSchema,
  itemEventsSchema,
  itemListSchema,
  itemLogsSchema,
  itemsQuerySchema,
  logsQuerySchema,
  serviceListSchema,
  serviceReportSchema,
  servicesQuerySchema,
  serviceTimelineSchema,
  timelineQuerySchema,
} from '@day2ops/backstage-plugin-day2-common';
import { z } from 'zod';

/** A route as the OpenAPI document describes it; tests hold routers and answers to this table. */
export interface RouteDescription {
  operationId: string;
  /** With `{name}` for parameters. */
  path: string;
  summary: string;
  query: z.ZodObject;
  response: z.ZodType;
  /** Whether `ETag` and `If-None-Match` are honoured. */
  conditional: boolean;
}

const none = z.strictObject({});
const service = '/services/{kind}/{namespace}/{name}';

export const routes: readonly RouteDescription[] = [
  {
    operationId: 'listServices',
    path: '/services',
    summary: 'Services that the caller may see, worst first',
    query: servicesQuerySchema,
    response: serviceListSchema,
    conditional: true,
  },
  {
    operationId: 'getServiceReport',
    path: service,
    summary: 'Everything known of one service now',
    query: none,
    response: serviceReportSchema,
    conditional: true,
  },
  {
    operationId: 'getServiceTimeline',
    path: `${service}/timeline`,
    summary: 'History of one service, the last 7 days unless asked otherwise',
    query: timelineQuerySchema,
    response: serviceTimelineSchema,
    conditional: true,
  },
  {
    operationId: 'getItemEvents',
    path: `${service}/items/{id}/events`,
    summary: 'Events of an item and its worst pods, asked of the cluster now',
    query: none,
    response: itemEventsSchema,
    conditional: false,
  },
  {
    operationId: 'getItemLogs',
    path: `${service}/items/{id}/logs`,
    summary: 'Last log lines of a container, asked of the cluster now',
    query: logsQuerySchema,
    response: itemLogsSchema,
    conditional: false,
  },
  {
    operationId: 'listItems',
    path: '/items',
    summary: 'Items of services that the caller may see, worst first',
    query: itemsQuerySchema,
    response: itemListSchema,
    conditional: true,
  },
  {
    operationId: 'listClusters',
    path: '/clusters',
    summary: 'Clusters, what can be read in them and how fresh it is',
    query: none,
    response: clusterListSchema,
    conditional: true,
  },
];
