import {
  Health,
  healthRank,
  healths,
} from '@day2ops/backstage-plugin-day2-common';
import fc from 'fast-check';
import { StoredItem, Transition } from '../model/types';
import { createItem, createVerdict } from './__testUtils__/createItem';
import { track, Tracked, trackRemoval } from './track';

const holdMs = 60_000;

interface Look {
  now: number;
  health: Health;
  reason?: string;
  late?: boolean;
  revision?: string;
  objectSince?: number;
}

function judgedOf(look: Look) {
  const { health, reason = health, revision, objectSince } = look;
  return createItem({
    verdict: createVerdict(health, reason),
    revision: revision ? { id: revision, label: `api:${revision}` } : undefined,
    objectSince,
  });
}

/** Looks at one item again and again, with what was stored the time before. */
function follow(looks: readonly Look[], options: { baseline?: boolean } = {}) {
  let stored: StoredItem | undefined;
  const all: { look: Look; tracked: Tracked }[] = [];
  const rows: Transition[] = [];
  for (const look of looks) {
    const judged = judgedOf(look);
    const tracked = track({
      previous: stored,
      judged,
      now: look.now,
      baseline: options.baseline ?? true,
      late: look.late ?? false,
      holdMs,
    });
    all.push({ look, tracked });
    for (const transition of tracked.transitions) {
      const last = rows.findLast(row => !row.deploy);
      if (transition.raises && last) {
        last.times += 1;
      } else {
        rows.push({ ...transition });
      }
    }
    const { id, kind, group, verdict, revision } = judged;
    stored = {
      ...JSON.parse(JSON.stringify(tracked.history)),
      ...{ id, kind, group, verdict, revision, digest: tracked.digest },
    };
  }
  return { all, rows, stored: stored!, last: all.at(-1)!.tracked };
}

const short = (rows: readonly Transition[]) =>
  rows.map(row => [row.at, row.from?.reason, row.to?.reason, row.times]);

