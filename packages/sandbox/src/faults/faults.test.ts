import type { TestServer } from '../http/__testUtils__/testServer';
import { pod, startTestServer } from '../http/__testUtils__/testServer';

const PODS = '/api/v1/namespaces/default/pods';
const MAPS = '/api/v1/namespaces/default/configmaps';

describe('faults', () => {
  let api: TestServer;

  beforeEach(async () => {
    api = await startTestServer();
    api.cluster.store.create(pod('a'));
  });

  afterEach(() => api.close());

  const touch = (count: number) =>
    api.cluster.store.modify(
      { group: '', kind: 'Pod', namespace: 'default', name: 'a' },
      object => {
        object.metadata.labels = { count: String(count) };
      },
    );

  it('cut drops every connection until it is lifted', async () => {
    const reader = await api.watch(`${PODS}?watch=1`);
    await reader.next();
    api.cluster.faults.set({ kind: 'cut' });

    expect(await reader.ended).toBe('aborted');
    await expect(api.request(PODS)).rejects.toThrow();
    api.cluster.faults.clear('cut');
    expect((await api.request(PODS)).status).toBe(200);
  });

  it('hang answers nothing and silences watches, and loses nothing', async () => {
    const reader = await api.watch(`${PODS}?watch=1`);
    await reader.next();
    api.cluster.requests.reset();
    api.cluster.faults.set({ kind: 'hang' });
    touch(1);
    let answered = false;
    const request = api.request(PODS).then(reply => {
      answered = true;
      return reply;
    });
    await api.until(() => api.cluster.requests.total() === 1);

    expect(answered).toBe(false);
    api.cluster.faults.clear();
    expect((await request).status).toBe(200);
    expect(await reader.next()).toMatchObject({
      type: 'MODIFIED',
      object: { metadata: { labels: { count: '1' } } },
    });
    reader.close();
  });

  it('slow answers when its time has passed', async () => {
    api.cluster.faults.set({ kind: 'slow', ms: 3_000, plural: 'pods' });
    const request = api.request(PODS);
    await api.until(() => api.clock.pending() === 1);
    expect((await api.request(MAPS)).status).toBe(200);
    api.clock.advance(3_000);
    expect((await request).status).toBe(200);
  });

  it('gone forgets every version', async () => {
    const version = api.cluster.store.resourceVersion();
    const reader = await api.watch(`${PODS}?watch=1`);
    await reader.next();
    api.cluster.faults.set({ kind: 'gone' });
    const list = await api.request(`${PODS}?resourceVersion=${version}`);
    const fresh = await api.request(PODS);
    const again = await api.watch(`${PODS}?watch=1&resourceVersion=${version}`);

    const expired = { type: 'ERROR', object: { code: 410, reason: 'Expired' } };
    expect(await reader.next()).toMatchObject(expired);
    expect(await reader.ended).toBe('end');
    expect(list.json).toMatchObject({ code: 410, reason: 'Expired' });
    expect(fresh.status).toBe(200);
    expect(await again.next()).toMatchObject(expired);
  });

  it('throttle and error answer so, for as many requests as they are told', async () => {
    api.cluster.faults.set({
      kind: 'throttle',
      retryAfterSeconds: 7,
      requests: 1,
    });
    const throttled = await api.request(PODS);
    api.cluster.faults.set({ kind: 'error', plural: 'pods', requests: 2 });
    const codes = [];
    for (const path of [PODS, MAPS, PODS, PODS]) {
      codes.push((await api.request(path)).status);
    }

    expect(throttled.json).toMatchObject({
      code: 429,
      reason: 'TooManyRequests',
    });
    expect(throttled.headers['retry-after']).toBe('7');
    expect(codes).toEqual([500, 200, 500, 200]);
    expect(api.cluster.faults.active()).toEqual([]);
  });

  it('reset breaks off in the middle', async () => {
    const reader = await api.watch(`${PODS}?watch=1`);
    await reader.next();
    api.cluster.faults.set({ kind: 'reset' });

    expect(await reader.ended).toBe('aborted');
    await expect(api.request(PODS)).rejects.toThrow('aborted');
    const next = await api.watch(`${PODS}?watch=1`);
    expect(await next.ended).toBe('aborted');
  });

  it('lying-list hides everything from lists alone', async () => {
    api.cluster.faults.set({ kind: 'lying-list', plural: 'pods' });
    const list = await api.request(PODS);
    const one = await api.request(`${PODS}/a`);

    expect(list.status).toBe(200);
    expect(list.json.items).toEqual([]);
    expect(one.status).toBe(200);
  });

  it('can be switched from outside, by who has the token', async () => {
    const admin = (path: string, init: RequestInit = {}, token = 'switches') =>
      fetch(`${api.server.adminUrl}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}` },
      });
    const body = JSON.stringify({ kind: 'error', requests: 5 });
    const path = '/clusters/production/faults';
    const denied = await admin(path, { method: 'POST', body }, 'guess');
    expect(api.cluster.faults.active()).toEqual([]);
    const set = await admin(path, { method: 'POST', body });
    const state = await (await admin('/clusters')).json();
    const bad = await admin(path, { method: 'POST', body: '{"kind":"fire"}' });
    const lost = await admin('/clusters/moon/faults');

    expect(denied.status).toBe(401);
    expect(set.status).toBe(200);
    expect(state).toMatchObject({
      clusters: [
        { name: 'production', faults: [{ kind: 'error', requests: 5 }] },
      ],
    });
    expect(await bad.json()).toEqual({
      error: expect.stringContaining('kind must be one of cut, hang'),
    });
    expect(bad.status).toBe(400);
    expect(await lost.json()).toEqual({
      error: 'there is no cluster moon, but production',
    });
    await admin(`${path}/error`, { method: 'DELETE' });
    expect(api.cluster.faults.active()).toEqual([]);
  });
});
