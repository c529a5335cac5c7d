import { TooManyRequestsError } from './TooManyRequestsError';

const minute = 60_000;

/**
 * Lets each user do something `perMinute` times in any minute, per replica.
 *
 * @returns a function that counts one use and throws `TooManyRequestsError` when it is one too many
 */
export function createRateLimit(options: {
  perMinute: number;
  now(): number;
}): (user: string) => void {
  const { perMinute, now } = options;
  const uses = new Map<string, number[]>();
  return user => {
    const since = now() - minute;
    for (const [name, times] of uses) {
      if (times[times.length - 1] <= since) {
        uses.delete(name);
      }
    }
    const recent = (uses.get(user) ?? []).filter(time => time > since);
    if (recent.length >= perMinute) {
      const wait = Math.ceil((recent[0] - since) / 1000);
      throw new TooManyRequestsError(
        `You have loaded logs or events ${perMinute} times in a minute; try again in ${wait} s`,
        wait,
      );
    }
    recent.push(now());
    uses.set(user, recent);
  };
}
