import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/core-plugin-api';

/** Page of the fleet, in both frontend systems. */
export const rootRouteRef = createRouteRef({ id: 'day2' });

/** Its page of clusters. */
export const clustersRouteRef = createSubRouteRef({
  id: 'day2:clusters',
  parent: rootRouteRef,
  path: '/clusters',
});

/** The tab on an entity's page. */
export const operationsRouteRef = createRouteRef({ id: 'day2:operations' });

/** Where cards link to; optional, so that they work in an app without our pages. */
export const fleetLinkRef = createExternalRouteRef({
  id: 'day2:fleet-link',
  optional: true,
  defaultTarget: 'day2.root',
});

/** See `fleetLinkRef`. */
export const clustersLinkRef = createExternalRouteRef({
  id: 'day2:clusters-link',
  optional: true,
  defaultTarget: 'day2.clusters',
});

/** Where the tab is by default, below the entity's page. */
export const operationsPath = 'operations';
