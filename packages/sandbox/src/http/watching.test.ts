import type { TestServer, WatchReader } from './__testUtils__/testServer';
import { pod, startTestServer } from './__testUtils__/testServer';

const PODS = '/api/v1/namespaces/default/pods?watch=1';
const keyOf = (name: string) => ({
  group: '',
  kind: 'Pod',
  namespace: 'default',
  name,
});

describe('watching the API server', () => {
  let api: TestServer;

  beforeEach(async () => {
    api = await startTestServer({ history: 4 });
  });

  afterEach(() => api.close());

  const label = (name: string, labels: Record<string, string>) =>
    api.cluster.store.modify(keyOf(name), object => {
      object.metadata.labels = labels;
    });

  const next = async (reader: WatchReader, count: number) => {
    const events: string[] = [];
    for (let index = 0; index < count; index++) {
      const { type, object } = await reader.next();
      events.push(`${type} ${object.metadata?.name ?? ''}`.trim());
    }
    return events;
  };

  it('begins with what there is and goes on with what happens', async () => {
    api.cluster.store.create(pod('a'));
    for (const version of ['', '&resourceVersion=0']) {
      const reader = await api.watch(`${PODS}${version}`);
      expect(await next(reader, 1)).toEqual(['ADDED a']);
      label('a', { version });
      expect(await next(reader, 1)).toEqual(['MODIFIED a']);
      reader.close();
    }
    const elsewhere = {
      ...pod('x'),
      metadata: { name: 'x', namespace: 'other' },
    };
    const reader = await api.watch(PODS);
    expect(await next(reader, 1)).toEqual(['ADDED a']);
    api.cluster.store.create(elsewhere);
    api.cluster.store.delete(keyOf('a'), { gracePeriodSeconds: 0 });
    const { type, object } = await reader.next();
    expect({ type, kind: object.kind, apiVersion: object.apiVersion }).toEqual({
      type: 'DELETED',
      kind: 'Pod',
      apiVersion: 'v1',
    });
    expect(object.metadata.resourceVersion).toBe(
      String(api.cluster.store.resourceVersion()),
    );
    reader.close();
  });

  it('goes on from a version, and tells in the stream when that is forgotten', async () => {
    const first = api.cluster.store.create(pod('a')).metadata.resourceVersion;
    label('a', { count: '0' });
    const reader = await api.watch(`${PODS}&resourceVersion=${first}`);
    expect(await next(reader, 1)).toEqual(['MODIFIED a']);
    reader.close();

    for (let count = 1; count < 6; count++) label('a', { count: `${count}` });
    const late = await api.watch(`${PODS}&resourceVersion=${first}`);
    expect(late.status).toBe(200);
    expect(await late.next()).toEqual({
      type: 'ERROR',
      object: expect.objectContaining({
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: expect.stringMatching(
          /^too old resource version: \d+ \(\d+\)$/,
        ),
      }),
    });
    expect(await late.ended).toBe('end');
  });

  it('shows who enters and who leaves a selection', async () => {
    api.cluster.store.create(pod('a', { app: 'x' }));
    api.cluster.store.create(pod('b', { app: 'y' }));
    const reader = await api.watch(`${PODS}&labelSelector=app%3Dx`);
    expect(await next(reader, 1)).toEqual(['ADDED a']);
    label('b', { app: 'x' });
    label('a', { app: 'y' });
    expect(await next(reader, 1)).toEqual(['ADDED b']);
    const left = await reader.next();
    expect(left).toMatchObject({
      type: 'DELETED',
      object: { metadata: { name: 'a', labels: { app: 'x' } } },
    });
    expect(left.object.metadata.resourceVersion).toBe(
      String(api.cluster.store.resourceVersion()),
    );
    reader.close();
  });

  it('marks the end of the initial events, and sends bookmarks', async () => {
    api.cluster.store.create(pod('a'));
    const version = String(api.cluster.store.resourceVersion());
    const reader = await api.watch(
      `${PODS}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    expect(await next(reader, 1)).toEqual(['ADDED a']);
    expect(await reader.next()).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'Pod',
        apiVersion: 'v1',
        metadata: {
          resourceVersion: version,
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
    api.clock.advance(60_000);
    expect(await reader.next()).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'Pod',
        apiVersion: 'v1',
        metadata: { resourceVersion: version },
      },
    });
    api.clock.advance(60_000);
    expect(await next(reader, 1)).toEqual(['BOOKMARK']);
    reader.close();

    const refused = await api.request(`${PODS}&sendInitialEvents=true`);
    expect(refused.json).toMatchObject({ code: 422, reason: 'Invalid' });
  });

  it('ends after its time, and forgets clients that go', async () => {
    const timed = await api.watch(`${PODS}&timeoutSeconds=5`);
    api.clock.advance(5_000);
    expect(await timed.next()).toBeUndefined();
    expect(await timed.ended).toBe('end');
    const left = await api.watch(`${PODS}&allowWatchBookmarks=true`);
    expect(api.clock.pending()).toBe(2);
    left.close();
    await api.until(() => api.clock.pending() === 0);
  });
});
