import { useMemo } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Area } from '@day2ops/backstage-plugin-day2-common';
import { clustersLinkRef, fleetLinkRef, operationsPath } from '../routes';

export interface Links {
  /** The tab *Operations* of an entity, at an area or an item when given. */
  operations(entityRef: string, at?: { area?: Area; item?: string }): string;
  /** Pages that the app may not have. */
  fleet?: (query: Record<string, string>) => string;
  clusters?: (cluster?: string) => string;
}

/** Addresses of our pages and of entities. */
export function useLinks(): Links {
  const entityRoute = useRouteRef(entityRouteRef);
  const fleetRoute = useRouteRef(fleetLinkRef);
  const clustersRoute = useRouteRef(clustersLinkRef);
  return useMemo(
    () => ({
      operations: (entityRef, at) => {
        const { kind, namespace, name } = parseEntityRef(entityRef);
        const entity = entityRoute({
          kind: encodeURIComponent(kind.toLocaleLowerCase('en-US')),
          namespace: encodeURIComponent(namespace),
          name: encodeURIComponent(name),
        });
        const item = at?.item ? `?item=${encodeURIComponent(at.item)}` : '';
        const area = at?.area ? `#${at.area}` : '';
        return `${entity.replace(/\/$/, '')}/${operationsPath}${item}${area}`;
      },
      fleet:
        fleetRoute &&
        (query =>
          `${fleetRoute()}/needs-attention?${new URLSearchParams(query)}`),
      clusters:
        clustersRoute &&
        (cluster =>
          cluster
            ? `${clustersRoute()}#${encodeURIComponent(cluster)}`
            : clustersRoute()),
    }),
    [entityRoute, fleetRoute, clustersRoute],
  );
}
