import { ManualClock } from '../__testUtils__/ManualClock';
import { RefreshScheduler } from './RefreshScheduler';
import { fleetTiming, RefreshTiming, serviceTiming } from './types';

function setUp(
  options: { timing?: RefreshTiming; random?: () => number } = {},
) {
  const { timing = serviceTiming, random = () => 0.5 } = options;
  const clock = new ManualClock();
  const starts: number[] = [];
  const scheduler: RefreshScheduler = new RefreshScheduler({
    clock,
    random,
    timing,
    refresh: () => starts.push(clock.now()),
  });
  scheduler.setSignals(true);
  return { clock, starts, scheduler };
}

describe('RefreshScheduler', () => {
  it('asks at once, then every minute give or take a fifth, and every half minute without signals', () => {
    for (const [random, expected] of [
      [0, 48_000],
      [1, 72_000],
    ]) {
      const { clock, starts, scheduler } = setUp({ random: () => random });
      scheduler.start(true);
      clock.advance(0);
      scheduler.settled(true);
      clock.advance(expected - 1);
      expect(starts).toEqual([0]);
      clock.advance(1);
      expect(starts).toEqual([0, expected]);
    }
    const { clock, starts, scheduler } = setUp();
    scheduler.setSignals(false);
    scheduler.start(true);
    clock.advance(0);
    scheduler.settled(true);
    clock.advance(30_000);
    expect(starts).toEqual([0, 30_000]);
  });

  it('follows a hint after a random while, and many hints once', () => {
    const { clock, starts, scheduler } = setUp({ timing: fleetTiming });
    scheduler.start(true);
    clock.advance(0);
    scheduler.settled(true);
    clock.advance(10_000);
    scheduler.hint();
    scheduler.hint();
    clock.advance(1_499);
    expect(starts).toEqual([0]);
    clock.advance(1);
    expect(starts).toEqual([0, 11_500]);
  });

  it.each([
    ['an entity', serviceTiming, 2_000],
    ['the fleet', fleetTiming, 5_000],
  ])(
    'never asks twice for %s within its smallest interval',
    (_, timing, least) => {
      const { clock, starts, scheduler } = setUp({ timing });
      scheduler.start(true);
      let answered = 0;
      for (let step = 0; step < 600; step += 1) {
        clock.advance(100);
        if (starts.length > answered) {
          scheduler.settled(true);
          answered = starts.length;
        }
        scheduler.hint();
      }
      const gaps = starts.slice(1).map((at, index) => at - starts[index]);
      expect(starts.length).toBeGreaterThan(5);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(least);
    },
  );

  it('asks again after the answer when a hint came meanwhile', () => {
    const { clock, starts, scheduler } = setUp();
    scheduler.start(true);
    clock.advance(0);
    scheduler.hint();
    clock.advance(10_000);
    expect(starts).toEqual([0]);
    scheduler.settled(true);
    clock.advance(250);
    expect(starts).toEqual([0, 10_250]);
  });

  it('is quiet while hidden, and asks at once when shown again', () => {
    const { clock, starts, scheduler } = setUp();
    scheduler.start(true);
    clock.advance(0);
    scheduler.settled(true);
    scheduler.setVisible(false);
    scheduler.hint();
    clock.advance(600_000);
    expect(starts).toEqual([0]);
    expect(clock.pending).toBe(0);
    scheduler.setVisible(true);
    clock.advance(0);
    expect(starts).toEqual([0, 600_000]);
  });

  it('waits longer after each error, a minute at most, and forgets it after a success', () => {
    const { clock, scheduler } = setUp();
    scheduler.start(true);
    clock.advance(0);
    const pauses = [1, 2, 3, 4, 5, 6].map(() => {
      const pause = scheduler.settled(false) - clock.now();
      clock.advance(pause);
      return pause;
    });
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(scheduler.settled(true) - clock.now()).toBe(60_000);
  });

  it('leaves no timer behind', () => {
    const { clock, scheduler } = setUp();
    scheduler.start(true);
    clock.advance(0);
    scheduler.settled(true);
    scheduler.stop();
    scheduler.hint();
    expect(clock.pending).toBe(0);
  });
});
