import {
  AuthService,
  coreServices,
  createBackendModule,
  createBackendPlugin,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  CatalogService,
  catalogProcessingExtensionPoint,
  catalogServiceRef,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { day2ServiceReadPermission } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { readDay2Config } from '../config/readDay2Config';
import { deriveServices } from '../database';
import { createTestDatabases } from '../database/__testUtils__/createTestDatabases';
import { createSystemClock } from '../engine/time/createSystemClock';
import { createVisibility } from '../visibility/createVisibility';
import { DatabaseMirror } from './DatabaseMirror';
import { refreshDirectory } from './refreshDirectory';

jest.setTimeout(120_000);

const count = 120;

function create(kind: string, name: string, spec: object): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': 'url:https://example.com',
        'backstage.io/managed-by-origin-location': 'url:https://example.com',
      },
    },
    spec: spec as Entity['spec'],
  };
}

const owner = { owner: 'team' };
const entities = [
  create('Domain', 'sales', owner),
  create('System', 'shop', { ...owner, domain: 'sales' }),
  ...Array.from({ length: count }, (_, index) =>
    create('Component', `c${index}`, {
      type: index % 2 ? 'service' : 'library',
      lifecycle: 'production',
      owner: index < 10 ? 'few' : 'team',
      system: 'shop',
    }),
  ),
];

/** The real catalog, with our entities, and what a plugin gets of it. */
async function startCatalog() {
  let connection: EntityProviderConnection | undefined;
  let given:
    | {
        catalog: CatalogService;
        auth: AuthService;
        discovery: DiscoveryService;
      }
    | undefined;
  const provider: EntityProvider = {
    getProviderName: () => 'test',
    async connect(to) {
      connection = to;
    },
  };
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'test-provider',
        register(env) {
          env.registerInit({
            deps: { processing: catalogProcessingExtensionPoint },
            async init({ processing }) {
              processing.addEntityProvider(provider);
            },
          });
        },
      }),
      createBackendPlugin({
        pluginId: 'day2',
        register(env) {
          env.registerInit({
            deps: {
              catalog: catalogServiceRef,
              auth: coreServices.auth,
              discovery: coreServices.discovery,
            },
            async init(services) {
              given = services;
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: { catalog: { processingInterval: { seconds: 1 } } },
      }),
    ],
  });
  if (!connection || !given) {
    throw new Error('the catalog did not start');
  }
  return { backend, connection, ...given };
}

describe('the directory with the real catalog', () => {
  const databases = createTestDatabases();
  let catalog: Awaited<ReturnType<typeof startCatalog>>;
  let knex: Knex;

  beforeAll(async () => {
    catalog = await startCatalog();
    knex = await databases.init('SQLITE_3');
  });

  afterAll(async () => {
    await catalog.backend.stop();
  });

  const { filter } = readDay2Config(mockServices.rootConfig()).services;
  const refresh = async () =>
    refreshDirectory({
      knex,
      catalog: catalog.catalog,
      credentials: await catalog.auth.getOwnServiceCredentials(),
      filter,
      deriveServices,
    });

  async function refreshUntil(test: () => Promise<boolean>) {
    do {
      await refresh();
    } while (!(await test()));
  }

  it('follows it, and asks it for conditions that it alone knows', async () => {
    await catalog.connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey: 'test' })),
    });
    const complete = () =>
      knex('entities')
        .where({ domain_ref: 'domain:default/sales' })
        .whereRaw("owner_refs <> '[]'")
        .whereNull('gone_at');
    await refreshUntil(async () => (await complete()).length === count + 1);
    expect(await refresh()).toEqual({
      listed: count + 2,
      appeared: 0,
      changed: 0,
      gone: 0,
    });
    expect(await knex('services').pluck('ref')).toHaveLength(count / 2);

    const mirror = new DatabaseMirror({
      knex,
      clock: createSystemClock(),
      logger: mockServices.logger.mock(),
    });
    await mirror.start();
    const conditional = createCatalogConditionalDecision(
      day2ServiceReadPermission,
      {
        allOf: [
          catalogConditions.isEntityOwner({ claims: ['group:default/few'] }),
          catalogConditions.hasSpec({ key: 'type', value: 'service' }),
        ],
      },
    );
    const permissions = mockServices.permissions.mock({
      authorizeConditional: async requests => requests.map(() => conditional),
    });
    const visibility = createVisibility({
      ...catalog,
      permissions,
      mirror,
      clock: createSystemClock(),
      logger: mockServices.logger.mock(),
    });
    const { ids } = await visibility.services(mockCredentials.user());
    const names = [...mirror.entities()]
      .filter(({ id }) => ids !== 'all' && ids.has(id))
      .map(({ name }) => name);
    mirror.stop();
    expect(names.sort()).toEqual(['c1', 'c3', 'c5', 'c7', 'c9']);

    await catalog.connection.applyMutation({
      type: 'delta',
      added: [],
      removed: [{ entityRef: 'component:default/c1', locationKey: 'test' }],
    });
    await refreshUntil(async () => (await complete()).length === count);
    expect(
      await knex('services').where({ ref: 'component:default/c1' }),
    ).toEqual([]);
  });
});
