import type { Clock } from './types';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /**
   * Moves time forward and runs what falls due on the way, in order of due time and, for equal times, of request. Timers
   * set by those tasks run too when they fall due within the same span.
   */
  advance(ms: number): void;
  /** How many timers wait: a test that closed everything expects 0. */
  pending(): number;
}

interface Timer {
  due: number;
  order: number;
  task: () => void;
}

/** `now` is milliseconds since the epoch. */
export function createManualClock(options: { now: number }): ManualClock {
  let now = options.now;
  let order = 0;
  const timers = new Set<Timer>();

  const nextDue = (until: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.due > until) continue;
      const earlier =
        !first ||
        timer.due < first.due ||
        (timer.due === first.due && timer.order < first.order);
      if (earlier) first = timer;
    }
    return first;
  };

  return {
    now: () => now,
    after(delayMs, task) {
      const timer = { due: now + Math.max(0, delayMs), order: order++, task };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance(ms) {
      const until = now + ms;
      let timer = nextDue(until);
      while (timer) {
        timers.delete(timer);
        now = Math.max(now, timer.due);
        timer.task();
        timer = nextDue(until);
      }
      now = until;
    },
    pending: () => timers.size,
  };
}
