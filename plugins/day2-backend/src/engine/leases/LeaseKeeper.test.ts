import { mockServices } from '@backstage/backend-test-utils';
import { Lease, LeaseStore } from '../../model/types';
import { ManualClock } from '../__testUtils__/ManualClock';
import { bestOwner } from './bestOwner';
import { LeaseKeeper } from './LeaseKeeper';

/** Leases and replicas as a database has them, on the test's clock. */
class SharedLeases {
  readonly rows = new Map<
    string,
    { holder: string; epoch: number; expiresAt: number }
  >();
  readonly seen = new Map<string, { startedAt: number; at: number }>();
  readonly clock: ManualClock;

  constructor(clock: ManualClock) {
    this.clock = clock;
  }

  /** The store as one replica sees it; `reach` may fail, hang or pass. */
  store(reach: () => void | Promise<void> = () => {}): LeaseStore {
    const { rows, seen, clock } = this;
    const isOurs = ({ scope, holder, epoch }: Lease) => {
      const row = rows.get(scope);
      return row?.holder === holder && row.epoch === epoch;
    };
    return {
      async heartbeat({ id }) {
        await reach();
        const startedAt = seen.get(id)?.startedAt ?? clock.now();
        seen.set(id, { startedAt, at: clock.now() });
      },
      async replicas() {
        await reach();
        return [...seen]
          .filter(([, { at }]) => clock.now() - at < 15_000)
          .map(([id, { startedAt }]) => ({
            id,
            aliveMs: clock.now() - startedAt,
          }));
      },
      async acquire(scope, holder) {
        await reach();
        const row = rows.get(scope);
        if (row && row.holder !== '' && row.expiresAt > clock.now()) {
          return undefined;
        }
        const epoch = (row?.epoch ?? 0) + 1;
        rows.set(scope, { holder, epoch, expiresAt: clock.now() + 15_000 });
        return { scope, holder, epoch };
      },
      async renew(lease) {
        await reach();
        const row = rows.get(lease.scope);
        if (!row || !isOurs(lease) || row.expiresAt <= clock.now()) {
          return false;
        }
        row.expiresAt = clock.now() + 15_000;
        return true;
      },
      async release(lease) {
        await reach();
        if (isOurs(lease)) {
          rows.get(lease.scope)!.holder = '';
        }
      },
    };
  }
}

const scopes = ['cluster:a', 'cluster:b', 'cluster:c', 'cluster:d'];

function setUp() {
  const clock = new ManualClock();
  const shared = new SharedLeases(clock);
  /** Who may write which scope, as the keepers said; a scope with two is a defect. */
  const writers = new Map<string, Set<string>>();
  const log: string[] = [];
  const keeper = (
    id: string,
    options: {
      reach?: () => void | Promise<void>;
      scopes?: () => readonly string[];
    } = {},
  ) =>
    new LeaseKeeper({
      store: shared.store(options.reach),
      replica: { id, roles: ['collector'], version: '1' },
      clock,
      logger: mockServices.logger.mock(),
      scopes: options.scopes ?? (() => scopes),
      onHeld: ({ scope }) => {
        const all = writers.get(scope) ?? new Set();
        writers.set(scope, all.add(id));
        expect(all.size).toBe(1);
      },
      async onReleased(scope, { flush }) {
        writers.get(scope)?.delete(id);
        log.push(`${id} ${scope} ${flush ? 'flush' : 'drop'}`);
      },
    });
  return { clock, shared, keeper, log };
}

describe('bestOwner', () => {
  it('spreads scopes, and moves few when a replica leaves', () => {
    const many = Array.from({ length: 300 }, (_, index) => `cluster:${index}`);
    const before = many.map(scope => bestOwner(scope, ['x', 'y', 'z']));
    const after = many.map(scope => bestOwner(scope, ['z', 'x']));
    for (const id of ['x', 'y', 'z']) {
      expect(before.filter(each => each === id).length).toBeGreaterThan(60);
    }
    for (const [index, owner] of before.entries()) {
      expect(owner === 'y' || owner === after[index]).toBe(true);
    }
    expect(bestOwner('cluster:a', [])).toBeUndefined();
  });
});

