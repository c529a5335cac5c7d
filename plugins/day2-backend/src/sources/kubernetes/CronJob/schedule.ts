import { Cron } from 'croner';

/** Counting stops here: more says nothing more. */
const MAX_MISSED = 100;
const HOUR = 3_600_000;

/** When a CronJob is due. Times are ms since the epoch. */
export interface Schedule {
  /** The next due time after a moment; `undefined` when there is none. */
  next(after: number): number | undefined;
}

/**
 * A schedule as the CronJob controller reads it (github.com/robfig/cron, standard parser: five fields, `@daily`,
 * `@every 1h30m`, `?` for `*`), UTC without a time zone. `undefined` when schedule or zone mean nothing.
 */
export function parseSchedule(
  cron: string,
  timeZone: string | undefined,
): Schedule | undefined {
  const every = /^@every\s+(.+)$/.exec(cron);
  if (every) {
    const interval = parseInterval(every[1]);
    return interval === undefined
      ? undefined
      : { next: after => after + interval };
  }
  try {
    const fields = cron.trim().replace(/\?/g, '*');
    const parsed = new Cron(fields, {
      timezone: timeZone ?? 'UTC',
      paused: true,
      ...(fields.startsWith('@') ? {} : { mode: '5-part' as const }),
    });
    const next = (after: number) => parsed.nextRun(new Date(after))?.getTime();
    // An unknown time zone shows only when it is used.
    next(0);
    return { next };
  } catch {
    return undefined;
  }
}

/** Go durations of hours, minutes and seconds. */
function parseInterval(text: string): number | undefined {
  const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/.exec(text);
  if (!match || text === '') {
    return undefined;
  }
  const [hours, minutes, seconds] = match.slice(1).map(Number);
  const interval =
    (hours || 0) * HOUR + (minutes || 0) * 60_000 + (seconds || 0) * 1_000;
  return interval >= 1_000 ? interval : undefined;
}

/** Due times that have passed since `after`, at most 100, and the one that is next. */
export function countDue(
  schedule: Schedule,
  range: { after: number; until: number },
): {
  count: number;
  first: number | undefined;
  last: number | undefined;
  next: number | undefined;
} {
  let count = 0;
  let first: number | undefined;
  let last: number | undefined;
  let next = schedule.next(range.after);
  while (next !== undefined && next <= range.until && count < MAX_MISSED) {
    count += 1;
    first ??= next;
    last = next;
    next = schedule.next(next);
  }
  return {
    count,
    first,
    last,
    next: count < MAX_MISSED ? next : schedule.next(range.until),
  };
}
