import { Judgement, ObjectRecord } from '@day2ops/backstage-plugin-day2-node';
import { JobFields } from '../Job/types';
import { countDue, parseSchedule } from './schedule';
import { CronJobFields } from './types';

/** The controller looks every 10 s, and may have much to do. */
const TOLERANCE_MS = 2 * 60_000;

/** A Job of a CronJob. */
export interface JudgedRun {
  record: ObjectRecord<JobFields>;
  judgement: Judgement;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  /** `undefined` while it runs. */
  outcome: 'succeeded' | 'failed' | undefined;
}

/** A CronJob with its runs and what its schedule says, as its rule looks at it. */
export interface CronJobView {
  record: ObjectRecord<CronJobFields>;
  fields: CronJobFields;
  /** Newest first. */
  runs: readonly JudgedRun[];
  validSchedule: boolean;
  /** Runs that were due and have not been started. */
  missed: number;
  firstMissedAt: number | undefined;
  lastDueAt: number | undefined;
  nextDueAt: number | undefined;
  /** When the next run will have been missed. */
  overdueAt: number | undefined;
}

export function viewCronJob(
  record: ObjectRecord<CronJobFields>,
  options: { runs: readonly JudgedRun[]; now: number },
): CronJobView {
  const { runs, now } = options;
  const { fields, head } = record;
  const schedule = parseSchedule(fields.schedule, fields.timeZone);
  const after = fields.lastScheduledAt ?? head.createdAt ?? now;
  const none = {
    count: 0,
    first: undefined,
    last: undefined,
    next: undefined,
  };
  const due =
    schedule && !fields.suspended
      ? countDue(schedule, { after, until: now - TOLERANCE_MS })
      : none;
  return {
    record,
    fields,
    runs,
    validSchedule: schedule !== undefined,
    missed: due.count,
    firstMissedAt: due.first,
    lastDueAt: due.last ?? fields.lastScheduledAt,
    nextDueAt: fields.suspended ? undefined : schedule?.next(now),
    overdueAt: due.next === undefined ? undefined : due.next + TOLERANCE_MS,
  };
}