describe('LeaseKeeper', () => {
  it('holds everything alone, and gives half away to one that has lived a minute', async () => {
    const { clock, keeper, log } = setUp();
    const first = keeper('r1');
    first.start();
    await clock.advance(1000);
    expect([...first.held].sort()).toEqual(scopes);
    const second = keeper('r2');
    second.start();
    await clock.advance(55_000);
    expect(second.held).toEqual([]);
    await clock.advance(60_000);
    const expected = scopes.filter(
      scope => bestOwner(scope, ['r1', 'r2']) === 'r2',
    );
    expect(expected.length).toBeGreaterThan(0);
    expect([...second.held].sort()).toEqual(expected);
    expect(log).toHaveLength(expected.length);
    expect(log.every(line => line.endsWith('flush'))).toBe(true);
    await first.stop();
    await clock.advance(10_000);
    expect([...second.held].sort()).toEqual(expect.arrayContaining(expected));
    await second.stop();
    expect(clock.pending).toBe(0);
  });

  it('takes over what a dead replica held within 20 s', async () => {
    const { clock, keeper, shared } = setUp();
    let isDead = false;
    const dying = keeper('r1', {
      reach: () => {
        if (isDead) {
          throw new Error('killed');
        }
      },
    });
    dying.start();
    await clock.advance(1000);
    expect(dying.held).toHaveLength(4);
    const heir = keeper('r2');
    heir.start();
    await clock.advance(3000);
    isDead = true;
    await clock.advance(20_000);
    expect([...heir.held].sort()).toEqual(scopes);
    expect(dying.held).toEqual([]);
    expect(shared.rows.get('cluster:a')?.epoch).toBe(2);
    await heir.stop();
    await dying.stop();
  });

  it('lets go by itself when the database hangs, before the lease can be taken', async () => {
    const { clock, keeper, log } = setUp();
    let wake = () => {};
    let hangs = false;
    const hanging = keeper('r1', {
      reach: () =>
        hangs
          ? new Promise(resolve => {
              wake = resolve;
            })
          : undefined,
    });
    hanging.start();
    await clock.advance(1000);
    hangs = true;
    await clock.advance(13_000);
    expect(hanging.held).toEqual([]);
    expect(log).toHaveLength(4);
    expect(log.every(line => line.endsWith('drop'))).toBe(true);
    hangs = false;
    wake();
    await clock.advance(20_000);
    expect(hanging.held).toHaveLength(4);
    await hanging.stop();
  });

  it('steps down when its lease is somebody else’s', async () => {
    const { clock, keeper, shared, log } = setUp();
    const paused = keeper('r1');
    paused.start();
    await clock.advance(1000);
    shared.rows.set('cluster:a', {
      holder: 'r9',
      epoch: 9,
      expiresAt: clock.now() + 60_000,
    });
    await clock.advance(5000);
    expect(paused.held).not.toContain('cluster:a');
    expect(log).toEqual(['r1 cluster:a drop']);
    await paused.lost('cluster:b');
    expect(paused.held).not.toContain('cluster:b');
    await paused.stop();
  });

  it('gives up a scope that is no longer there, and everything when it stops', async () => {
    const { clock, keeper, shared, log } = setUp();
    let present = scopes;
    const one = keeper('r1', { scopes: () => present });
    one.start();
    await clock.advance(1000);
    present = scopes.slice(1);
    await clock.advance(5000);
    expect(log).toEqual(['r1 cluster:a flush']);
    await one.stop();
    expect(log).toHaveLength(4);
    expect([...shared.rows.values()].map(({ holder }) => holder)).toEqual([
      '',
      '',
      '',
      '',
    ]);
    expect(clock.pending).toBe(0);
  });
});
