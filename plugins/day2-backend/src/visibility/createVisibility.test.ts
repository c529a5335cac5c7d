import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
  permissionRules,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createPermissionIntegrationRouter } from '@backstage/plugin-permission-node';
import { day2ServiceReadPermission } from '@day2ops/backstage-plugin-day2-common';
import express from 'express';
import { toDirectoryEntity } from '../directory/toDirectoryEntity';
import { toEntityRow } from '../directory/toEntityRow';
import { ManualClock } from '../engine/__testUtils__/ManualClock';
import { addPermissions } from './addPermissions';
import { createVisibility } from './createVisibility';

type Conditions = Parameters<typeof createCatalogConditionalDecision>[1];

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const when = (conditions: Conditions): PolicyDecision =>
  createCatalogConditionalDecision(day2ServiceReadPermission, conditions);
const { isEntityOwner, isEntityKind, hasMetadata, hasLabel } =
  catalogConditions;

function component(
  name: string,
  owner: string,
  rest: Partial<Entity> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', ...rest.metadata },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
    ...(rest.kind && { kind: rest.kind }),
  };
}

const shop = [
  component('cart', 'shop', {
    metadata: { name: 'cart', labels: { tier: 'one' } },
  }),
  component('search', 'shop'),
  component('shop', 'shop', { kind: 'System' }),
];
const bank = [
  component('ledger', 'bank', {
    metadata: { name: 'ledger', labels: { tier: 'one' }, title: 'Ledger' },
  }),
  component('vault', 'bank', { kind: 'Resource' }),
];

