import type { KubernetesObject } from '../../cluster/types';
import type { Condition } from '../conditions';
import { isTrue, withCondition } from '../conditions';
import { createController, ownerKey } from '../controller';
import { createPod, deletePod } from '../podControl';
import { isReady, isTerminal } from '../pods';
import { millis, timestamp } from '../time';
import type { Actor, ActorContext } from '../types';

const SOURCE = 'job-controller';
/** Wait after the first failure of a pod, doubled with each further one. */
const RETRY_MS = 10_000;
const MAX_RETRY_MS = 600_000;

interface Tally {
  active: KubernetesObject[];
  succeeded: number;
  failed: number;
  /** When the last pod failed, milliseconds since the epoch. */
  failedAt: number;
}

function endOf(pod: KubernetesObject): number {
  const ends = (pod.status?.containerStatuses ?? []).map(
    (status: { state?: { terminated?: { finishedAt?: string } } }) =>
      millis(status.state?.terminated?.finishedAt),
  );
  return Math.max(0, ...ends);
}

function tally(context: ActorContext, job: KubernetesObject): Tally {
  const pods = context.cache.owned('Pod', job.metadata.uid ?? '');
  const failed = pods.filter(pod => pod.status?.phase === 'Failed');
  return {
    active: pods.filter(
      pod => !isTerminal(pod) && !pod.metadata.deletionTimestamp,
    ),
    succeeded: pods.filter(pod => pod.status?.phase === 'Succeeded').length,
    failed: failed.length,
    failedAt: Math.max(0, ...failed.map(endOf)),
  };
}

export function isFinished(job: KubernetesObject): boolean {
  const conditions = job.status?.conditions;
  return isTrue(conditions, 'Complete') || isTrue(conditions, 'Failed');
}

interface Outcome {
  type: 'Complete' | 'Failed';
  reason: string;
  message: string;
}

function restartsOf(pods: readonly KubernetesObject[]): number {
  let total = 0;
  for (const pod of pods) {
    for (const status of pod.status?.containerStatuses ?? []) {
      total += status.restartCount ?? 0;
    }
  }
  return total;
}

function outcomeOf(
  job: KubernetesObject,
  counts: Tally,
  now: number,
): Outcome | undefined {
  const { completions = 1, backoffLimit = 6 } = job.spec ?? {};
  if (counts.succeeded >= completions) {
    return {
      type: 'Complete',
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    };
  }
  const retries =
    job.spec?.template.spec.restartPolicy === 'OnFailure'
      ? restartsOf(counts.active)
      : counts.failed;
  if (retries > backoffLimit) {
    return {
      type: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    };
  }
  const deadline = job.spec?.activeDeadlineSeconds;
  const started = millis(job.status?.startTime);
  if (deadline && started && started + deadline * 1000 <= now) {
    return {
      type: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Job was active longer than specified deadline',
    };
  }
  return undefined;
}

/** Pods that are due now; a number says when the next one is. */
function spawn(
  context: ActorContext,
  job: KubernetesObject,
  counts: Tally,
): number | undefined {
  const { completions = 1, parallelism = 1 } = job.spec ?? {};
  const missing =
    Math.min(parallelism, completions - counts.succeeded) -
    counts.active.length;
  if (missing <= 0) return undefined;
  if (counts.failed) {
    const wait = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** (counts.failed - 1));
    const left = counts.failedAt + wait - context.clock.now();
    if (left > 0) return left;
  }
  const { name, uid } = job.metadata;
  const labels = {
    'batch.kubernetes.io/controller-uid': uid ?? '',
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid ?? '',
    'job-name': name,
  };
  for (let count = 0; count < missing; count++) {
    const pod = { name: `${name}-${context.random.suffix(5)}`, labels };
    const { template } = job.spec ?? {};
    createPod(context, { owner: job, template, source: SOURCE, pod });
  }
  return undefined;
}

function suspension(job: KubernetesObject): Condition | undefined {
  const before = isTrue(job.status?.conditions, 'Suspended');
  if (job.spec?.suspend) {
    return {
      type: 'Suspended',
      status: 'True',
      reason: 'JobSuspended',
      message: 'Job suspended',
    };
  }
  return before
    ? {
        type: 'Suspended',
        status: 'False',
        reason: 'JobResumed',
        message: 'Job resumed',
      }
    : undefined;
}

