import {
  ClusterList,
  Item,
  ItemList,
  ItemsQuery,
  ServiceList,
  ServiceReport,
  ServicesQuery,
  ServiceTimeline,
  TimelineQuery,
} from '@day2ops/backstage-plugin-day2-common';

/** Keys of `entities` that a reader may see. */
export type VisibleSet = ReadonlySet<number> | 'all';

/**
 * The store, as HTTP routes read it. Every read takes what the reader may see; what is not visible does not exist, in
 * items, totals and cursors alike. Staleness is computed here, from the database's clock.
 */
export interface ReadStore {
  /**
   * Everything that answers depend on, as short strings: revisions of scopes and entities, and which clusters and
   * kinds are stale now.
   */
  version(): Promise<readonly string[]>;
  /** Key of a service that exists, visible or not. */
  serviceId(entityRef: string): Promise<number | undefined>;
  /** @throws InputError when the cursor is not one of ours for this filter and sort */
  listServices(options: {
    visible: VisibleSet;
    query: ServicesQuery;
  }): Promise<ServiceList>;
  report(options: {
    visible: VisibleSet;
    entityRef: string;
  }): Promise<ServiceReport | undefined>;
  timeline(options: {
    visible: VisibleSet;
    entityRef: string;
    query: TimelineQuery;
  }): Promise<ServiceTimeline | undefined>;
  listItems(options: {
    visible: VisibleSet;
    query: ItemsQuery;
  }): Promise<ItemList>;
  /** An item of this service. */
  item(options: {
    visible: VisibleSet;
    entityRef: string;
    itemId: string;
  }): Promise<Item | undefined>;
  listClusters(options: { visible: VisibleSet }): Promise<ClusterList['items']>;
}
