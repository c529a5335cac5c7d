import { Clock } from '../../model/time';

/** Time that only the test moves. */
export function createManualClock(): Clock & {
  advance(ms: number): Promise<void>;
  /** Delays and tasks that wait. */
  waiting(): number;
} {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const tasks = new Set<{ at: number; run: () => void }>();
  function after(delayMs: number, run: () => void) {
    const task = { at: now + delayMs, run };
    tasks.add(task);
    return () => {
      tasks.delete(task);
    };
  }
  return {
    now: () => now,
    after,
    delay: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        const cancel = after(delayMs, () => resolve());
        signal.addEventListener('abort', () => {
          cancel();
          reject(signal.reason);
        });
      }),
    waiting: () => tasks.size,
    async advance(ms) {
      now += ms;
      const due = [...tasks].filter(task => task.at <= now);
      for (const task of due.sort((a, b) => a.at - b.at)) {
        tasks.delete(task);
        task.run();
      }
      await Promise.resolve();
    },
  };
}
