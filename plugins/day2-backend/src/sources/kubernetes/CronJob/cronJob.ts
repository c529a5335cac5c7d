import {
  at,
  count,
  flag,
  isoMoment,
  JudgeContext,
  Judgement,
  judgeObject,
  KindDefinition,
  list,
  moment,
  ObjectRecord,
  text,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { jobKind } from '../Job/job';
import { JobFields } from '../Job/types';
import { pruneTemplate } from '../workloads/pruneTemplate';
import { judgeCronJob } from './judgeCronJob';
import { JudgedRun, viewCronJob } from './viewCronJob';
import { CronJobFields } from './types';

const MAX_RUNS = 7;

/**
 * Its Jobs are folded in as runs. How the controller counts missed runs:
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#cron-job-limitations
 */
export const cronJobKind: KindDefinition<CronJobFields> = {
  group: 'batch',
  kind: 'CronJob',
  plural: 'cronjobs',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['Job.batch', 'Pod'],
};

function prune(object: UntrustedObject): CronJobFields {
  const spec = at(object, 'spec');
  const timeZone = text(at(spec, 'timeZone'), 100);
  const deadline = count(at(spec, 'startingDeadlineSeconds'));
  const lastScheduledAt = moment(at(object, 'status', 'lastScheduleTime'));
  const lastSucceededAt = moment(at(object, 'status', 'lastSuccessfulTime'));
  const template = pruneTemplate(at(spec, 'jobTemplate', 'spec', 'template'));
  const active = at(object, 'status', 'active');
  return {
    schedule: text(at(spec, 'schedule'), 200) ?? '',
    suspended: flag(at(spec, 'suspend')) ?? false,
    concurrencyPolicy: text(at(spec, 'concurrencyPolicy'), 40) ?? 'Allow',
    active: list(active, 50)
      .map(reference => text(at(reference, 'name')))
      .filter(name => name !== undefined),
    keepsFailed: (count(at(spec, 'failedJobsHistoryLimit')) ?? 1) > 0,
    images: template.containers.map(({ image }) => image),
    claims: template.claims,
    ...(timeZone && { timeZone }),
    ...(deadline !== undefined && { startingDeadlineSeconds: deadline }),
    ...(lastScheduledAt !== undefined && { lastScheduledAt }),
    ...(lastSucceededAt !== undefined && { lastSucceededAt }),
    ...(active !== undefined &&
      !Array.isArray(active) && { malformed: ['status.active'] }),
  };
}

function judge(
  record: ObjectRecord<CronJobFields>,
  context: JudgeContext,
): Judgement {
  const runs = findRuns(record, context);
  const view = viewCronJob(record, { runs, now: context.now });
  const judgement = judgeCronJob(view);
  const { fields } = record;
  const dueTimes = [
    judgement.dueAt,
    view.overdueAt,
    ...runs.map(run => run.judgement.dueAt),
  ].filter(time => time !== undefined);
  return {
    ...judgement,
    ...(dueTimes.length > 0 && { dueAt: Math.min(...dueTimes) }),
    evidence: {
      schedule: {
        cron: fields.schedule,
        timeZone: fields.timeZone,
        lastDueAt: isoMoment(view.lastDueAt),
        lastRunAt: isoMoment(fields.lastScheduledAt),
        nextDueAt: isoMoment(view.nextDueAt),
        missed: view.missed,
      },
      runs: runs.slice(0, MAX_RUNS).map(run => ({
        name: run.record.head.name,
        health: run.judgement.health,
        reason: run.judgement.reason,
        startedAt: isoMoment(run.startedAt),
        finishedAt: isoMoment(run.finishedAt),
      })),
    },
  };
}

/** Its Jobs, newest first. */
function findRuns(
  { head }: ObjectRecord<CronJobFields>,
  context: JudgeContext,
): JudgedRun[] {
  return context.lookup
    .ownedBy<JobFields>('Job.batch', head.uid)
    .map((record): JudgedRun => {
      const judgement = judgeObject(jobKind, record, context);
      const ended = record.fields.conditions?.find(
        ({ type, status }) =>
          status === 'True' && (type === 'Complete' || type === 'Failed'),
      );
      return {
        record,
        judgement,
        startedAt: record.fields.startedAt ?? record.head.createdAt,
        finishedAt: ended && (record.fields.completedAt ?? ended.since),
        outcome: ended && (ended.type === 'Complete' ? 'succeeded' : 'failed'),
      };
    })
    .sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
}
