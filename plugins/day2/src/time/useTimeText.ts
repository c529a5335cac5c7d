import { useMemo } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';
import { Text, useText } from '../hooks/useText';
import { formatDuration } from './formatDuration';
import { useNow } from './NowContext';

export interface TimeText {
  /** The time that ages are counted to. */
  now: number;
  duration(ms: number): string;
  /** How long since. */
  since(at: number): string;
  /** The same as a phrase: `36 min ago`. */
  ago(at: number): string;
  /** Time of day in UTC; with the day when it is not today. */
  clock(at: number): string;
  /** `21 Nov 2026, 02:31:04 UTC · 21 Nov 2026, 04:31:04 CET`. */
  absolute(at: number): string;
  /** A tick of an axis: time of day, or day. */
  tick(at: number, unit: 'hour' | 'day'): string;
}

/** Words for moments in the person's language. */
export function useTimeText(): TimeText {
  const t = useText();
  const now = useNow();
  const language = useApiHolder()
    .get(appLanguageApiRef)
    ?.getLanguage().language;
  return useMemo(
    () => createTimeText({ t, now, language: language ?? 'en' }),
    [t, now, language],
  );
}

function createTimeText(options: {
  t: Text;
  now: number;
  language: string;
}): TimeText {
  const { t, now } = options;
  const formats = createFormats(options.language);
  const since = (at: number) => formatDuration(t, now - at);
  return {
    now,
    duration: ms => formatDuration(t, ms),
    since,
    ago: at => t('time.ago', { duration: since(at) }),
    clock: at =>
      sameDay(at, now)
        ? formats.clock.format(at)
        : `${formats.day.format(at)} ${formats.clock.format(at)}`,
    absolute: at =>
      t('time.both', {
        utc: formats.utc.format(at),
        local: formats.local.format(at),
      }),
    tick: (at, unit) =>
      unit === 'hour' ? formats.clock.format(at) : formats.weekday.format(at),
  };
}

function createFormats(language: string) {
  // English dates as `21 Nov 2026`, which nobody can mistake.
  const locale = language === 'en' ? 'en-GB' : language;
  const utc = { timeZone: 'UTC', hourCycle: 'h23' } as const;
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const time = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, parts);
  return {
    utc: format({ ...utc, ...date, ...time }),
    local: format({ ...date, ...time, timeZoneName: 'short' }),
    clock: format({ ...utc, hour: '2-digit', minute: '2-digit' }),
    day: format({ timeZone: 'UTC', day: 'numeric', month: 'short' }),
    weekday: format({ timeZone: 'UTC', weekday: 'short', day: 'numeric' }),
  };
}

function sameDay(a: number, b: number): boolean {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  return dayOf(a) === dayOf(b);
}
