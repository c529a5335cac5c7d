import { FakeCluster, status } from '../__testUtils__/FakeCluster';
import { ManualClock, settle } from '../__testUtils__/ManualClock';
import { RecordChange } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';
import { toUnreachable } from '../gateway/ClusterUnreachableError';
import { Reflector } from './Reflector';
import { TokenBucket } from './TokenBucket';
import { defaultTiming, ReflectorStatus } from './types';

const path = '/api/v1/pods';

function pod(name: string, extra: Record<string, unknown> = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    status: { phase: 'Running' },
    ...extra,
  };
}

function setUp(timing: Partial<typeof defaultTiming> = {}) {
  const cluster = new FakeCluster();
  cluster.serve(path);
  const clock = new ManualClock();
  const changes: string[] = [];
  const states: ReflectorStatus[] = [];
  const onChange = ({ before, after, late }: RecordChange) => {
    const verb = before ? 'update' : 'add';
    changes.push(
      `${after ? verb : 'remove'} ${(after ?? before)!.head.name}${
        late ? ' late' : ''
      }`,
    );
  };
  const store = new RecordStore({
    definitions: [
      {
        group: '',
        kind: 'Pod',
        plural: 'pods',
        versions: ['v1'],
        namespaced: true,
        prune: (object: any) => {
          if (object.poison) {
            throw new Error('poison');
          }
          return { phase: object.status?.phase };
        },
      },
    ],
    onChange,
    readability: () => 'synced',
  });
  const table = store.table('Pod')!;
  const reflector = new Reflector({
    gateway: cluster,
    cluster: 'c1',
    path,
    handler: table,
    clock,
    random: () => 0.5,
    tokens: new TokenBucket({ clock, intervalMs: 1000, burst: 1 }),
    timing: { ...defaultTiming, ...timing },
    onStatus: state => states.push(state),
  });
  const names = () => [...table.all()].map(record => record.head.name).sort();
  const expectQuiescent = () =>
    expect(names()).toEqual(
      cluster
        .objects(path)
        .map(object => object.metadata.name)
        .sort(),
    );
  return {
    cluster,
    clock,
    changes,
    states,
    table,
    reflector,
    names,
    expectQuiescent,
  };
}

type Rig = ReturnType<typeof setUp>;

async function stopped({ reflector, cluster, clock }: Rig) {
  await reflector.stop();
  expect(cluster.open.size).toBe(0);
  expect(clock.pending).toBe(0);
}

