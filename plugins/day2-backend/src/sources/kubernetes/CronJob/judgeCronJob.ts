import {
  degraded,
  formatMoment,
  healthy,
  Judgement,
  progressing,
  suspended,
  verdict,
} from '@day2ops/backstage-plugin-day2-node';
import { describeSchedule } from './describeSchedule';
import { CronJobView, JudgedRun } from './viewCronJob';

const MANY_MISSED = 3;

/** A ladder: switched off, never due, runs that failed or did not start, and last what went well. */
export function judgeCronJob(view: CronJobView): Judgement {
  const { fields, validSchedule } = view;
  if (fields.suspended) {
    return suspended('Suspended', {
      message: fields.lastScheduledAt
        ? `Is suspended. It last ran on ${formatMoment(
            fields.lastScheduledAt,
          )}.`
        : 'Is suspended.',
    });
  }
  if (!validSchedule) {
    return degraded('InvalidSchedule', {
      message: `Never runs: schedule \`${fields.schedule.slice(0, 40)}\`${
        fields.timeZone ? ` in zone \`${fields.timeZone.slice(0, 40)}\`` : ''
      } means nothing.`,
      params: { schedule: fields.schedule, timeZone: fields.timeZone ?? '' },
    });
  }
  return (
    judgeMissed(view) ??
    judgeLastRun(view) ??
    judgeActiveRun(view) ??
    judgeLostRun(view) ??
    judgeQuiet(view)
  );
}

function judgeMissed(view: CronJobView): Judgement | undefined {
  const { missed, fields, firstMissedAt, runs } = view;
  if (missed === 0) {
    return undefined;
  }
  const activeRun = runs.find(run => run.outcome === undefined);
  const active = fields.active.length > 0 || activeRun !== undefined;
  const blocked = active && fields.concurrencyPolicy === 'Forbid';
  const times = missed === 1 ? '1 run' : `${missed} runs`;
  const last = fields.lastScheduledAt
    ? `last ran on ${formatMoment(fields.lastScheduledAt)}`
    : 'has never run';
  return verdict(missed >= MANY_MISSED ? 'degraded' : 'warning', 'MissedRuns', {
    message: `Missed ${times}: due ${describeSchedule(fields)}, ${last}.${
      blocked ? ' Its last Job is still active.' : ''
    }`,
    params: {
      missed,
      schedule: fields.schedule,
      stillActive: blocked,
    },
    since: firstMissedAt,
  });
}

/** What the newest run that has ended came to. */
function judgeLastRun({ runs, fields }: CronJobView): Judgement | undefined {
  const ended = runs.find(run => run.outcome !== undefined);
  const succeededLater =
    ended?.startedAt !== undefined &&
    fields.lastSucceededAt !== undefined &&
    fields.lastSucceededAt > (ended.finishedAt ?? ended.startedAt);
  if (ended?.outcome !== 'failed' || succeededLater) {
    return undefined;
  }
  const { judgement, startedAt } = ended;
  return degraded('LastRunFailed', {
    message: `Its last run${
      startedAt === undefined ? '' : ` (${formatMoment(startedAt)})`
    } failed. ${judgement.message}`,
    params: {
      ...judgement.params,
      job: ended.record.head.name,
      cause: judgement.reason,
    },
    since: ended.finishedAt ?? startedAt,
  });
}

function judgeActiveRun({ runs, fields }: CronJobView): Judgement | undefined {
  const active = runs.find(run => run.outcome === undefined);
  if (!active) {
    return undefined;
  }
  const { judgement } = active;
  if (judgement.health === 'degraded' || judgement.health === 'warning') {
    return verdict(judgement.health, judgement.reason, {
      message: `Its run is in trouble. ${judgement.message}`,
      params: { ...judgement.params, job: active.record.head.name },
      since: judgement.since,
    });
  }
  const text = {
    message: `Runs: Job \`${active.record.head.name}\`.`,
    params: { job: active.record.head.name },
    since: active.startedAt,
  };
  // Work that is done every few minutes is not news.
  return fields.lastSucceededAt === undefined
    ? progressing('Running', text)
    : healthy('Running', text);
}

/** The Jobs are gone or cannot be read; the CronJob itself knows when one last succeeded. */
function judgeLostRun(view: CronJobView): Judgement | undefined {
  const { fields, runs } = view;
  const { lastScheduledAt, lastSucceededAt, active } = fields;
  if (
    lastScheduledAt === undefined ||
    active.length > 0 ||
    (lastSucceededAt !== undefined && lastSucceededAt >= lastScheduledAt) ||
    succeededSince(runs, lastScheduledAt)
  ) {
    return undefined;
  }
  return degraded('LastRunFailed', {
    message: `Its last run (${formatMoment(
      lastScheduledAt,
    )}) did not succeed. ${
      lastSucceededAt === undefined
        ? 'None has succeeded before.'
        : `The last that did was on ${formatMoment(lastSucceededAt)}.`
    }`,
    since: lastScheduledAt,
  });
}

function succeededSince(runs: readonly JudgedRun[], time: number): boolean {
  return runs.some(
    run => run.outcome === 'succeeded' && (run.finishedAt ?? 0) >= time,
  );
}

function judgeQuiet(view: CronJobView): Judgement {
  const { fields, nextDueAt, record } = view;
  const { lastScheduledAt, lastSucceededAt } = fields;
  const params = { schedule: fields.schedule };
  if (lastScheduledAt === undefined) {
    return progressing('WaitingForFirstRun', {
      message:
        nextDueAt === undefined
          ? 'Has not run yet, and its schedule has no next time.'
          : `Has not run yet. It is first due on ${formatMoment(nextDueAt)}.`,
      params,
      since: record.head.createdAt,
    });
  }
  if (lastSucceededAt === undefined) {
    return progressing('Running', {
      message: `Runs since ${formatMoment(lastScheduledAt)}.`,
      params,
      since: lastScheduledAt,
    });
  }
  return healthy('LastRunSucceeded', {
    message: `Its last run succeeded on ${formatMoment(
      lastSucceededAt,
    )}. It is due ${describeSchedule(fields)}.`,
    params,
    since: lastSucceededAt,
  });
}
