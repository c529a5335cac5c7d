import { ComponentProps } from 'react';
import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { day2ApiFactory, liveQueriesApiFactory } from './apis';
import {
  clustersLinkRef,
  clustersRouteRef,
  fleetLinkRef,
  operationsRouteRef,
  rootRouteRef,
} from './routes';

/** Day 2, for `createApp` of the legacy frontend system. */
export const day2Plugin = createPlugin({
  id: 'day2',
  apis: [day2ApiFactory, liveQueriesApiFactory],
  routes: {
    root: rootRouteRef,
    clusters: clustersRouteRef,
    operations: operationsRouteRef,
  },
  externalRoutes: { fleet: fleetLinkRef, clusters: clustersLinkRef },
});

/** The page of the fleet with its tabs, for `<Route path="/day2">`. */
export const Day2Page = day2Plugin.provide(
  createRoutableExtension({
    name: 'Day2Page',
    component: async () =>
      (await import('./frames/LegacyFleetPage')).LegacyFleetPage,
    mountPoint: rootRouteRef,
  }),
);

/** The tab of an entity, for `<EntityLayout.Route path="/operations">`. */
export const EntityOperationsContent = day2Plugin.provide(
  createRoutableExtension({
    name: 'EntityOperationsContent',
    component: async () =>
      (await import('./frames/LegacyOperationsTab')).LegacyOperationsTab,
    mountPoint: operationsRouteRef,
  }),
);

/** Is this service all right, and if not, which area and why? */
export const EntityOperationsCard = day2Plugin.provide(
  createComponentExtension({
    name: 'EntityOperationsCard',
    component: {
      lazy: async () => {
        const { OperationsCard } = await import('./entity/OperationsCard');
        const { LegacyCardFrame } = await import('./frames/LegacyCardFrame');
        return () => <OperationsCard frame={LegacyCardFrame} />;
      },
    },
  }),
);

/** The things behind one area of a service. */
export const EntityAreaCard = day2Plugin.provide(
  createComponentExtension({
    name: 'EntityAreaCard',
    component: {
      lazy: async () => {
        const { AreaCard } = await import('./entity/AreaCard');
        const { LegacyCardFrame } = await import('./frames/LegacyCardFrame');
        return (props: Pick<ComponentProps<typeof AreaCard>, 'area'>) => (
          <AreaCard {...props} frame={LegacyCardFrame} />
        );
      },
    },
  }),
);

/** The services of a system, domain or group that need someone. */
export const EntityRollupCard = day2Plugin.provide(
  createComponentExtension({
    name: 'EntityRollupCard',
    component: {
      lazy: async () => {
        const { RollupCard } = await import('./entity/RollupCard');
        const { LegacyCardFrame } = await import('./frames/LegacyCardFrame');
        return () => <RollupCard frame={LegacyCardFrame} />;
      },
    },
  }),
);
