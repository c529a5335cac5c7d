import type { KubernetesObject } from '../../cluster/types';
import type { Condition } from '../conditions';
import { findCondition, withCondition, withoutCondition } from '../conditions';
import type { Fields } from '../fields';
import { millis, timestamp } from '../time';
import type { ActorContext } from '../types';
import { writeStatus } from '../writeStatus';
import type { Rollout } from './revisions';
import { availableOf, budget, replicasOf, SOURCE } from './revisions';

interface Counts {
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  unavailableReplicas: number;
}

function count({ deployment, current, older }: Rollout): Counts {
  const sets = [...older, ...(current ? [current] : [])];
  const total = (field: string) =>
    sets.reduce((sum, set) => sum + (set.status?.[field] ?? 0), 0);
  const availableReplicas = sets.reduce(
    (sum, set) => sum + availableOf(set),
    0,
  );
  const asked = sets.reduce((sum, set) => sum + replicasOf(set), 0);
  return {
    replicas: total('replicas'),
    updatedReplicas: current?.status?.replicas ?? 0,
    readyReplicas: total('readyReplicas'),
    availableReplicas,
    unavailableReplicas: Math.max(
      0,
      Math.max(asked, replicasOf(deployment)) - availableReplicas,
    ),
  };
}

function isComplete(deployment: KubernetesObject, counts: Counts): boolean {
  const wanted = replicasOf(deployment);
  return (
    counts.updatedReplicas === wanted &&
    counts.replicas === wanted &&
    counts.availableReplicas === wanted
  );
}

function isFurther(before: Fields, counts: Counts): boolean {
  const old = (status: Fields) =>
    (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    old(counts) < old(before) ||
    counts.readyReplicas > (before.readyReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0)
  );
}

function availability(deployment: KubernetesObject, counts: Counts): Condition {
  const minimum = replicasOf(deployment) - budget(deployment).unavailable;
  return counts.availableReplicas >= minimum
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

const progressing = (
  status: Condition['status'],
  reason: string,
  message: string,
): Condition => ({ type: 'Progressing', status, reason, message });

/** What the Progressing condition says now; undefined leaves it as it is. */
function progress(
  rollout: Rollout,
  counts: Counts,
  now: number,
): Condition | undefined {
  const { deployment, current } = rollout;
  const before: Condition | undefined = findCondition(
    deployment.status?.conditions,
    'Progressing',
  );
  const subject = current
    ? `ReplicaSet "${current.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  if (deployment.spec?.paused) {
    return before?.reason === 'DeploymentPaused'
      ? undefined
      : progressing('Unknown', 'DeploymentPaused', 'Deployment is paused');
  }
  if (before?.reason === 'DeploymentPaused') {
    return progressing('Unknown', 'DeploymentResumed', 'Deployment is resumed');
  }
  const known = Number(deployment.status?.observedGeneration ?? 0);
  const settled =
    counts.replicas === counts.updatedReplicas &&
    before?.reason === 'NewReplicaSetAvailable' &&
    known === deployment.metadata.generation;
  if (settled) return undefined;
  if (isComplete(deployment, counts)) {
    const message = `${subject} has successfully progressed.`;
    return progressing('True', 'NewReplicaSetAvailable', message);
  }
  if (isFurther(deployment.status ?? {}, counts)) {
    const message = `${subject} is progressing.`;
    return progressing('True', 'ReplicaSetUpdated', message);
  }
  if (!before || before.reason === 'NewReplicaSetAvailable') {
    if (!current) return undefined;
    if (before && replicasOf(current) && !rollout.older.some(replicasOf)) {
      return undefined;
    }
    const name = current.metadata.name;
    const message = `Created new replica set "${name}"`;
    return progressing('True', 'NewReplicaSetCreated', message);
  }
  if (before.reason === 'ProgressDeadlineExceeded') return undefined;
  const deadline = (deployment.spec?.progressDeadlineSeconds ?? 600) * 1000;
  if (millis(before.lastUpdateTime) + deadline > now) return undefined;
  return progressing(
    'False',
    'ProgressDeadlineExceeded',
    `${subject} has timed out progressing.`,
  );
}

function replicaFailure(rollout: Rollout): Condition | undefined {
  for (const set of [rollout.current, ...rollout.older]) {
    const found = findCondition(set?.status?.conditions, 'ReplicaFailure');
    if (found) return found;
  }
  return undefined;
}

function conditionsOf(
  rollout: Rollout,
  counts: Counts,
  now: number,
): Condition[] {
  const { deployment } = rollout;
  const at = timestamp(now);
  let conditions: Condition[] = deployment.status?.conditions ?? [];
  const available = availability(deployment, counts);
  const earlier = findCondition(conditions, 'Available');
  if (earlier?.status !== available.status) {
    conditions = withCondition(
      conditions,
      { ...available, lastUpdateTime: at },
      now,
    );
  }
  const next = progress(rollout, counts, now);
  if (next) {
    conditions = withCondition(
      conditions,
      { ...next, lastUpdateTime: at },
      now,
    );
  }
  const failure = replicaFailure(rollout);
  return failure
    ? withCondition(conditions, { ...failure, lastUpdateTime: at }, now)
    : withoutCondition(conditions, 'ReplicaFailure');
}

/** Writes what a Deployment has come to; returns when to look again for its progress deadline. */
export function writeProgress(
  context: ActorContext,
  rollout: Rollout,
): number | undefined {
  const { deployment } = rollout;
  const now = context.clock.now();
  const counts = count(rollout);
  const conditions = conditionsOf(rollout, counts, now);
  const numbers = Object.fromEntries(
    Object.entries(counts).filter(([, value]) => value !== 0),
  );
  const { namespace, name } = deployment.metadata;
  writeStatus(
    context,
    { group: 'apps', kind: 'Deployment', namespace, name },
    () => ({
      observedGeneration: deployment.metadata.generation,
      ...numbers,
      conditions,
    }),
  );
  const condition = findCondition(conditions, 'Progressing');
  if (
    condition?.reason === 'ProgressDeadlineExceeded' &&
    findCondition(deployment.status?.conditions, 'Progressing')?.reason !==
      'ProgressDeadlineExceeded'
  ) {
    context.events.record({
      object: deployment,
      type: 'Warning',
      reason: 'ProgressDeadlineExceeded',
      message: condition.message ?? '',
      source: SOURCE,
    });
  }
  const isDone =
    isComplete(deployment, counts) ||
    condition?.status !== 'True' ||
    condition.reason === 'NewReplicaSetAvailable';
  if (isDone) return undefined;
  const deadline = (deployment.spec?.progressDeadlineSeconds ?? 600) * 1000;
  return Math.max(0, millis(condition.lastUpdateTime) + deadline - now) + 1_000;
}
