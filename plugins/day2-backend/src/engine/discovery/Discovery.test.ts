import { KindDefinition } from '@day2ops/backstage-plugin-day2-node';
import { FakeCluster, status } from '../__testUtils__/FakeCluster';
import { ManualClock } from '../__testUtils__/ManualClock';
import { serveApi } from '../__testUtils__/serveApi';
import { Discovery } from './Discovery';
import { placementOf } from './placementOf';

const { signal } = new AbortController();

const definition = (versions: string[]): KindDefinition => ({
  group: 'shop.test',
  kind: 'Cart',
  plural: 'carts',
  versions,
  namespaced: true,
  prune: () => undefined,
});

function setUp() {
  const cluster = new FakeCluster();
  const discovery = new Discovery({
    gateway: cluster,
    cluster: 'c1',
    clock: new ManualClock(),
    groups: ['shop.test'],
  });
  return { cluster, discovery };
}

const answer =
  (body: unknown, headers = {}) =>
  () => ({
    status: 200,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('Discovery', () => {
  it('picks the first version that both know', async () => {
    const { cluster, discovery } = setUp();
    const cart = { group: 'shop.test', kind: 'Cart', plural: 'carts' };
    serveApi(cluster, {
      resources: ['v1', 'v1beta1'].map(version => ({ ...cart, version })),
    });
    const served = await discovery.read(signal);
    expect(placementOf(definition(['v2', 'v1beta1', 'v1']), served)).toEqual({
      state: 'served',
      version: 'v1beta1',
      path: '/apis/shop.test/v1beta1/carts',
    });
    expect(placementOf(definition(['v2']), served).state).toBe('unsupported');
  });

  it('asks again only whether something changed', async () => {
    const { cluster, discovery } = setUp();
    serveApi(cluster, { resources: [] });
    const sent: (string | undefined)[] = [];
    const body = cluster.answers.get('/apis')!().body;
    cluster.fault = ({ path, headers }) => {
      if (path !== '/apis') {
        return undefined;
      }
      sent.push(headers?.['if-none-match']);
      return headers?.['if-none-match']
        ? { status: 304, headers: {}, body: '' }
        : { status: 200, headers: { etag: '"7"' }, body };
    };
    const first = await discovery.read(signal);
    expect([...(await discovery.read(signal))]).toEqual([...first]);
    expect(sent).toEqual([undefined, '"7"']);
  });

  it('reads older servers one version at a time, and only groups that matter', async () => {
    const { cluster, discovery } = setUp();
    cluster.answers.set(
      '/api',
      answer({ kind: 'APIVersions', versions: ['v1'] }),
    );
    const resource = (name: string, kind: string) => ({
      name,
      kind,
      namespaced: true,
      verbs: ['list', 'watch'],
    });
    cluster.answers.set(
      '/api/v1',
      answer({ kind: 'APIResourceList', resources: [resource('pods', 'Pod')] }),
    );
    cluster.answers.set(
      '/apis',
      answer({
        kind: 'APIGroupList',
        groups: ['shop.test', 'other.test'].map(name => ({
          name,
          versions: [{ version: 'v1' }],
        })),
      }),
    );
    cluster.answers.set(
      '/apis/shop.test/v1',
      answer({
        kind: 'APIResourceList',
        resources: [
          resource('carts', 'Cart'),
          { ...resource('carts/status', 'Cart'), verbs: ['get'] },
        ],
      }),
    );
    const served = await discovery.read(signal);
    expect([...served.keys()]).toEqual(['/Pod', 'shop.test/Cart']);
    expect(placementOf(definition(['v1']), served).state).toBe('served');
  });

  it.each([
    ['a refusal', () => status(403, 'Forbidden')],
    ['HTML', answer('<html>')],
    ['other JSON', answer({ kind: 'Table' })],
  ])('does not take %s for an empty cluster', async (_, reply) => {
    const { cluster, discovery } = setUp();
    serveApi(cluster, { resources: [] });
    cluster.answers.set('/apis', reply);
    await expect(discovery.read(signal)).rejects.toThrow();
  });
});
