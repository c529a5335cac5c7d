import { createApiRef } from '@backstage/core-plugin-api';
import {
  ClusterList,
  ItemEvents,
  ItemList,
  ItemLogs,
  ServiceList,
  ServiceReport,
  ServiceTimeline,
} from '@day2ops/backstage-plugin-day2-common';

/** Values of one query parameter; several mean any of them. */
export type QueryValue = string | number | boolean | readonly string[];

/** Query parameters of a list; what is `undefined` or empty is left out. */
export type Query = Readonly<Record<string, QueryValue | undefined>>;

export interface LogsRequest {
  entityRef: string;
  itemId: string;
  pod: string;
  container?: string;
  previous?: boolean;
  tail?: number;
}

/**
 * What the backend of Day 2 answers. Every call reads the backend's own store, never a cluster, except `getEvents` and
 * `getLogs`.
 *
 * Rejects with `Day2RequestError`.
 */
export interface Day2Api {
  listServices(query: Query): Promise<ServiceList>;
  getService(entityRef: string): Promise<ServiceReport>;
  getTimeline(entityRef: string, query: Query): Promise<ServiceTimeline>;
  listItems(query: Query): Promise<ItemList>;
  listClusters(): Promise<ClusterList>;
  getEvents(entityRef: string, itemId: string): Promise<ItemEvents>;
  getLogs(request: LogsRequest): Promise<ItemLogs>;
}

export const day2ApiRef = createApiRef<Day2Api>({ id: 'plugin.day2.client' });