describe('track', () => {
  it('takes a first sync as a baseline, with the time that the object says', () => {
    const { last, rows } = follow([
      { now: 1000, health: 'critical', objectSince: 400 },
    ]);
    expect(last.history).toMatchObject({ since: 400, sinceSource: 'object' });
    expect(rows).toEqual([]);
    expect(last.changed).toBe(true);
    const future = follow([
      { now: 1000, health: 'healthy', objectSince: 2000 },
    ]);
    expect(future.last.history).toMatchObject({
      since: 1000,
      sinceSource: 'observed',
    });
  });

  it('knows something new from something that was there before', () => {
    const { rows } = follow([{ now: 1000, health: 'progressing' }], {
      baseline: false,
    });
    expect(short(rows)).toEqual([[1000, undefined, 'progressing', 1]]);
  });

  it('keeps since, and writes nothing, while nothing changes', () => {
    const { last, rows } = follow([
      { now: 1000, health: 'warning' },
      { now: 2000, health: 'warning', objectSince: 1500 },
      { now: 900_000, health: 'warning', late: true },
    ]);
    expect(last.history).toMatchObject({
      since: 1000,
      sinceSource: 'observed',
    });
    expect(last.changed).toBe(false);
    expect(last.dueAt).toBeUndefined();
    expect(rows).toEqual([]);
  });

  it('takes worse at once, and better after it held, from when it began', () => {
    const looks: Look[] = [
      { now: 0, health: 'healthy' },
      { now: 1000, health: 'critical' },
      { now: 5000, health: 'healthy' },
    ];
    const soon = follow(looks);
    expect(soon.last.history).toMatchObject({
      since: 5000,
      recorded: { health: 'critical' },
    });
    expect(soon.last.dueAt).toBe(5000 + holdMs);
    expect(short(soon.rows)).toEqual([[1000, 'healthy', 'critical', 1]]);
    const held = follow([...looks, { now: 5000 + holdMs, health: 'healthy' }]);
    expect(short(held.rows)).toEqual([
      [1000, 'healthy', 'critical', 1],
      [5000, 'critical', 'healthy', 1],
    ]);
    expect(held.last.history).toEqual({
      since: 5000,
      sinceSource: 'observed',
      flapping: undefined,
    });
    expect(held.last.changed).toBe(true);
    expect(held.last.dueAt).toBeUndefined();
  });

  it('counts flapping in one row', () => {
    const looks: Look[] = [{ now: 0, health: 'healthy' }];
    for (let round = 0; round < 7; round++) {
      looks.push({ now: 1000 + round * 20_000, health: 'critical' });
      looks.push({ now: 9000 + round * 20_000, health: 'healthy' });
    }
    const { rows, last, all } = follow(looks);
    expect(short(rows)).toEqual([[1000, 'healthy', 'critical', 7]]);
    expect(last.history.flapping).toEqual({ times: 7, since: 9000 });
    expect(all.at(-2)!.tracked.history.since).toBe(1000 + 6 * 20_000);
    const calm = follow([
      ...looks,
      { now: 9000 + 6 * 20_000 + holdMs, health: 'healthy' },
    ]);
    expect(calm.last.history.flapping).toBeUndefined();
    expect(calm.rows).toHaveLength(2);
  });

  it('says no longer that it flaps when it stays bad', () => {
    const { all, last } = follow([
      { now: 0, health: 'critical' },
      { now: 1000, health: 'healthy' },
      { now: 2000, health: 'critical' },
      { now: 2000 + 10 * holdMs, health: 'critical' },
    ]);
    expect(all[2].tracked.history.flapping).toEqual({ times: 2, since: 1000 });
    expect(all[2].tracked.dueAt).toBe(2000 + 10 * holdMs);
    expect(last.history.flapping).toBeUndefined();
  });

  it('never shows the time before it held better than its worst', () => {
    const { rows } = follow([
      { now: 0, health: 'critical' },
      { now: 1000, health: 'healthy' },
      { now: 2000, health: 'warning' },
      { now: 3000, health: 'healthy' },
      { now: 1000 + holdMs, health: 'healthy' },
      { now: 3000 + holdMs, health: 'healthy' },
    ]);
    expect(short(rows)).toEqual([
      [1000, 'critical', 'warning', 1],
      [3000, 'warning', 'healthy', 1],
    ]);
  });

  it('finds late what changed in a gap, once, with the time that the object says', () => {
    const { rows, last } = follow([
      { now: 0, health: 'warning' },
      { now: 900_000, health: 'critical', late: true, objectSince: 500_000 },
      { now: 990_000, health: 'critical' },
    ]);
    expect(rows).toMatchObject([
      { at: 500_000, observedLate: true, to: { health: 'critical' } },
    ]);
    expect(last.history.sinceSource).toBe('object');
    const unsaid = follow([
      { now: 0, health: 'critical' },
      { now: 900_000, health: 'healthy', late: true, objectSince: 500_000 },
    ]);
    expect(unsaid.rows).toMatchObject([{ at: 900_000, observedLate: true }]);
    expect(unsaid.last.history.sinceSource).toBe('observedLate');
  });

  it('goes on after a restart with what had not held yet', () => {
    const { rows } = follow([
      { now: 0, health: 'critical' },
      { now: 1000, health: 'healthy' },
      { now: 200_000, health: 'healthy', late: true },
    ]);
    expect(rows).toMatchObject([{ at: 1000, observedLate: false }]);
  });

  it('sees a deploy in a changed revision', () => {
    const { rows, last } = follow([
      { now: 0, health: 'healthy' },
      { now: 1000, health: 'healthy', revision: '1' },
      { now: 2000, health: 'healthy', revision: '2' },
      { now: 3000, health: 'progressing', revision: '3' },
    ]);
    expect(rows.map(row => [row.at, row.deploy])).toEqual([
      [2000, { from: 'api:1', to: 'api:2' }],
      [3000, undefined],
      [3000, { from: 'api:2', to: 'api:3' }],
    ]);
    expect(last.changed).toBe(true);
  });

  it('ends with what history shows', () => {
    const { stored } = follow([
      { now: 0, health: 'critical' },
      { now: 1000, health: 'healthy' },
    ]);
    expect(trackRemoval({ previous: stored, now: 2000, late: false })).toEqual({
      itemId: stored.id,
      at: 2000,
      from: { health: 'critical', reason: 'critical' },
      to: undefined,
      observedLate: false,
      times: 1,
    });
  });

  const looks = fc
    .array(
      fc.record({
        after: fc.integer({ min: 0, max: 3 * holdMs }),
        health: fc.constantFrom(...healths),
        reason: fc.constantFrom('A', 'B'),
        late: fc.boolean(),
        objectAgo: fc.option(fc.integer({ min: -holdMs, max: 5 * holdMs }), {
          nil: undefined,
        }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map(steps => {
      let now = 0;
      return steps.map(({ after, objectAgo, ...look }): Look => {
        now += after;
        return {
          ...look,
          now,
          objectSince: objectAgo === undefined ? undefined : now - objectAgo,
        };
      });
    });

  it('never goes back in time, and shows the present verdict', () => {
    fc.assert(
      fc.property(looks, steps => {
        const { all, rows } = follow(steps);
        for (const [index, { look, tracked }] of all.entries()) {
          const before = all[index - 1] ?? all[index];
          const { since } = tracked.history;
          const earlier = before.tracked.history.since;
          const same =
            before.look.health === look.health &&
            before.look.reason === look.reason;
          expect(since).toBeLessThanOrEqual(look.now);
          expect(since).toBeGreaterThanOrEqual(earlier);
          expect(same && since !== earlier).toBe(false);
        }
        for (const [index, row] of rows.entries()) {
          expect(row.at).toBeGreaterThanOrEqual(
            rows[index - 1]?.at ?? -Infinity,
          );
          expect(row.from?.health).toBe(
            rows[index - 1]?.to?.health ?? steps[0].health,
          );
        }
      }),
    );
  });

  it('never has history better than the truth', () => {
    fc.assert(
      fc.property(looks, steps => {
        const { all, rows } = follow(steps);
        for (const { look } of all) {
          // What history shows of the moment just looked at.
          const shown = rows.findLast(row => row.at <= look.now)?.to;
          const health = shown?.health ?? steps[0].health;
          const sameMoment = all.filter(one => one.look.now === look.now);
          const best = Math.min(
            ...sameMoment.map(one => healthRank(one.look.health)),
          );
          expect(healthRank(health)).toBeGreaterThanOrEqual(best);
        }
      }),
    );
  });

  it('ends at the truth when all is calm, and then writes nothing', () => {
    fc.assert(
      fc.property(looks, steps => {
        const end = steps.at(-1)!;
        const calm = [1, 2, 3, 20, 40].map(times => ({
          ...end,
          late: false,
          now: end.now + times * holdMs,
        }));
        const { rows, last } = follow([...steps, ...calm]);
        expect(rows.at(-1)?.to?.health ?? steps[0].health).toBe(end.health);
        expect(last).toMatchObject({
          changed: false,
          dueAt: undefined,
          transitions: [],
        });
        expect(last.history.flapping).toBeUndefined();
      }),
    );
  });
});
