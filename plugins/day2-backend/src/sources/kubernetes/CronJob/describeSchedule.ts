import { CronJobFields } from './types';

const days = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];

const macros: Readonly<Record<string, string>> = {
  '@hourly': 'every hour',
  '@daily': 'daily at 00:00',
  '@midnight': 'daily at 00:00',
  '@weekly': 'on Sundays at 00:00',
  '@monthly': 'monthly',
  '@yearly': 'yearly',
  '@annually': 'yearly',
};

/** `daily at 02:00`, in words where a schedule is simple, else as it is written. */
export function describeSchedule({
  schedule,
  timeZone,
}: Pick<CronJobFields, 'schedule' | 'timeZone'>): string {
  const zone = timeZone ? ` (${timeZone})` : '';
  return `${describeCron(schedule.trim())}${zone}`;
}

function describeCron(cron: string): string {
  if (macros[cron]) {
    return macros[cron];
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...rest] =
    cron.split(/\s+/);
  const plain = rest.length === 0 && dayOfMonth === '*' && month === '*';
  if (!plain) {
    return `at \`${cron.slice(0, 40)}\``;
  }
  if (hour === '*' && dayOfWeek === '*') {
    return describeMinutes(minute) ?? `at \`${cron.slice(0, 40)}\``;
  }
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) {
    return `at \`${cron.slice(0, 40)}\``;
  }
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (dayOfWeek === '*') {
    return `daily at ${time}`;
  }
  const day = /^[0-7]$/.test(dayOfWeek)
    ? days[Number(dayOfWeek) % 7]
    : undefined;
  return day ? `on ${day}s at ${time}` : `at \`${cron.slice(0, 40)}\``;
}

function describeMinutes(minute: string): string | undefined {
  const step = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  if (minute === '*' || step === '1') {
    return 'every minute';
  }
  if (step) {
    return `every ${step} min`;
  }
  return /^\d{1,2}$/.test(minute)
    ? `every hour at :${minute.padStart(2, '0')}`
    : undefined;
}
