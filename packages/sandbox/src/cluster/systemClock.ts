import type { Clock } from './types';

/** The machine's clock; `close` cancels every timer that still waits. */
export interface SystemClock extends Clock {
  close(): void;
}

// setTimeout turns longer delays into 1 ms.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** `speed` 60 makes a minute pass in a second, from the moment of creation on. */
export function createSystemClock(
  options: { speed?: number } = {},
): SystemClock {
  const speed = options.speed ?? 1;
  const start = Date.now();
  const cancels = new Set<() => void>();
  const now = () => start + (Date.now() - start) * speed;

  return {
    now,
    after(delayMs, task) {
      const due = now() + Math.max(0, delayMs);
      let timeout: NodeJS.Timeout | undefined;
      const cancel = () => {
        clearTimeout(timeout);
        cancels.delete(cancel);
      };
      const wait = () => {
        const real = Math.max(0, due - now()) / speed;
        timeout = setTimeout(() => {
          if (real > LONGEST_TIMEOUT_MS) {
            wait();
            return;
          }
          cancels.delete(cancel);
          task();
        }, Math.min(real, LONGEST_TIMEOUT_MS));
      };
      cancels.add(cancel);
      wait();
      return cancel;
    },
    close() {
      for (const cancel of [...cancels]) cancel();
    },
  };
}
