import { mockServices } from '@backstage/backend-test-utils';
import {
  ClusterGateway,
  KindDefinition,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { clusterOf, directGateway } from './__testUtils__/directGateway';
import { ApiServer, startKubeApiServer } from './__testUtils__/kubeApiServer';
import { portalHop } from './__testUtils__/portalHop';
import { startSandboxApiServer } from './__testUtils__/sandboxApiServer';
import { TestServer } from './__testUtils__/TestServer';
import { Discovery } from './discovery/Discovery';
import { placementOf } from './discovery/placementOf';
import { createProxyGateway } from './gateway/proxy/createProxyGateway';
import { ClusterProbe, ProbeStatus } from './probe/ClusterProbe';
import { readIdentity } from './probe/readIdentity';
import { reviewAccess } from './probe/reviewAccess';
import { KeptRecord } from './records/KindTable';
import { RecordStore } from './records/RecordStore';
import { Reflector } from './reflector/Reflector';
import { TokenBucket } from './reflector/TokenBucket';
import { defaultTiming } from './reflector/types';
import { createSystemClock } from './time/createSystemClock';

/*
 * What the engine relies on, against the sandbox, and against a real kube-apiserver where `KUBEBUILDER_ASSETS` names one:
 * so that neither the engine nor the sandbox drifts from the truth.
 */
const assets = process.env.KUBEBUILDER_ASSETS;
const targets = [
  { target: 'sandbox', start: startSandboxApiServer },
  { target: 'kube-apiserver', start: () => startKubeApiServer(assets ?? '') },
].flatMap(each =>
  (['direct', 'proxy'] as const).map(transport => ({ ...each, transport })),
);

const configMap: KindDefinition<string | undefined> = {
  group: '',
  kind: 'ConfigMap',
  plural: 'configmaps',
  versions: ['v1'],
  namespaced: true,
  prune: (object: any) => object.data?.value,
};
const widget: KindDefinition = {
  ...(configMap as KindDefinition),
  group: 'day2.test',
  kind: 'Widget',
  plural: 'widgets',
};
const path = '/api/v1/configmaps';
const namespaced = '/api/v1/namespaces/default/configmaps';

async function eventually(check: () => unknown): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}

