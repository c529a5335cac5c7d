import { createPermission } from '@backstage/plugin-permission-common';

/** The catalog's resource type: policies may answer with the catalog's own conditions. */
const RESOURCE_TYPE_CATALOG_ENTITY = 'catalog-entity';

/**
 * See the health, items and history of a service. Asked together with `catalog.entity.read`; both must allow.
 *
 * @public
 */
export const day2ServiceReadPermission = createPermission({
  name: 'day2.service.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Load log lines of a service's pods from the cluster, on demand.
 *
 * @public
 */
export const day2LogsReadPermission = createPermission({
  name: 'day2.logs.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * See clusters, what can be read in them, their nodes, and items that belong to no entity.
 *
 * @public
 */
export const day2ClusterReadPermission = createPermission({
  name: 'day2.cluster.read',
  attributes: { action: 'read' },
});

/**
 * Scrape `/api/day2/metrics`.
 *
 * @public
 */
export const day2MetricsReadPermission = createPermission({
  name: 'day2.metrics.read',
  attributes: { action: 'read' },
});

/** @public */
export const day2Permissions = [
  day2ServiceReadPermission,
  day2LogsReadPermission,
  day2ClusterReadPermission,
  day2MetricsReadPermission,
];