describe('createVisibility', () => {
  const auth = mockServices.auth();
  let entities: Entity[];
  let clock: ManualClock;
  let generation: number;
  let policy: (user: string) => {
    'catalog.entity.read': PolicyDecision;
    'day2.service.read': PolicyDecision;
  };
  let questions: string[];
  let server: Server | undefined;
  let bodies: number[];

  beforeEach(() => {
    entities = [...shop, ...bank];
    clock = new ManualClock();
    generation = 1;
    questions = [];
    bodies = [];
  });

  afterEach(async () => {
    const open = server;
    server = undefined;
    await new Promise(resolve => (open ? open.close(resolve) : resolve(open)));
  });

  function setup(
    options: { catalogUrl?: string; fail?: boolean; ready?: boolean } = {},
  ) {
    const logger = mockServices.logger.mock();
    const permissions: PermissionsService = {
      async authorizeConditional(requests, { credentials }: any) {
        const user = credentials.principal.userEntityRef ?? 'service';
        questions.push(user);
        if (options.fail) {
          throw new Error('connection refused');
        }
        const decisions: Record<string, PolicyDecision> = policy(user);
        return requests.map(({ permission }) => decisions[permission.name]);
      },
      async authorize(requests, { credentials }: any) {
        questions.push(
          requests.map(({ permission }) => permission.name).join(),
        );
        const isAnn =
          credentials.principal.userEntityRef === 'user:default/ann';
        const may = isAnn || credentials.principal.type === 'service';
        return requests.map(() => (may ? allow : deny) as any);
      },
    };
    const visibility = createVisibility({
      permissions,
      auth,
      discovery: {
        getBaseUrl: async () => options.catalogUrl ?? 'http://127.0.0.1:1',
        getExternalBaseUrl: async () => '',
      },
      mirror: {
        isReady: () => options.ready ?? true,
        generation: () => generation,
        *entities() {
          for (const [index, entity] of entities.entries()) {
            yield toDirectoryEntity({
              ...toEntityRow(entity, []),
              id: index + 1,
              revision: 1,
              gone_at: null,
            });
          }
        },
      },
      clock,
      logger,
    });
    const names = async (credentials: BackstageCredentials) => {
      const { ids } = await visibility.services(credentials);
      return ids === 'all'
        ? ids
        : [...ids].map(id => entities[id - 1].metadata.name);
    };
    return { visibility, logger, names };
  }

  /** The catalog's own router, with its own rules and its limit of bodies. */
  async function startCatalog(): Promise<string> {
    const app = express();
    app.use((request, _response, next) => {
      bodies.push(Number(request.headers['content-length']));
      next();
    });
    app.use(
      createPermissionIntegrationRouter({
        resourceType: 'catalog-entity',
        rules: Object.values(permissionRules) as any,
        getResources: async (refs: string[]) =>
          refs.map(ref =>
            entities.find(entity => stringifyEntityRef(entity) === ref),
          ),
      }),
    );
    const started = createServer(app);
    server = started;
    await new Promise<void>(resolve => {
      started.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
  }

  const ann = mockCredentials.user('user:default/ann');
  const bob = mockCredentials.user('user:default/bob');

  it('lets each see his own, in sets and in versions', async () => {
    policy = user => ({
      'catalog.entity.read': allow,
      'day2.service.read':
        user === 'user:default/ann'
          ? allow
          : when(isEntityOwner({ claims: ['group:default/bank', user] })),
    });
    const { visibility, names } = setup();
    expect(await visibility.services(ann)).toEqual({
      ids: 'all',
      version: 'all',
    });
    expect(await names(bob)).toEqual(['ledger', 'vault']);

    // What others' services do changes nothing that Bob could tell.
    const { version } = await visibility.services(bob);
    entities = [...entities, component('more', 'shop')];
    generation += 1;
    expect((await visibility.services(bob)).version).toBe(version);
    entities = [...entities, component('mint', 'bank')];
    generation += 1;
    expect(await names(bob)).toEqual(['ledger', 'vault', 'mint']);
    expect((await visibility.services(bob)).version).not.toBe(version);
  });

  it('needs both permissions, and intersects their conditions', async () => {
    const { names } = setup();
    const owner = when(isEntityOwner({ claims: ['group:default/bank'] }));
    const tier = when(hasLabel({ label: 'tier', value: 'one' }));
    const see = async (catalog: PolicyDecision, day2: PolicyDecision) => {
      policy = () => ({
        'catalog.entity.read': catalog,
        'day2.service.read': day2,
      });
      await clock.advance(10_000);
      return names(bob);
    };
    expect(await see(owner, tier)).toEqual(['ledger']);
    expect(await see(owner, allow)).toEqual(['ledger', 'vault']);
    expect(await see(allow, tier)).toEqual(['cart', 'ledger']);
    expect(await see(allow, allow)).toBe('all');
    expect(await see(deny, allow)).toEqual([]);
    expect(await see(allow, deny)).toEqual([]);
    expect(await see(deny, owner)).toEqual([]);
    // Systems never run, so they are not in a set of services.
    expect(
      await see(allow, when({ not: isEntityKind({ kinds: ['resource'] }) })),
    ).toEqual(['cart', 'search', 'ledger']);
  });

  it('denies conditions that are not the catalog’s, and says so', async () => {
    const { names, logger } = setup();
    const condition = {
      rule: 'IS_ENTITY_KIND',
      resourceType: 'catalog-entity',
    };
    for (const foreign of [
      {
        pluginId: 'day2',
        resourceType: 'catalog-entity',
        conditions: condition,
      },
      { pluginId: 'catalog', resourceType: 'other', conditions: condition },
      {
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: { ...condition, resourceType: 'other' },
      },
    ]) {
      policy = () => ({
        'catalog.entity.read': allow,
        'day2.service.read': {
          result: AuthorizeResult.CONDITIONAL,
          ...foreign,
        },
      });
      await clock.advance(10_000);
      expect(await names(bob)).toEqual([]);
    }
    expect(logger.warn).toHaveBeenCalledTimes(3);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(
        'Denied day2.service.read: the policy answered with conditions of plugin day2',
      ),
    );
  });

  it('leaves other rules to the catalog, in bodies that it takes', async () => {
    entities = [
      ...entities,
      ...Array.from({ length: 3000 }, (_, index) =>
        component(`bulk-${index}`, 'x'),
      ),
    ];
    const claims = Array.from(
      { length: 200 },
      (_, index) => `group:default/team-${index}`,
    );
    policy = () => ({
      'catalog.entity.read': when({
        anyOf: [
          isEntityOwner({ claims: [...claims, 'group:default/bank'] }),
          isEntityOwner({ claims: ['group:default/x'] }),
        ],
      }),
      'day2.service.read': when({
        anyOf: [
          hasMetadata({ key: 'title', value: 'Ledger' }),
          hasMetadata({ key: 'name', value: 'bulk-7' }),
        ],
      }),
    });
    const { names } = setup({ catalogUrl: await startCatalog() });
    expect(await names(bob)).toEqual(['ledger', 'bulk-7']);
    expect(bodies.length).toBeGreaterThan(1);
    expect(Math.max(...bodies)).toBeLessThanOrEqual(64 * 1024);
  });

  it('asks the catalog for entities whose labels did not all fit', async () => {
    const labels = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`l${index}`, 'x'.repeat(63)]),
    );
    const huge = component('huge', 'bank', {
      metadata: { name: 'huge', labels: { ...labels, zzz: 'secret' } },
    });
    entities = [...shop, huge];
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': when({ not: hasLabel({ label: 'zzz' }) }),
    });
    const { names } = setup({ catalogUrl: await startCatalog() });
    expect(await names(bob)).toEqual(['cart', 'search']);
    expect(bodies).toHaveLength(1);
  });

  it('shows nothing when rights cannot be told, and does not remember that', async () => {
    const unavailable = expect.objectContaining({
      name: 'ServiceUnavailableError',
    });
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': when(hasMetadata({ key: 'title' })),
    });
    await expect(setup().visibility.services(bob)).rejects.toEqual(unavailable);
    await expect(
      setup({ fail: true }).visibility.services(bob),
    ).rejects.toEqual(unavailable);

    const options = { fail: true };
    const { visibility, names } = setup(options);
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': allow,
    });
    await expect(visibility.services(bob)).rejects.toEqual(unavailable);
    options.fail = false;
    expect(await names(bob)).toBe('all');

    // Without entities there is nothing to hold conditions against.
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': when(isEntityKind({ kinds: ['component'] })),
    });
    await expect(
      setup({ ready: false }).visibility.services(bob),
    ).rejects.toEqual(unavailable);

    // A condition that the catalog refuses.
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': when({
        ...hasMetadata({ key: 'x' }),
        rule: 'NO_SUCH_RULE',
      }),
    });
    const catalogUrl = await startCatalog();
    await expect(
      setup({ catalogUrl }).visibility.services(bob),
    ).rejects.toEqual(unavailable);
  });

  it('keeps a decision for ten seconds and one question in flight', async () => {
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': allow,
    });
    const { names } = setup();
    await Promise.all([names(bob), names(bob), names(ann)]);
    expect(questions).toEqual(['user:default/bob', 'user:default/ann']);
    policy = () => ({
      'catalog.entity.read': deny,
      'day2.service.read': allow,
    });
    await clock.advance(9_999);
    expect(await names(bob)).toBe('all');
    await clock.advance(1);
    expect(await names(bob)).toEqual([]);
  });

  it('keeps a set for one generation of entities, and for a minute', async () => {
    const owned = isEntityOwner({ claims: ['group:default/bank'] });
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': when(owned),
    });
    const local = setup();
    expect(await local.names(bob)).toEqual(['ledger', 'vault']);
    entities = [...shop, component('ledger', 'shop'), bank[1]];
    generation += 1;
    expect(await local.names(bob)).toEqual(['vault']);

    // What is not mirrored changes without a generation.
    entities = [...shop, ...bank];
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': when(hasMetadata({ key: 'title', value: 'Ledger' })),
    });
    const remote = setup({ catalogUrl: await startCatalog() });
    expect(await remote.names(bob)).toEqual(['ledger']);
    entities = [...shop, component('ledger', 'bank'), bank[1]];
    await clock.advance(59_999);
    expect(await remote.names(bob)).toEqual(['ledger']);
    await clock.advance(1);
    expect(await remote.names(bob)).toEqual([]);
    expect(bodies).toHaveLength(2);
  });

  it('gives services only what their restrictions name, and nobody else anything', async () => {
    policy = () => ({
      'catalog.entity.read': allow,
      'day2.service.read': allow,
    });
    const { names, visibility } = setup();
    const service = (...permissionNames: string[]) =>
      mockCredentials.service('external:prometheus', { permissionNames });
    expect(await names(mockCredentials.service('external:anything'))).toEqual(
      [],
    );
    expect(await names(service('day2.service.read'))).toEqual([]);
    expect(questions).toEqual([]);
    expect(
      await names(service('catalog.entity.read', 'day2.service.read')),
    ).toBe('all');
    expect(await names(mockCredentials.none())).toEqual([]);

    const scraper = service('day2.metrics.read');
    expect(await visibility.mayReadMetrics(scraper)).toBe(true);
    expect(await visibility.mayReadClusters(scraper)).toBe(false);
    expect(
      await visibility.mayReadMetrics(mockCredentials.service('external:x')),
    ).toBe(false);
    expect(await visibility.mayReadClusters(mockCredentials.none())).toBe(
      false,
    );
  });

  it('asks for clusters once in ten seconds per user', async () => {
    const { visibility } = setup();
    expect(await visibility.mayReadClusters(ann)).toBe(true);
    expect(await visibility.mayReadClusters(bob)).toBe(false);
    expect(await visibility.mayReadClusters(ann)).toBe(true);
    expect(await visibility.mayReadMetrics(ann)).toBe(true);
    expect(questions).toEqual([
      'day2.cluster.read',
      'day2.cluster.read',
      'day2.metrics.read',
    ]);
  });
});

describe('addPermissions', () => {
  it('adds permissions and leaves the resource type to the catalog', () => {
    const registry = mockServices.permissionsRegistry.mock();
    addPermissions(registry);
    expect(registry.addResourceType).not.toHaveBeenCalled();
    const [[permissions]] = registry.addPermissions.mock.calls;
    expect(permissions.map(({ name }) => name)).toContain('day2.service.read');
  });
});