function withOutcome(
  conditions: Condition[] | undefined,
  outcome: Outcome,
  now: number,
): Condition[] {
  const { type, reason, message } = outcome;
  const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  const lastProbeTime = timestamp(now);
  const decided = withCondition(
    conditions,
    { type: first, status: 'True', reason, message, lastProbeTime },
    now,
  );
  return withCondition(
    decided,
    { type, status: 'True', reason, message, lastProbeTime },
    now,
  );
}

function writeStatus(
  context: ActorContext,
  job: KubernetesObject,
  outcome: Outcome | undefined,
) {
  const now = context.clock.now();
  const counts = tally(context, job);
  const { namespace, name } = job.metadata;
  context.store.modify(
    { group: 'batch', kind: 'Job', namespace, name },
    object => {
      const before = object.status ?? {};
      const suspended = suspension(object);
      let conditions: Condition[] | undefined = before.conditions;
      if (suspended) conditions = withCondition(conditions, suspended, now);
      if (outcome) conditions = withOutcome(conditions, outcome, now);
      object.status = {
        startTime: object.spec?.suspend
          ? undefined
          : before.startTime ?? timestamp(now),
        ...(counts.active.length
          ? {
              active: counts.active.length,
              ready: counts.active.filter(isReady).length,
            }
          : { ready: 0 }),
        ...(counts.succeeded ? { succeeded: counts.succeeded } : {}),
        ...(counts.failed ? { failed: counts.failed } : {}),
        terminating: 0,
        uncountedTerminatedPods: {},
        ...(conditions ? { conditions } : {}),
        ...(outcome?.type === 'Complete'
          ? { completionTime: timestamp(now) }
          : {}),
      };
    },
    { status: true },
  );
}

function finish(
  context: ActorContext,
  job: KubernetesObject,
  outcome: Outcome,
  active: readonly KubernetesObject[],
) {
  for (const pod of active) {
    deletePod(context, pod, { object: job, source: SOURCE });
  }
  writeStatus(context, job, outcome);
  const failed = outcome.type === 'Failed';
  context.events.record({
    object: job,
    type: failed ? 'Warning' : 'Normal',
    reason: failed ? outcome.reason : 'Completed',
    message: failed ? outcome.message : 'Job completed',
    source: SOURCE,
  });
}

/** A finished Job goes after `ttlSecondsAfterFinished`. */
function expire(
  context: ActorContext,
  job: KubernetesObject,
): number | undefined {
  const ttl = job.spec?.ttlSecondsAfterFinished;
  if (ttl === undefined) return undefined;
  const ended = (job.status?.conditions ?? []).find(
    ({ type, status }: Condition) =>
      (type === 'Complete' || type === 'Failed') && status === 'True',
  );
  const left =
    millis(ended?.lastTransitionTime) + ttl * 1000 - context.clock.now();
  if (left > 0) return left;
  const { namespace, name } = job.metadata;
  context.store.delete({ group: 'batch', kind: 'Job', namespace, name });
  return undefined;
}

function reconcile(
  context: ActorContext,
  job: KubernetesObject,
): number | undefined {
  if (job.metadata.deletionTimestamp) return undefined;
  if (isFinished(job)) return expire(context, job);
  const counts = tally(context, job);
  const now = context.clock.now();
  if (job.spec?.suspend) {
    for (const pod of counts.active) deletePod(context, pod);
    writeStatus(context, job, undefined);
    return undefined;
  }
  const outcome = outcomeOf(job, counts, now);
  if (outcome) {
    finish(context, job, outcome, counts.active);
    return job.spec?.ttlSecondsAfterFinished === undefined ? undefined : 1_000;
  }
  const wait = spawn(context, job, counts);
  writeStatus(context, job, undefined);
  const deadline = job.spec?.activeDeadlineSeconds;
  const started = millis(job.status?.startTime) || now;
  const left = deadline ? started + deadline * 1000 - now : undefined;
  if (wait === undefined) return left;
  return left === undefined ? wait : Math.min(wait, left);
}

/** Runs pods until enough of them succeeded or too many failed. */
export function createJobActor(context: ActorContext): Actor {
  return createController(context, {
    name: SOURCE,
    kind: 'Job',
    related: (object, kind) =>
      kind === 'Pod' ? [ownerKey(object, 'Job')] : [],
    reconcile: job => reconcile(context, job),
  });
}
