import type { TestServer } from './__testUtils__/testServer';
import {
  definition,
  deployment,
  pod,
  startTestServer,
} from './__testUtils__/testServer';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const PARTIAL =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

describe('reading from the API server', () => {
  let api: TestServer;

  beforeEach(async () => {
    api = await startTestServer();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      api.cluster.store.create(pod(name, { app: name < 'c' ? 'x' : 'y' }));
    }
  });

  afterEach(() => api.close());

  const names = (list: any) =>
    list.items.map((item: any) => item.metadata.name);

  it('knows who asks and what they may', async () => {
    const wrong = await api.request('/api/v1/pods', { token: 'guess' });
    const anonymous = await api.request('/api/v1/pods', { token: '' });
    const version = await api.request('/version', { token: '' });
    const reader = await api.request('/api/v1/namespaces/default/pods', {
      token: 'reader-token',
    });
    const secrets = await api.request('/api/v1/secrets', {
      token: 'reader-token',
    });
    const one = await api.request(
      '/apis/apps/v1/namespaces/default/deployments/api',
      { token: 'reader-token' },
    );

    expect(wrong.json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
    expect(anonymous.json).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message:
        'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
      details: { kind: 'pods' },
    });
    expect(version.json).toMatchObject({ major: '1', minor: '36' });
    expect(reader.status).toBe(200);
    expect(secrets.status).toBe(403);
    expect(one.json.message).toBe(
      'deployments.apps "api" is forbidden: User "reader" cannot get resource "deployments" in API group "apps" in the namespace "default"',
    );
  });

  it('says what it serves, in both ways and with an ETag', async () => {
    const first = await api.request('/apis', {
      headers: { Accept: AGGREGATED },
    });
    const etag = String(first.headers.etag);
    const again = await api.request('/apis', {
      headers: { Accept: AGGREGATED, 'If-None-Match': etag },
    });
    await api.request(
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      {
        method: 'POST',
        body: definition(),
      },
    );
    const changed = await api.request('/apis', {
      headers: { Accept: AGGREGATED, 'If-None-Match': etag },
    });
    const plain = await api.request('/apis/example.com/v1');
    const groups = await api.request('/apis');

    expect(first.headers['content-type']).toContain('as=APIGroupDiscoveryList');
    expect(first.json).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
    expect(again.status).toBe(304);
    expect(again.headers['content-type']).toBeUndefined();
    expect(changed.status).toBe(200);
    expect(
      changed.json.items.find(
        (item: any) => item.metadata.name === 'example.com',
      ),
    ).toMatchObject({
      versions: [
        {
          version: 'v1',
          freshness: 'Current',
          resources: [
            {
              resource: 'widgets',
              scope: 'Namespaced',
              shortNames: ['wd'],
              subresources: [{ subresource: 'status' }],
            },
          ],
        },
        { version: 'v1alpha1' },
      ],
    });
    expect(plain.json.resources.map(({ name }: any) => name)).toEqual([
      'widgets',
      'widgets/status',
    ]);
    expect(groups.json.groups).toContainEqual({
      name: 'apps',
      versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    });
  });

  it('serves a custom resource for as long as it is defined', async () => {
    const path = '/apis/example.com/v1/namespaces/default/widgets';
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const widget = {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'one' },
      spec: { size: 1 },
      status: { phase: 'ignored' },
    };
    const before = await api.request(path);
    await api.request(crds, { method: 'POST', body: definition() });
    const created = await api.request(path, { method: 'POST', body: widget });
    await api.request(`${path}/one/status`, {
      method: 'PATCH',
      body: { status: { phase: 'Fine' }, spec: { size: 9 } },
    });
    const other = await api.request(path.replace('v1', 'v1alpha1'));
    const table = await api.request(path, { headers: { Accept: TABLE } });
    const crd = await api.request(`${crds}/widgets.example.com`);
    const watching = await api.watch(`${path}?watch=1&resourceVersion=0`);
    expect((await watching.next()).type).toBe('ADDED');
    await api.request(`${crds}/widgets.example.com`, { method: 'DELETE' });
    const after = await api.request(path);

    expect(before.status).toBe(404);
    expect(created.json).not.toHaveProperty('status');
    expect(other.json.items).toEqual([
      expect.objectContaining({
        apiVersion: 'example.com/v1alpha1',
        spec: { size: 1 },
        status: { phase: 'Fine' },
      }),
    ]);
    expect(table.json.rows[0].cells).toEqual(['one', 'Fine']);
    expect(crd.json.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Established', status: 'True' }),
    );
    expect(await watching.next()).toMatchObject({ type: 'DELETED' });
    expect(await watching.ended).toBe('end');
    expect(after.status).toBe(404);
    expect(api.cluster.store.list('example.com', 'Widget')).toEqual([]);
  });

  it('lists by labels and fields', async () => {
    const get = async (query: string) =>
      names((await api.request(`/api/v1/pods?${query}`)).json);
    expect(await get('labelSelector=app%3Dx')).toEqual(['a', 'b']);
    expect(await get('labelSelector=app%20notin%20(x)')).toEqual([
      'c',
      'd',
      'e',
    ]);
    expect(await get('fieldSelector=metadata.name%3Dc')).toEqual(['c']);
    expect(await get('fieldSelector=spec.nodeName!%3Dnode-1')).toEqual([]);
    expect(
      await get('fieldSelector=status.phase%3DRunning&labelSelector=app%3Dy'),
    ).toEqual(['c', 'd', 'e']);

    const refused = await api.request('/api/v1/pods?fieldSelector=foo%3Dbar');
    expect(refused.json).toMatchObject({
      code: 400,
      message: 'field label not supported: foo',
    });
  });

  it('pages through one moment, and says when that moment is forgotten', async () => {
    const first = await api.request('/api/v1/pods?limit=2');
    const { metadata } = first.json;
    api.cluster.store.delete(
      { group: '', kind: 'Pod', namespace: 'default', name: 'd' },
      { gracePeriodSeconds: 0 },
    );
    api.cluster.store.create(pod('bb'));
    const second = await api.request(
      `/api/v1/pods?limit=2&continue=${metadata.continue}`,
    );
    const last = await api.request(
      `/api/v1/pods?limit=2&continue=${second.json.metadata.continue}`,
    );

    expect(metadata.remainingItemCount).toBe(3);
    expect([first, second, last].map(({ json }) => names(json))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
    expect(last.json.metadata).toEqual({
      resourceVersion: metadata.resourceVersion,
    });

    api.clock.advance(5 * 60_000);
    const late = await api.request(
      `/api/v1/pods?limit=2&continue=${metadata.continue}`,
    );
    expect(late.json).toMatchObject({ code: 410, reason: 'Expired' });
    const rest = await api.request(
      `/api/v1/pods?continue=${late.json.metadata.continue}`,
    );
    expect(names(rest.json)).toEqual(['bb', 'c', 'e']);

    const bad = await api.request('/api/v1/pods?limit=2&continue=abc');
    expect(bad.status).toBe(400);
  });

  it('holds resource versions to what it knows', async () => {
    const now = api.cluster.store.resourceVersion();
    const at = (query: string) => api.request(`/api/v1/pods?${query}`);
    const future = await at(`resourceVersion=${now + 100}`);
    const exact = await at(`resourceVersion=${now}&resourceVersionMatch=Exact`);
    const past = await at(
      `resourceVersion=${now - 1}&resourceVersionMatch=Exact`,
    );
    const alone = await at('resourceVersionMatch=Exact');
    const nonsense = await at('resourceVersion=abc');

    expect(future.json).toMatchObject({
      code: 504,
      reason: 'Timeout',
      message: `Timeout: Too large resource version: ${
        now + 100
      }, current: ${now}`,
      details: { retryAfterSeconds: 1 },
    });
    expect(future.headers['retry-after']).toBe('1');
    expect(exact.json.items).toHaveLength(5);
    expect(past.json).toMatchObject({ code: 410, reason: 'Expired' });
    expect(alone.json).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(nonsense.json).toMatchObject({ code: 400, reason: 'BadRequest' });
  });

  it('shows lists as tables and as metadata alone', async () => {
    api.cluster.store.create(deployment('api'));
    const table = await api.request('/api/v1/pods?limit=1', {
      headers: { Accept: TABLE },
    });
    const partial = await api.request('/api/v1/pods', {
      headers: { Accept: PARTIAL },
    });
    const deployments = await api.request('/apis/apps/v1/deployments', {
      headers: { Accept: TABLE },
    });
    const refused = await api.request('/api/v1/pods', {
      headers: { Accept: 'text/html' },
    });

    expect(table.json).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      rows: [
        {
          cells: [
            'a',
            '0/1',
            'Running',
            '0',
            '0s',
            '<none>',
            'node-1',
            '<none>',
            '<none>',
          ],
          object: { kind: 'PartialObjectMetadata', metadata: { name: 'a' } },
        },
      ],
    });
    expect(table.json.columnDefinitions.map(({ name }: any) => name)).toEqual([
      'Name',
      'Ready',
      'Status',
      'Restarts',
      'Age',
      'IP',
      'Node',
      'Nominated Node',
      'Readiness Gates',
    ]);
    expect(partial.json.items[0]).toEqual({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: expect.objectContaining({ name: 'a' }),
    });
    expect(deployments.json.rows[0].cells).toEqual([
      'api',
      '0/2',
      0,
      0,
      '0s',
      'main,side',
      'app:1,side:1',
      'app=api',
    ]);
    expect(refused.status).toBe(406);
  });

  it('leaves the kind out of items of typed lists only', async () => {
    const { json } = await api.request('/api/v1/pods');
    expect(json).toMatchObject({ kind: 'PodList', apiVersion: 'v1' });
    expect(json.items[0]).not.toHaveProperty('kind');
    expect(json.items[0]).not.toHaveProperty('apiVersion');
  });

  it('compresses large lists for those who accept it', async () => {
    for (let count = 0; count < 40; count++) {
      const big = pod(`big-${count}`);
      big.metadata.annotations = { text: 'x'.repeat(4_096) };
      api.cluster.store.create(big);
    }
    const zipped = await api.request('/api/v1/pods', {
      headers: { 'Accept-Encoding': 'gzip' },
    });
    const plain = await api.request('/api/v1/pods', {
      headers: { 'Accept-Encoding': 'identity' },
    });

    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.json.items).toHaveLength(45);
    expect(Number(zipped.headers['content-length'])).toBeLessThan(
      Number(plain.headers['content-length']) / 10,
    );
  });

  it('shows events of both groups as the same objects', async () => {
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'a.1' },
      involvedObject: { kind: 'Pod', name: 'a', namespace: 'default' },
      reason: 'BackOff',
      message: 'Back-off restarting',
      count: 3,
    };
    const path = '/api/v1/namespaces/default/events';
    await api.request(path, { method: 'POST', body: event });
    const newer = await api.request(
      '/apis/events.k8s.io/v1/events?fieldSelector=regarding.name%3Da',
    );
    const core = await api.request(
      `${path}?fieldSelector=involvedObject.name%3Da,reason%3DBackOff`,
    );

    expect(newer.json.items[0]).toMatchObject({
      regarding: { name: 'a' },
      note: 'Back-off restarting',
      deprecatedCount: 3,
    });
    expect(newer.json.items[0]).not.toHaveProperty('involvedObject');
    expect(core.json.items[0]).toMatchObject({ count: 3, reason: 'BackOff' });
  });

  it('answers questions about rights', async () => {
    const ask = async (resourceAttributes: unknown, token: string) => {
      const { status, json } = await api.request(
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        {
          method: 'POST',
          token,
          body: {
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SelfSubjectAccessReview',
            spec: { resourceAttributes },
          },
        },
      );
      return { status, allowed: json.status.allowed };
    };
    const pods = { verb: 'list', group: '', resource: 'pods' };
    const log = { verb: 'get', resource: 'pods', subresource: 'log' };
    const everything = { verb: '*', group: '*', resource: '*' };

    expect(await ask(pods, 'reader-token')).toEqual({
      status: 201,
      allowed: true,
    });
    expect((await ask(log, 'reader-token')).allowed).toBe(true);
    expect(
      (await ask({ ...pods, verb: 'delete' }, 'reader-token')).allowed,
    ).toBe(false);
    expect((await ask(everything, 'reader-token')).allowed).toBe(false);
    expect((await ask(everything, 'admin-token')).allowed).toBe(true);
  });

  it('counts what it is asked', async () => {
    api.cluster.requests.reset();
    await api.request('/api/v1/pods');
    await api.request('/api/v1/pods', { token: 'reader-token' });
    await api.request('/apis/apps/v1/deployments', { token: 'reader-token' });

    expect(api.cluster.requests.total()).toBe(3);
    expect(api.cluster.requests.total({ user: 'reader' })).toBe(2);
    expect(api.cluster.requests.total({ verb: 'list', target: 'pods' })).toBe(
      2,
    );
    expect(api.cluster.requests.entries()).toContainEqual({
      method: 'GET',
      verb: 'list',
      target: 'deployments.apps',
      user: 'reader',
      count: 1,
    });
  });
});
