import type { TestServer } from './__testUtils__/testServer';
import {
  definition,
  deployment,
  pod,
  startTestServer,
} from './__testUtils__/testServer';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const PODS = '/api/v1/namespaces/default/pods';
const MAPS = '/api/v1/namespaces/default/configmaps';

describe('writing to the API server', () => {
  let api: TestServer;

  beforeEach(async () => {
    api = await startTestServer();
  });

  afterEach(() => api.close());

  const post = (path: string, body: unknown) =>
    api.request(path, { method: 'POST', body });
  const patch = (path: string, type: string, body: unknown) =>
    api.request(path, {
      method: 'PATCH',
      body,
      headers: { 'Content-Type': `application/${type}` },
    });

  it('creates with defaults and without what is not for clients to say', async () => {
    const body = { ...deployment('api'), status: { replicas: 9 } };
    body.metadata.uid = 'mine';
    const { status, json } = await post(DEPLOYMENTS, body);

    expect(status).toBe(201);
    expect(json.metadata).toMatchObject({
      generation: 1,
      creationTimestamp: '2026-11-21T08:00:00Z',
    });
    expect(json.metadata.uid).not.toBe('mine');
    expect(json.status).toEqual({});
    expect(json.spec).toMatchObject({
      progressDeadlineSeconds: 600,
      strategy: { rollingUpdate: { maxSurge: '25%' } },
      template: { spec: { restartPolicy: 'Always' } },
    });
  });

  it('refuses what cannot be', async () => {
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x' },
    };
    const other = { ...map, metadata: { name: 'x', namespace: 'other' } };
    const unselected = deployment('api');
    unselected.spec!.template.metadata.labels = { app: 'other' };
    const answers = await Promise.all([
      post(MAPS, '{'),
      post(MAPS, pod('x')),
      post(MAPS, other),
      post('/api/v1/namespaces/nope/configmaps', map),
      post(MAPS, { ...map, metadata: { name: 'X_y' } }),
      post(DEPLOYMENTS, unselected),
      post(PODS, { ...pod('x'), spec: { containers: [] } }),
      post(`${MAPS}?dryRun=Some`, map),
      post('/api/v1/namespaces/default/nothings', map),
      api.request(MAPS, { method: 'PUT', body: map }),
      api.request(MAPS, {
        method: 'POST',
        body: 'x',
        headers: { 'Content-Type': 'text/plain' },
      }),
      api.request('/apis/none.example/v1'),
    ]);

    expect(answers.map(({ status, json }) => [status, json?.reason])).toEqual([
      [400, 'BadRequest'],
      [400, 'BadRequest'],
      [400, 'BadRequest'],
      [404, 'NotFound'],
      [422, 'Invalid'],
      [422, 'Invalid'],
      [422, 'Invalid'],
      [422, 'Invalid'],
      [404, 'NotFound'],
      [405, 'MethodNotAllowed'],
      [415, 'UnsupportedMediaType'],
      [404, undefined],
    ]);
    expect(answers[5].json.message).toBe(
      'Deployment.apps "api" is invalid: spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`',
    );
    expect(api.cluster.store.list('', 'ConfigMap')).toEqual([]);
  });

  it('sees conflicts', async () => {
    const { json: created } = await post(DEPLOYMENTS, deployment('api'));
    const twice = await post(DEPLOYMENTS, deployment('api'));
    const put = (body: unknown) =>
      api.request(`${DEPLOYMENTS}/api`, { method: 'PUT', body });
    const first = await put({
      ...created,
      spec: { ...created.spec, replicas: 3 },
    });
    const stale = await put({
      ...created,
      spec: { ...created.spec, replicas: 4 },
    });
    const immutable = await patch(`${DEPLOYMENTS}/api`, 'merge-patch+json', {
      spec: { selector: { matchLabels: { app: null, other: 'x' } } },
    });

    expect(twice.json).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'deployments.apps "api" already exists',
    });
    expect(first.json.metadata.generation).toBe(2);
    expect(stale.json).toMatchObject({
      code: 409,
      reason: 'Conflict',
      details: { name: 'api', group: 'apps', kind: 'deployments' },
    });
    expect(immutable.json.details.causes).toContainEqual(
      expect.objectContaining({
        field: 'spec.selector',
        message: expect.stringContaining('field is immutable'),
      }),
    );
  });

  it('patches in every way', async () => {
    await post(DEPLOYMENTS, deployment('api'));
    const path = `${DEPLOYMENTS}/api`;
    const merged = await patch(path, 'merge-patch+json', {
      metadata: { labels: { a: 'b' } },
    });
    const strategic = await patch(path, 'strategic-merge-patch+json', {
      spec: {
        template: { spec: { containers: [{ name: 'side', image: 'side:2' }] } },
      },
    });
    const json = await patch(path, 'json-patch+json', [
      { op: 'test', path: '/spec/replicas', value: 2 },
      { op: 'replace', path: '/spec/replicas', value: 4 },
    ]);
    const failed = await patch(path, 'json-patch+json', [
      { op: 'test', path: '/spec/replicas', value: 2 },
    ]);
    const scaled = await patch(`${path}/scale`, 'merge-patch+json', {
      spec: { replicas: 1 },
    });
    const status = await patch(`${path}/status`, 'merge-patch+json', {
      status: { readyReplicas: 1 },
      spec: { replicas: 7 },
    });

    expect(merged.json.metadata).toMatchObject({
      labels: { a: 'b' },
      generation: 1,
    });
    expect(
      strategic.json.spec.template.spec.containers.map(
        ({ image }: any) => image,
      ),
    ).toEqual(['app:1', 'side:2']);
    expect(json.json.spec.replicas).toBe(4);
    expect(failed.json).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(scaled.json).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 1 },
      status: { replicas: 0, selector: 'app=api' },
    });
    expect(status.json).toMatchObject({
      spec: { replicas: 1 },
      status: { readyReplicas: 1 },
      metadata: { generation: 4 },
    });
  });

  it('has no strategic patch for custom resources and wants their version', async () => {
    await post(
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      definition(),
    );
    const path = '/apis/example.com/v1/namespaces/default/widgets';
    const widget = {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'one' },
    };
    await post(path, widget);
    const strategic = await patch(
      `${path}/one`,
      'strategic-merge-patch+json',
      {},
    );
    const blind = await api.request(`${path}/one`, {
      method: 'PUT',
      body: widget,
    });

    expect(strategic.json).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
    });
    expect(blind.json).toMatchObject({ code: 422, reason: 'Invalid' });
  });

  it('applies, keeps owners apart and removes what is applied no more', async () => {
    const apply = (manager: string, spec: unknown, force = false) =>
      patch(
        `${DEPLOYMENTS}/api?fieldManager=${manager}${
          force ? '&force=true' : ''
        }`,
        'apply-patch+yaml',
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'api', labels: { team: 'shop' } },
          spec,
        },
      );
    const { spec } = deployment('api');
    const created = await apply('one', spec);
    const again = await apply('one', spec);
    const conflict = await apply('two', { replicas: 5 });
    const forced = await apply('two', { replicas: 5 }, true);
    const { replicas, ...rest } = spec!;
    const released = await apply('one', {
      ...rest,
      template: {
        ...rest.template,
        spec: { containers: [rest.template.spec.containers[0]] },
      },
    });
    const nameless = await patch(`${DEPLOYMENTS}/api`, 'apply-patch+yaml', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
    });

    expect(created.status).toBe(201);
    expect(again.json.metadata.resourceVersion).toBe(
      created.json.metadata.resourceVersion,
    );
    expect(conflict.json).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "one" using apps/v1: .spec.replicas',
      details: {
        causes: [{ reason: 'FieldManagerConflict', field: '.spec.replicas' }],
      },
    });
    expect(forced.json.spec.replicas).toBe(5);
    expect(released.json.spec.replicas).toBe(5);
    const { containers } = released.json.spec.template.spec;
    expect(containers.map(({ name }: any) => name)).toEqual(['main']);
    expect(containers[0].ports).toEqual([
      { containerPort: 80, protocol: 'TCP' },
    ]);
    expect(released.json.metadata.labels).toEqual({ team: 'shop' });
    expect(
      released.json.metadata.managedFields.map(({ manager }: any) => manager),
    ).toEqual(['one', 'two']);
    expect(nameless.json).toMatchObject({ code: 422, reason: 'Invalid' });
  });

  it('answers a dry run as if, and changes nothing', async () => {
    const version = api.cluster.store.resourceVersion();
    const created = await post(`${DEPLOYMENTS}?dryRun=All`, deployment('api'));
    expect(created.status).toBe(201);
    expect(api.cluster.store.resourceVersion()).toBe(version);

    await post(DEPLOYMENTS, deployment('api'));
    const after = api.cluster.store.resourceVersion();
    const path = `${DEPLOYMENTS}/api`;
    const patched = await patch(`${path}?dryRun=All`, 'merge-patch+json', {
      spec: { replicas: 8 },
    });
    const scaled = await patch(`${path}/scale?dryRun=All`, 'merge-patch+json', {
      spec: { replicas: 8 },
    });
    const deleted = await api.request(`${path}?dryRun=All`, {
      method: 'DELETE',
    });

    expect(patched.json.spec.replicas).toBe(8);
    expect(scaled.json.spec.replicas).toBe(8);
    expect(deleted.json.status).toBe('Success');
    expect(api.cluster.store.resourceVersion()).toBe(after);
  });

  it('deletes with grace, with preconditions and many at once', async () => {
    for (const name of ['a', 'b', 'c'])
      api.cluster.store.create(pod(name, { name }));
    const wrong = await api.request(`${PODS}/a`, {
      method: 'DELETE',
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        preconditions: { uid: 'x' },
      },
    });
    const graceful = await api.request(`${PODS}/a?gracePeriodSeconds=7`, {
      method: 'DELETE',
    });
    const forced = await api.request(`${PODS}/a?gracePeriodSeconds=0`, {
      method: 'DELETE',
    });
    const gone = await api.request(`${PODS}/a`, { method: 'DELETE' });
    const many = await api.request(
      `${PODS}?labelSelector=name%20in%20(b)&gracePeriodSeconds=0`,
      { method: 'DELETE' },
    );

    expect(wrong.json).toMatchObject({ code: 409, reason: 'Conflict' });
    expect(graceful.json).toMatchObject({
      kind: 'Pod',
      metadata: {
        deletionTimestamp: '2026-11-21T08:00:07Z',
        deletionGracePeriodSeconds: 7,
      },
    });
    expect(forced.json).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', kind: 'pods' },
    });
    expect(gone.json).toMatchObject({
      code: 404,
      message: 'pods "a" not found',
    });
    expect(many.json.items).toHaveLength(1);
    expect(
      api.cluster.store.list('', 'Pod').map(({ metadata }) => metadata.name),
    ).toEqual(['c']);
  });

  it('evicts only what a budget lets go', async () => {
    api.cluster.store.create(pod('a', { app: 'x' }));
    api.cluster.store.create({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'x', namespace: 'default' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'x' } } },
      status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1 },
    });
    const body = {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'a' },
    };
    const refused = await post(`${PODS}/a/eviction`, body);
    api.cluster.store.modify(
      {
        group: 'policy',
        kind: 'PodDisruptionBudget',
        namespace: 'default',
        name: 'x',
      },
      budget => {
        budget.status!.disruptionsAllowed = 1;
      },
      { status: true },
    );
    const allowed = await post(`${PODS}/a/eviction`, body);

    expect(refused.json).toMatchObject({
      code: 429,
      reason: 'TooManyRequests',
      details: { causes: [{ reason: 'DisruptionBudget' }] },
    });
    expect(allowed.status).toBe(201);
  });

  it('reads logs as the kubelet would serve them', async () => {
    const lines = [
      '2026-11-21T07:59:00Z old',
      '2026-11-21T07:59:50.5Z recent',
      '2026-11-21T07:59:59Z last',
    ];
    api.cluster.useLogs((_pod, { previous }) =>
      previous ? ['crashed'] : lines,
    );
    const two = pod('two');
    two.spec!.containers.push({ name: 'side', image: 'side:1' });
    two.status!.containerStatuses = [
      { name: 'main', state: {}, lastState: { terminated: { exitCode: 1 } } },
      { name: 'side', state: { waiting: { reason: 'ContainerCreating' } } },
    ];
    api.cluster.store.create(two);
    api.cluster.store.create(pod('one'));
    const log = async (query: string) =>
      (await api.request(`${PODS}/${query}`, { token: 'reader-token' })).text;

    expect(await log('one/log')).toBe('old\nrecent\nlast\n');
    expect(await log('one/log?tailLines=1&timestamps=true')).toBe(
      `${lines[2]}\n`,
    );
    expect(await log('one/log?sinceSeconds=15')).toBe('recent\nlast\n');
    expect(await log('one/log?limitBytes=5')).toBe('old\nr');
    expect(await log('two/log?container=main&previous=true')).toBe('crashed\n');
    expect(JSON.parse(await log('two/log')).message).toBe(
      'a container name must be specified for pod two, choose one of: [main side]',
    );
    expect(JSON.parse(await log('two/log?container=side')).message).toBe(
      'container "side" in pod "two" is waiting to start: ContainerCreating',
    );
    expect(JSON.parse(await log('one/log?previous=true')).message).toBe(
      'previous terminated container "main" in pod "one" not found',
    );
    expect(JSON.parse(await log('none/log'))).toMatchObject({ code: 404 });
  });
});
