import { describeSchedule } from './describeSchedule';
import { countDue, parseSchedule } from './schedule';

const at = Date.parse;

function next(cron: string, after: string, timeZone?: string) {
  const time = parseSchedule(cron, timeZone)?.next(at(after));
  return time === undefined ? undefined : new Date(time).toISOString();
}

describe('parseSchedule', () => {
  it.each([
    ['0 2 * * *', '2026-11-21T02:00:00Z', '2026-11-22T02:00:00.000Z'],
    ['*/15 * * * *', '2026-11-21T02:01:00Z', '2026-11-21T02:15:00.000Z'],
    ['@hourly', '2026-11-21T02:01:00Z', '2026-11-21T03:00:00.000Z'],
    ['@every 1h30m', '2026-11-21T02:00:00Z', '2026-11-21T03:30:00.000Z'],
    ['0 0 ? * MON', '2026-11-21T02:00:00Z', '2026-11-23T00:00:00.000Z'],
    // Day of month or day of week, as cron has it.
    ['0 0 13 * FRI', '2026-11-21T00:00:00Z', '2026-11-27T00:00:00.000Z'],
  ])('%s after %s', (cron, after, expected) => {
    expect(next(cron, after)).toBe(expected);
  });

  it('keeps local time over the change of clocks', () => {
    const zone = 'Europe/Berlin';
    expect(next('0 2 * * *', '2026-10-24T12:00:00Z', zone)).toBe(
      '2026-10-25T00:00:00.000Z',
    );
    expect(next('0 4 * * *', '2026-10-25T04:00:00Z', zone)).toBe(
      '2026-10-26T03:00:00.000Z',
    );
  });

  it.each([
    ['61 * * * *', undefined],
    ['* * * * * *', undefined],
    ['', undefined],
    ['@every soon', undefined],
    ['0 2 * * *', 'Mars/Olympus'],
  ])('does not read %j in %s', (cron, zone) => {
    expect(parseSchedule(cron, zone)).toBeUndefined();
  });

  it('counts what was due, and stops counting at 100', () => {
    const daily = parseSchedule('0 2 * * *', undefined)!;
    expect(
      countDue(daily, {
        after: at('2026-11-18T02:00:00Z'),
        until: at('2026-11-21T03:00:00Z'),
      }),
    ).toEqual({
      count: 3,
      first: at('2026-11-19T02:00:00Z'),
      last: at('2026-11-21T02:00:00Z'),
      next: at('2026-11-22T02:00:00Z'),
    });
    const often = parseSchedule('* * * * *', undefined)!;
    expect(
      countDue(often, { after: 0, until: at('2026-11-21T03:00:00Z') }),
    ).toMatchObject({ count: 100, next: at('2026-11-21T03:01:00Z') });
  });
});

describe('describeSchedule', () => {
  it.each([
    ['0 2 * * *', undefined, 'daily at 02:00'],
    ['30 4 * * 1', 'Europe/Berlin', 'on Mondays at 04:30 (Europe/Berlin)'],
    ['*/5 * * * *', undefined, 'every 5 min'],
    ['7 * * * *', undefined, 'every hour at :07'],
    ['@daily', undefined, 'daily at 00:00'],
    ['0 0 1 * *', undefined, 'at `0 0 1 * *`'],
  ])('%s', (schedule, timeZone, words) => {
    expect(describeSchedule({ schedule, timeZone })).toBe(words);
  });
});
