import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import day2Plugin from '../src';
import { createEntity, createSystem } from '../src/__fixtures__/entities';
import { reportStates } from '../src/__fixtures__/states';
import { day2ApiRef } from '../src/api/types';
import { StatesApi } from './StatesApi';
import { statesPlugin } from './statesPlugin';

const entities = [
  createEntity('gsv-api'),
  ...Object.keys(reportStates).map(createEntity),
  createSystem(),
];

const catalogFixtures = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock({ entities }),
        }),
    }),
  ],
});

const day2Fixtures = createFrontendModule({
  pluginId: 'day2',
  extensions: [
    ApiBlueprint.make({
      name: 'client',
      params: defineParams =>
        defineParams({
          api: day2ApiRef,
          deps: {},
          factory: () => new StatesApi(),
        }),
    }),
  ],
});

createDevApp({
  features: [
    catalogPlugin,
    catalogFixtures,
    day2Plugin,
    day2Fixtures,
    statesPlugin,
  ],
});
