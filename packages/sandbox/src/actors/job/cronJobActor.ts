import { Cron } from 'croner';
import type { KubernetesObject } from '../../cluster/types';
import { isTrue } from '../conditions';
import { createController, ownerKey } from '../controller';
import { controllerReference } from '../pods';
import { millis, timestamp } from '../time';
import type { Actor, ActorContext } from '../types';
import { isFinished } from './jobActor';

const SOURCE = 'cronjob-controller';
interface Schedule {
  /** The latest run that is due and has not been acted on. */
  due?: number;
  next?: number;
}

function scheduleOf(cron: KubernetesObject, now: number): Schedule {
  const pattern = new Cron(cron.spec?.schedule, {
    timezone: cron.spec?.timeZone ?? 'Etc/UTC',
    paused: true,
  });
  const deadline = cron.spec?.startingDeadlineSeconds;
  const earliest = Math.max(
    millis(cron.status?.lastScheduleTime ?? cron.metadata.creationTimestamp),
    deadline === undefined ? 0 : now - deadline * 1000,
  );
  const next = pattern.nextRun(new Date(now))?.getTime();
  // Runs before the reference: a millisecond more takes in the run of this very moment.
  const [last] = pattern.previousRuns(1, new Date(now + 1));
  const due = last?.getTime();
  return { due: due !== undefined && due > earliest ? due : undefined, next };
}

function jobsOf(context: ActorContext, cron: KubernetesObject) {
  return context.cache.owned('Job', cron.metadata.uid ?? '');
}

const reference = (job: KubernetesObject) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  name: job.metadata.name,
  namespace: job.metadata.namespace,
  resourceVersion: job.metadata.resourceVersion,
  uid: job.metadata.uid,
});

function say(
  context: ActorContext,
  cron: KubernetesObject,
  reason: string,
  message: string,
) {
  context.events.record({
    object: cron,
    type: 'Normal',
    reason,
    message,
    source: SOURCE,
  });
}

function removeJob(
  context: ActorContext,
  cron: KubernetesObject,
  job: KubernetesObject,
) {
  const { namespace, name } = job.metadata;
  context.store.delete({ group: 'batch', kind: 'Job', namespace, name });
  say(context, cron, 'SuccessfulDelete', `Deleted job ${name}`);
}

/** Keeps the newest finished Jobs, as many of each outcome as the limits say. */
function trim(context: ActorContext, cron: KubernetesObject) {
  const finished = jobsOf(context, cron)
    .filter(isFinished)
    .sort((a, b) => millis(b.status?.startTime) - millis(a.status?.startTime));
  const isFailed = (job: KubernetesObject) =>
    isTrue(job.status?.conditions, 'Failed');
  const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } =
    cron.spec ?? {};
  const over = [
    ...finished.filter(job => !isFailed(job)).slice(successfulJobsHistoryLimit),
    ...finished.filter(isFailed).slice(failedJobsHistoryLimit),
  ];
  for (const job of over) removeJob(context, cron, job);
}

function startJob(context: ActorContext, cron: KubernetesObject, due: number) {
  const name = `${cron.metadata.name}-${Math.floor(due / 60_000)}`;
  const template = cron.spec?.jobTemplate;
  context.store.create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: cron.metadata.namespace,
      labels: template?.metadata?.labels,
      annotations: {
        ...template?.metadata?.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(due),
      },
      ownerReferences: [controllerReference(cron)],
    },
    spec: template?.spec,
  });
  say(context, cron, 'SuccessfulCreate', `Created job ${name}`);
}

function writeStatus(
  context: ActorContext,
  cron: KubernetesObject,
  scheduled: number | undefined,
) {
  const jobs = jobsOf(context, cron);
  const active = jobs.filter(job => !isFinished(job));
  const successes = jobs
    .filter(job => isTrue(job.status?.conditions, 'Complete'))
    .map(job => millis(job.status?.completionTime));
  const { namespace, name } = cron.metadata;
  context.store.modify(
    { group: 'batch', kind: 'CronJob', namespace, name },
    object => {
      const before = object.status ?? {};
      const last = Math.max(millis(before.lastSuccessfulTime), ...successes);
      object.status = {
        ...(active.length ? { active: active.map(reference) } : {}),
        ...(scheduled !== undefined || before.lastScheduleTime
          ? {
              lastScheduleTime:
                scheduled === undefined
                  ? before.lastScheduleTime
                  : timestamp(scheduled),
            }
          : {}),
        ...(last ? { lastSuccessfulTime: timestamp(last) } : {}),
      };
    },
    { status: true },
  );
}

/** Starts the run that is due, unless an earlier one stands in its way. Returns what was acted on. */
function run(
  context: ActorContext,
  cron: KubernetesObject,
  due: number,
): number | undefined {
  const active = jobsOf(context, cron).filter(job => !isFinished(job));
  if (active.length && cron.spec?.concurrencyPolicy === 'Forbid') {
    say(
      context,
      cron,
      'JobAlreadyActive',
      'Not starting job because prior execution is running and concurrency policy is Forbid',
    );
    return undefined;
  }
  if (cron.spec?.concurrencyPolicy === 'Replace') {
    for (const job of active) removeJob(context, cron, job);
  }
  startJob(context, cron, due);
  return due;
}

function reconcile(
  context: ActorContext,
  cron: KubernetesObject,
  said: Map<string, Set<string>>,
): number | undefined {
  if (cron.metadata.deletionTimestamp) return undefined;
  const uid = cron.metadata.uid ?? '';
  const seen = said.get(uid) ?? new Set<string>();
  const finished = jobsOf(context, cron).filter(isFinished);
  for (const { metadata, status } of finished) {
    if (seen.has(metadata.name)) continue;
    const outcome = isTrue(status?.conditions, 'Failed')
      ? 'Failed'
      : 'Complete';
    const message = `Saw completed job: ${metadata.name}, condition: ${outcome}`;
    say(context, cron, 'SawCompletedJob', message);
  }
  said.set(uid, new Set(finished.map(job => job.metadata.name)));
  trim(context, cron);
  if (cron.spec?.suspend) {
    writeStatus(context, cron, undefined);
    return undefined;
  }
  const now = context.clock.now();
  const { due, next } = scheduleOf(cron, now);
  const scheduled = due === undefined ? undefined : run(context, cron, due);
  writeStatus(context, cron, scheduled);
  return next === undefined ? undefined : next - now;
}

/** Starts Jobs by the clock. */
export function createCronJobActor(context: ActorContext): Actor {
  const said = new Map<string, Set<string>>();
  return createController(context, {
    name: SOURCE,
    kind: 'CronJob',
    related: (object, kind) =>
      kind === 'Job' ? [ownerKey(object, 'CronJob')] : [],
    reconcile: cron => reconcile(context, cron, said),
    forget: () => {
      const alive = new Set(
        context.cache.list('CronJob').map(({ metadata }) => metadata.uid),
      );
      for (const uid of [...said.keys()]) {
        if (!alive.has(uid)) said.delete(uid);
      }
    },
  });
}
