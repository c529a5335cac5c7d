import AssessmentOutlined from '@material-ui/icons/AssessmentOutlined';
import { convertLegacyRouteRefs } from '@backstage/core-compat-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { day2ApiFactory, liveQueriesApiFactory } from './apis';
import { rollsUpFilter, runsFilter } from './filters';
import {
  clustersLinkRef,
  clustersRouteRef,
  fleetLinkRef,
  operationsPath,
  operationsRouteRef,
  rootRouteRef,
} from './routes';

const routes = convertLegacyRouteRefs({
  root: rootRouteRef,
  clusters: clustersRouteRef,
  operations: operationsRouteRef,
});

const externalRoutes = convertLegacyRouteRefs({
  fleet: fleetLinkRef,
  clusters: clustersLinkRef,
});

const clientApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams => defineParams(day2ApiFactory),
});

const liveQueriesApi = ApiBlueprint.make({
  name: 'live-queries',
  params: defineParams => defineParams(liveQueriesApiFactory),
});

const fleetPage = PageBlueprint.make({
  params: {
    path: '/day2',
    title: 'Day 2',
    icon: <AssessmentOutlined fontSize="inherit" />,
    routeRef: routes.root,
  },
});

const needsAttentionPage = SubPageBlueprint.make({
  name: 'needs-attention',
  params: {
    path: 'needs-attention',
    title: 'Needs attention',
    loader: async () => {
      const { NeedsAttention } = await import('./fleet/NeedsAttention');
      const { FleetFrame } = await import('./frames/FleetFrame');
      return (
        <FleetFrame>
          <NeedsAttention />
        </FleetFrame>
      );
    },
  },
});

const clustersPage = SubPageBlueprint.make({
  name: 'clusters',
  params: {
    path: 'clusters',
    title: 'Clusters',
    loader: async () => {
      const { Clusters } = await import('./fleet/Clusters');
      const { FleetFrame } = await import('./frames/FleetFrame');
      return (
        <FleetFrame>
          <Clusters />
        </FleetFrame>
      );
    },
  },
});

const operationsCard = EntityCardBlueprint.make({
  name: 'operations',
  params: {
    type: 'content',
    filter: runsFilter,
    loader: async () => {
      const { OperationsCard } = await import('./entity/OperationsCard');
      const { EntityCardFrame } = await import('./frames/EntityCardFrame');
      return <OperationsCard frame={EntityCardFrame} />;
    },
  },
});

const workloadsCard = EntityCardBlueprint.make({
  name: 'workloads',
  params: {
    type: 'content',
    filter: runsFilter,
    loader: async () => {
      const { AreaCard } = await import('./entity/AreaCard');
      const { EntityCardFrame } = await import('./frames/EntityCardFrame');
      return <AreaCard area="workloads" frame={EntityCardFrame} />;
    },
  },
});

const rollupCard = EntityCardBlueprint.make({
  name: 'rollup',
  params: {
    type: 'content',
    filter: rollsUpFilter,
    loader: async () => {
      const { RollupCard } = await import('./entity/RollupCard');
      const { EntityCardFrame } = await import('./frames/EntityCardFrame');
      return <RollupCard frame={EntityCardFrame} />;
    },
  },
});

const operationsTab = EntityContentBlueprint.make({
  name: 'operations',
  params: {
    path: `/${operationsPath}`,
    title: 'Operations',
    group: 'operation',
    filter: runsFilter,
    routeRef: routes.operations,
    loader: async () => {
      const { OperationsTab } = await import('./entity/OperationsTab');
      return <OperationsTab />;
    },
  },
});

/** Day 2 for apps on the new frontend system. */
export const day2FrontendPlugin = createFrontendPlugin({
  pluginId: 'day2',
  title: 'Day 2',
  info: { packageJson: () => import('../package.json') },
  routes,
  externalRoutes,
  extensions: [
    clientApi,
    liveQueriesApi,
    fleetPage,
    needsAttentionPage,
    clustersPage,
    operationsCard,
    workloadsCard,
    rollupCard,
    operationsTab,
  ],
});