describe('Reflector', () => {
  it('reads everything at the beginning of one stream and goes on with it', async () => {
    const rig = setUp();
    const { cluster, changes, reflector } = rig;
    cluster.put(path, pod('a'));
    cluster.put(path, pod('b'));
    reflector.start();
    await settle();
    expect(reflector.status.state).toBe('synced');
    expect(reflector.isLive).toBe(true);
    cluster.put(path, pod('a', { status: { phase: 'Failed' } }));
    cluster.put(path, pod('a', { status: { phase: 'Failed' } }));
    cluster.delete(path, 'b', 'shop');
    await settle();
    expect(changes).toEqual([
      'add a late',
      'add b late',
      'update a',
      'remove b',
    ]);
    expect(cluster.count('list')).toBe(0);
    expect(cluster.count('watch')).toBe(1);
    await stopped(rig);
  });

  it.each([
    [
      'refuses initial events',
      (rig: Rig) => (rig.cluster.supportsInitialEvents = false),
    ],
    [
      'never says that the initial events are over',
      (rig: Rig) => {
        const stream = rig.cluster.stream.bind(rig.cluster);
        rig.cluster.stream = request =>
          stream({
            ...request,
            query: { ...request.query, sendInitialEvents: undefined },
          });
      },
    ],
  ])('lists in pages when the server %s', async (_, arrange) => {
    const rig = setUp({ pageSize: 2 });
    arrange(rig);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      rig.cluster.put(path, pod(name));
    }
    rig.reflector.start();
    await rig.clock.advance(31_000);
    expect(rig.reflector.status.state).toBe('synced');
    expect(rig.cluster.count('list')).toBe(3);
    rig.cluster.put(path, pod('f'));
    await settle();
    rig.expectQuiescent();
    await stopped(rig);
  });

  it('starts a paged list once more when its token expires, then asks for one piece', async () => {
    const rig = setUp({ pageSize: 2 });
    rig.cluster.supportsInitialEvents = false;
    for (const name of ['a', 'b', 'c']) {
      rig.cluster.put(path, pod(name));
    }
    rig.cluster.fault = request =>
      request.query?.continue ? status(410, 'Expired') : undefined;
    rig.reflector.start();
    await rig.clock.advance(5000);
    expect(rig.cluster.count('list')).toBe(5);
    rig.expectQuiescent();
    await stopped(rig);
  });

  it('watches on from the same version after a reset, a 429 and a 500, without a list', async () => {
    const rig = setUp();
    const { cluster, clock, reflector } = rig;
    cluster.put(path, pod('a'));
    reflector.start();
    await settle();
    const faults = [
      status(429, 'TooManyRequests', 'slow down', { 'retry-after': '7' }),
      status(500, 'InternalError'),
    ];
    cluster.fault = () => faults.shift();
    const [stream] = cluster.open;
    stream.fail(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    await settle();
    expect(reflector.status.state).toBe('backoff');
    cluster.put(path, pod('b'));
    await clock.advance(1000);
    expect(faults).toHaveLength(1);
    await clock.advance(6000);
    expect(faults).toHaveLength(1);
    await clock.advance(20_000);
    expect(reflector.status.state).toBe('synced');
    rig.expectQuiescent();
    expect(rig.changes.filter(change => change.startsWith('add b'))).toEqual([
      'add b',
    ]);
    expect(cluster.count('list')).toBe(0);
    await stopped(rig);
  });

  it('finds what it missed when its version has expired, over HTTP and inside the stream', async () => {
    const rig = setUp();
    const { cluster, clock, reflector } = rig;
    cluster.put(path, pod('a'));
    cluster.put(path, pod('b'));
    cluster.put(path, pod('c'));
    reflector.start();
    await settle();
    for (const tell of ['stream', 'http']) {
      const [stream] = cluster.open;
      const object = { kind: 'Status', code: 410, reason: 'Expired' };
      if (tell === 'stream') {
        stream.push(JSON.stringify({ type: 'ERROR', object }));
      }
      stream.end();
      cluster.delete(path, tell === 'stream' ? 'a' : 'b', 'shop');
      cluster.put(path, pod(`new-${tell}`));
      cluster.compact();
      await clock.advance(5000);
      rig.expectQuiescent();
    }
    expect(rig.changes).toContain('remove a late');
    expect(rig.changes).toContain('add new-http late');
    await stopped(rig);
  });

  it('asks for at most one list a second while everything answers 410', async () => {
    const rig = setUp();
    rig.cluster.supportsInitialEvents = false;
    rig.cluster.put(path, pod('a'));
    rig.cluster.fault = ({ query }, kind) =>
      kind === 'watch' && !query?.sendInitialEvents
        ? status(410, 'Expired')
        : undefined;
    rig.reflector.start();
    await rig.clock.advance(60_000);
    expect(rig.cluster.count('list')).toBeLessThanOrEqual(60);
    expect(rig.cluster.count('list')).toBeGreaterThan(2);
    expect(rig.cluster.count('watch')).toBeLessThan(60);
    await stopped(rig);
  });

  it('does not spin on watches that end at once', async () => {
    const rig = setUp();
    rig.reflector.start();
    await settle();
    rig.cluster.fault = () => {
      queueMicrotask(() => {
        for (const stream of [...rig.cluster.open]) {
          stream.end();
        }
      });
      return undefined;
    };
    for (const stream of [...rig.cluster.open]) {
      stream.end();
    }
    await rig.clock.advance(60_000);
    expect(rig.cluster.count('watch')).toBeLessThan(15);
    await stopped(rig);
  });

  it('watches again when nothing was heard for two minutes, as no fault', async () => {
    const rig = setUp();
    rig.reflector.start();
    await settle();
    await rig.clock.advance(119_000);
    expect(rig.cluster.count('watch')).toBe(1);
    rig.cluster.bookmark(path);
    await rig.clock.advance(119_000);
    expect(rig.cluster.count('watch')).toBe(1);
    await rig.clock.advance(2000);
    expect(rig.cluster.count('watch')).toBe(2);
    expect(rig.states.map(({ state }) => state)).toEqual(['listing', 'synced']);
    await stopped(rig);
  });

  it('does not believe a list that lacks what is there', async () => {
    const rig = setUp();
    const { cluster, clock, reflector } = rig;
    for (const name of ['a', 'b', 'c']) {
      cluster.put(path, pod(name));
    }
    reflector.start();
    await settle();
    cluster.supportsInitialEvents = false;
    const body = JSON.stringify({
      kind: 'PodList',
      metadata: { resourceVersion: '900' },
      items: [],
    });
    cluster.fault = (_, kind) =>
      kind === 'list' ? { status: 200, headers: {}, body } : undefined;
    for (const stream of [...cluster.open]) {
      stream.end();
    }
    cluster.compact();
    cluster.put(path, pod('d'));
    cluster.compact();
    await clock.advance(30_000);
    expect(rig.names()).toEqual(['a', 'b', 'c']);
    expect(reflector.status.state).toBe('backoff');
    expect(reflector.status.message).toContain('which is there');
    cluster.fault = () => undefined;
    await clock.advance(60_000);
    rig.expectQuiescent();
    expect(reflector.status.state).toBe('synced');
    await stopped(rig);
  });

  it('believes a real loss of more than half', async () => {
    const rig = setUp();
    const { cluster, clock } = rig;
    for (const name of ['a', 'b', 'c', 'd']) {
      cluster.put(path, pod(name));
    }
    rig.reflector.start();
    await settle();
    for (const stream of [...cluster.open]) {
      stream.end();
    }
    for (const name of ['a', 'b', 'c']) {
      cluster.delete(path, name, 'shop');
    }
    cluster.compact();
    await clock.advance(10_000);
    expect(rig.names()).toEqual(['d']);
    await stopped(rig);
  });

  it.each([
    ['an HTML login page', '<html>'],
    ['a truncated body', '{"kind":"PodList","items":[{"meta'],
    ['some other JSON', '{"ok":true}'],
  ])('keeps what it knew when a list answers %s', async (_, body) => {
    const rig = setUp();
    rig.cluster.put(path, pod('a'));
    rig.reflector.start();
    await settle();
    rig.cluster.supportsInitialEvents = false;
    rig.cluster.fault = (__, kind) =>
      kind === 'list' ? { status: 200, headers: {}, body } : undefined;
    for (const stream of [...rig.cluster.open]) {
      stream.end();
    }
    rig.cluster.put(path, pod('b'));
    rig.cluster.compact();
    await rig.clock.advance(10_000);
    expect(rig.names()).toEqual(['a']);
    expect(rig.reflector.status.state).toBe('backoff');
    await stopped(rig);
  });

  it('never goes back in time: late, repeated and resurrecting events', async () => {
    const rig = setUp();
    const { cluster, changes } = rig;
    const old = cluster.put(path, pod('a', { status: { phase: 'Pending' } }));
    const now = cluster.put(path, pod('a', { status: { phase: 'Running' } }));
    rig.reflector.start();
    await settle();
    const [stream] = cluster.open;
    stream.push(JSON.stringify({ type: 'MODIFIED', object: old }));
    stream.push(JSON.stringify({ type: 'MODIFIED', object: now }));
    stream.push(JSON.stringify({ type: 'DELETED', object: old }));
    await settle();
    expect(changes).toEqual(['add a late']);
    cluster.delete(path, 'a', 'shop');
    stream.push(JSON.stringify({ type: 'MODIFIED', object: now }));
    await settle();
    expect(rig.names()).toEqual([]);
    await stopped(rig);
  });

  it('tells a re-created object from the one before, also when the deletion was missed', async () => {
    const rig = setUp();
    const { cluster, changes } = rig;
    cluster.put(path, pod('a'));
    rig.reflector.start();
    await settle();
    const again = pod('a');
    Object.assign(again.metadata, { uid: 'other', resourceVersion: '500' });
    const [stream] = cluster.open;
    stream.push(JSON.stringify({ type: 'ADDED', object: again }));
    await settle();
    expect(changes).toEqual(['add a late', 'remove a', 'add a']);
    await stopped(rig);
  });

  it('sets poisoned objects aside and keeps the rest', async () => {
    const rig = setUp();
    const { cluster, table } = rig;
    cluster.put(path, pod('good'));
    const bad = cluster.put(path, pod('bad', { poison: true }));
    rig.reflector.start();
    await settle();
    const [stream] = cluster.open;
    stream.push(JSON.stringify({ type: 'ADDED', object: { spec: 'odd' } }));
    stream.push(JSON.stringify({ type: 'NEWS', object: {} }));
    await settle();
    expect(rig.names()).toEqual(['bad', 'good']);
    expect(table.failure(bad.metadata.uid)).toBe('poison');
    expect(table.quarantined).toBe(1);
    expect(rig.reflector.status.state).toBe('synced');
    cluster.put(path, pod('bad'));
    await settle();
    expect(table.quarantined).toBe(0);
    await stopped(rig);
  });

  it('lists again after a line that is no event', async () => {
    const rig = setUp();
    rig.cluster.put(path, pod('a'));
    rig.reflector.start();
    await settle();
    const [stream] = rig.cluster.open;
    stream.push('{"type":"MODIFIED","object":{"meta');
    await rig.clock.advance(5000);
    expect(rig.cluster.count('watch')).toBe(2);
    expect(rig.reflector.status.state).toBe('synced');
    rig.expectQuiescent();
    await stopped(rig);
  });

  it('tells forbidden and absent apart and tries slowly, or at once when asked', async () => {
    const rig = setUp();
    rig.cluster.fault = () => status(403, 'Forbidden', 'pods is forbidden');
    rig.reflector.start();
    await settle();
    expect(rig.reflector.status).toMatchObject({
      state: 'forbidden',
      message: 'pods is forbidden',
    });
    await rig.clock.advance(240_000);
    expect(rig.cluster.count('watch')).toBe(1);
    rig.cluster.fault = () => undefined;
    rig.cluster.unserve(path);
    rig.reflector.recheck();
    await settle();
    expect(rig.reflector.status.state).toBe('absent');
    rig.cluster.put(path, pod('a'));
    await rig.clock.advance(61_000);
    expect(rig.reflector.status.state).toBe('synced');
    await stopped(rig);
  });

  it('rests while the cluster is silent and goes on where it was', async () => {
    const rig = setUp();
    rig.cluster.put(path, pod('a'));
    rig.reflector.start();
    await settle();
    rig.reflector.pause('the cluster does not answer');
    await settle();
    expect(rig.cluster.open.size).toBe(0);
    rig.cluster.put(path, pod('b'));
    await rig.clock.advance(300_000);
    expect(rig.cluster.count('watch')).toBe(1);
    rig.reflector.resume();
    await settle();
    expect(rig.reflector.status.state).toBe('synced');
    expect(rig.changes).toContain('add b');
    rig.expectQuiescent();
    await stopped(rig);
  });

  it('backs off from a server that is not there, and stops while it waits', async () => {
    const rig = setUp();
    const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    rig.cluster.fault = () => toUnreachable('c1', refused);
    rig.reflector.start();
    await rig.clock.advance(120_000);
    expect(rig.cluster.count('watch')).toBeLessThan(12);
    expect(rig.reflector.status.message).toContain('does not accept');
    await stopped(rig);
  });
});
