import { Clock } from '../../model/time';

/** Real time. Its timers never keep the process alive. */
export function createSystemClock(): Clock {
  const after = (delayMs: number, task: () => void) => {
    const timer = setTimeout(task, Math.min(delayMs, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  };
  return {
    now: () => Date.now(),
    after,
    delay(delayMs, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        let cancel = () => {};
        const onAbort = () => {
          cancel();
          reject(signal.reason);
        };
        cancel = after(delayMs, () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        });
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
