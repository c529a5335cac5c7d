import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 200;

/**
 * Asks until `ask` no longer throws, and returns its answer with the milliseconds that passed; throws its last error when
 * the time is over.
 */
export async function waitFor<T>(
  ask: () => T | Promise<T>,
  options: { seconds: number; pauseMs?: number },
): Promise<{ answer: T; ms: number }> {
  const started = performance.now();
  const passed = () => performance.now() - started;
  for (;;) {
    try {
      return { answer: await ask(), ms: passed() };
    } catch (error) {
      if (passed() > options.seconds * 1000) throw error;
    }
    await pause(options.pauseMs ?? PAUSE_MS);
  }
}