for (const { target, transport, start } of targets) {
  const isOff = target === 'kube-apiserver' && !assets;
  (isOff ? describe.skip : describe)(`${target}, ${transport}`, () => {
    jest.setTimeout(120_000);
    const clock = createSystemClock();
    const { signal } = new AbortController();
    let server: ApiServer;
    let hop: TestServer;
    const closing: (() => Promise<unknown>)[] = [];

    beforeAll(async () => {
      server = await start();
      hop = await new TestServer().start();
      hop.handler = portalHop(() => server.url, server.caPem);
    });

    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) {
        await close();
      }
    });

    afterAll(async () => {
      await hop?.close();
      await server?.close();
    });

    function gatewayOf(token = server.adminToken): ClusterGateway {
      hop.handler = portalHop(() => server.url, server.caPem, token);
      const gateway =
        transport === 'direct'
          ? directGateway({
              clusters: () => [
                clusterOf(server.url, {
                  caData: Buffer.from(server.caPem).toString('base64'),
                }),
              ],
              credential: () => ({ type: 'bearer token', token }),
              clock,
            })
          : createProxyGateway({
              discovery: mockServices.discovery.mock({
                getBaseUrl: async () => `${hop.url}/api/kubernetes`,
              }),
              auth: mockServices.auth(),
              logger: mockServices.logger.mock(),
              clock,
            });
      closing.push(() => gateway.close());
      return gateway;
    }

    function reflectorOf(
      gateway: ClusterGateway,
      timing: Partial<typeof defaultTiming> = {},
    ) {
      const store = new RecordStore({
        definitions: [configMap as KindDefinition],
        onChange: () => {},
        readability: () => 'synced',
      });
      const table = store.table('ConfigMap')!;
      const reflector = new Reflector<KeptRecord>({
        gateway,
        cluster: 'c1',
        path,
        handler: table,
        clock,
        random: Math.random,
        tokens: new TokenBucket({ clock, intervalMs: 1000, burst: 10 }),
        timing: { ...defaultTiming, ...timing },
        onStatus: () => {},
      });
      closing.push(() => reflector.stop());
      reflector.start();
      return { table, reflector };
    }

    const write = async (
      gateway: ClusterGateway,
      method: 'POST' | 'PATCH' | 'DELETE',
      at: string,
      body?: UntrustedObject,
    ) => {
      const response = await gateway.request({
        cluster: 'c1',
        path: at,
        method,
        body,
        signal,
        headers:
          method === 'PATCH'
            ? { 'content-type': 'application/merge-patch+json' }
            : undefined,
      });
      expect([at, response.status, response.body.slice(0, 300)]).toEqual([
        at,
        response.status < 300 ? response.status : 'success',
        expect.anything(),
      ]);
    };

    const create = (gateway: ClusterGateway, name: string, value: string) =>
      write(gateway, 'POST', namespaced, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name },
        data: { value },
      });

    async function listed(gateway: ClusterGateway) {
      const { body } = await gateway.request({ cluster: 'c1', path, signal });
      const { items } = JSON.parse(body) as {
        items: {
          metadata: { uid: string; resourceVersion: string };
          data?: { value?: string };
        }[];
      };
      return items
        .map(({ metadata, data }) => [
          metadata.uid,
          Number(metadata.resourceVersion),
          data?.value,
        ])
        .sort();
    }

    /** A version from before the kind was known cannot be watched from. */
    async function expectExpired(gateway: ClusterGateway) {
      const stream = await gateway.stream({
        cluster: 'c1',
        path: '/apis/day2.test/v1/widgets',
        query: { watch: true, resourceVersion: '1', timeoutSeconds: 5 },
        signal,
      });
      const { value } = await stream.lines[Symbol.asyncIterator]().next();
      const body = JSON.parse(value ?? '{}');
      const status = body.type === 'ERROR' ? body.object : body;
      expect(status).toMatchObject({ kind: 'Status', code: 410 });
    }

    const kept = (table: { all(): Iterable<KeptRecord> }) =>
      [...table.all()]
        .map(({ head, version, fields }) => [head.uid, version, fields])
        .sort();

    it('says who it is, what it serves and what we may do', async () => {
      const gateway = gatewayOf();
      const identity = await readIdentity({ gateway, cluster: 'c1', signal });
      expect(identity.version).toMatch(/^v1\.\d+\./);
      expect(identity.uid === undefined || identity.uid.length === 36).toBe(
        true,
      );
      const discovery = new Discovery({
        gateway,
        cluster: 'c1',
        clock,
        groups: ['', 'day2.test'],
      });
      const served = await discovery.read(signal);
      expect(placementOf(configMap as KindDefinition, served)).toEqual({
        state: 'served',
        version: 'v1',
        path,
      });
      expect(placementOf(widget, served)).toEqual({ state: 'absent' });
      const warnings = await reviewAccess({ gateway, cluster: 'c1', signal });
      expect(warnings.map(({ reason }) => reason)).toEqual([
        'MayReadSecrets',
        'MayExec',
        'MayPatchDeployments',
        'MayDoEverything',
      ]);
      const reader = gatewayOf(server.readerToken);
      expect(
        await reviewAccess({ gateway: reader, cluster: 'c1', signal }),
      ).toEqual([]);
    });

    it('keeps an index that equals the list after many changes, reconnects and a relist', async () => {
      const gateway = gatewayOf();
      const { table, reflector } = reflectorOf(gateway, {
        watchSeconds: [1, 2],
      });
      const paged = reflectorOf(withoutStreamingLists(gateway), {
        pageSize: 3,
      });
      let seed = 7;
      const random = (below: number) => {
        seed = (seed * 16807) % 2147483647;
        return seed % below;
      };
      const alive: string[] = [];
      for (let step = 0; step < 120; step += 1) {
        const name = alive[random(alive.length || 1)];
        const dice = random(10);
        if (!name || dice < 5) {
          await create(gateway, `${transport}-${step}`, String(step));
          alive.push(`${transport}-${step}`);
        } else if (dice < 8) {
          await write(gateway, 'PATCH', `${namespaced}/${name}`, {
            data: { value: `changed-${step}` },
          });
        } else {
          await write(gateway, 'DELETE', `${namespaced}/${name}`);
          alive.splice(alive.indexOf(name), 1);
        }
        if (step === 60) {
          reflector.pause('test');
        }
        if (step === 80) {
          reflector.resume();
        }
      }
      const truth = await listed(gateway);
      expect(truth.length).toBeGreaterThanOrEqual(alive.length);
      await eventually(() => expect(kept(table)).toEqual(truth));
      await eventually(() => expect(kept(paged.table)).toEqual(truth));
    });

    it('tells a kind that we may not read', async () => {
      const { reflector } = reflectorOf(gatewayOf(server.readerToken));
      await eventually(() =>
        expect(reflector.status).toMatchObject({
          state: 'forbidden',
          message: expect.stringContaining('configmaps is forbidden'),
        }),
      );
    });

    it('serves a kind as soon as it is defined, from no earlier version, and no longer than that', async () => {
      const gateway = gatewayOf();
      const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
      const discovery = new Discovery({
        gateway,
        cluster: 'c1',
        clock,
        groups: ['day2.test'],
      });
      const state = async () =>
        placementOf(widget, await discovery.read(signal)).state;
      expect(await state()).toBe('absent');
      await write(gateway, 'POST', crds, {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'widgets.day2.test' },
        spec: {
          group: 'day2.test',
          scope: 'Namespaced',
          names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object' } },
            },
          ],
        },
      });
      await eventually(async () => expect(await state()).toBe('served'));
      await eventually(() => expectExpired(gateway));
      await write(gateway, 'DELETE', `${crds}/widgets.day2.test`);
      await eventually(async () => expect(await state()).toBe('absent'));
    });

    it('is seen to die, and what was known stays', async () => {
      const gateway = gatewayOf();
      const { table, reflector } = reflectorOf(gateway);
      const states: ProbeStatus['state'][] = [];
      const probe = new ClusterProbe({
        gateway,
        cluster: 'c1',
        clock: { ...clock, delay: (_, at) => clock.delay(50, at) },
        onAnswer: () => {},
        onStatus: ({ state }) => states.push(state),
      });
      closing.push(() => probe.stop());
      probe.start();
      await eventually(() => expect(reflector.isLive).toBe(true));
      await eventually(() => expect(states).toEqual(['connected']));
      const known = kept(table);
      expect(known.length).toBeGreaterThan(0);
      const killedAt = Date.now();
      server.kill();
      await eventually(() => expect(states.at(-1)).toBe('silent'));
      // Through the proxy the watch learns nothing: that is what the probe is for.
      const hears = transport === 'direct';
      await eventually(() => expect(reflector.isLive).toBe(!hears));
      expect(Date.now() - killedAt).toBeLessThan(2000);
      expect(kept(table)).toEqual(known);
    });
  });
}

function withoutStreamingLists(gateway: ClusterGateway): ClusterGateway {
  return {
    transport: gateway.transport,
    listClusters: each => gateway.listClusters(each),
    request: each => gateway.request(each),
    close: () => gateway.close(),
    async stream(each) {
      if (!each.query?.sendInitialEvents) {
        return await gateway.stream(each);
      }
      async function* lines() {
        yield '{"kind":"Status","code":422,"reason":"Invalid"}';
      }
      return { status: 422, headers: {}, lines: lines() };
    },
  };
}
