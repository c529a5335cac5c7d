import { Text } from '../hooks/useText';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `4 s`, `36 min`, `3 h 12 min`, `1 d 4 h`: two units at most, one when the second says little. */
export function formatDuration(t: Text, ms: number): string {
  const time = Math.max(0, ms);
  if (time < minute) {
    return t('time.seconds', { n: `${Math.floor(time / second)}` });
  }
  if (time < hour) {
    return t('time.minutes', { n: `${Math.floor(time / minute)}` });
  }
  if (time < day) {
    return formatHours(t, time);
  }
  const days = Math.floor(time / day);
  const hours = Math.floor((time % day) / hour);
  if (hours === 0 || days >= 7) {
    return t('time.days', { n: `${days}` });
  }
  return t('time.daysHours', { days: `${days}`, hours: `${hours}` });
}

function formatHours(t: Text, time: number): string {
  const hours = Math.floor(time / hour);
  const minutes = Math.floor((time % hour) / minute);
  if (minutes === 0 || hours >= 12) {
    return t('time.hours', { n: `${hours}` });
  }
  return t('time.hoursMinutes', { hours: `${hours}`, minutes: `${minutes}` });
}
