import { StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import type { Condition } from './conditions';
import { withCondition, withoutCondition } from './conditions';
import { createController, ownerKey } from './controller';
import { createPod, deletePod } from './podControl';
import { byDispensability, isActive, isAvailable, isReady } from './pods';
import type { Actor, ActorContext } from './types';
import { writeStatus } from './writeStatus';

const SOURCE = 'replicaset-controller';
/** A ReplicaSet asks for at most so many pods at a time. */
const BURST = 50;

interface Failure {
  reason: 'FailedCreate';
  message: string;
}

function scale(
  context: ActorContext,
  set: KubernetesObject,
  active: readonly KubernetesObject[],
): Failure | undefined {
  const missing = (set.spec?.replicas ?? 1) - active.length;
  if (missing < 0) {
    const surplus = [...active].sort(byDispensability).slice(0, -missing);
    for (const pod of surplus) {
      deletePod(context, pod, { object: set, source: SOURCE });
    }
    return undefined;
  }
  for (let count = 0; count < Math.min(missing, BURST); count++) {
    try {
      createPod(context, {
        owner: set,
        template: set.spec?.template,
        source: SOURCE,
        pod: { name: `${set.metadata.name}-${context.random.suffix(5)}` },
      });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const { message } = error;
      context.events.record({
        object: set,
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Error creating: ${message}`,
        source: SOURCE,
      });
      return { reason: 'FailedCreate', message };
    }
  }
  return undefined;
}

function conditionsOf(
  set: KubernetesObject,
  failure: Failure | undefined,
  now: number,
): Condition[] | undefined {
  const conditions: Condition[] | undefined = set.status?.conditions;
  const next = failure
    ? withCondition(
        conditions,
        { type: 'ReplicaFailure', status: 'True', ...failure },
        now,
      )
    : withoutCondition(conditions, 'ReplicaFailure');
  return next.length ? next : undefined;
}

function reconcile(
  context: ActorContext,
  set: KubernetesObject,
): number | undefined {
  const now = context.clock.now();
  const uid = set.metadata.uid ?? '';
  const minReady = set.spec?.minReadySeconds ?? 0;
  const active = context.cache.owned('Pod', uid).filter(isActive);
  const failure = set.metadata.deletionTimestamp
    ? undefined
    : scale(context, set, active);
  const left = context.cache.owned('Pod', uid).filter(isActive);
  const ready = left.filter(isReady);
  const available = ready.filter(pod => isAvailable(pod, minReady, now));
  const { namespace, name } = set.metadata;
  writeStatus(
    context,
    { group: 'apps', kind: 'ReplicaSet', namespace, name },
    object => {
      const conditions = conditionsOf(object, failure, now);
      return {
        replicas: left.length,
        ...(left.length ? { fullyLabeledReplicas: left.length } : {}),
        ...(ready.length ? { readyReplicas: ready.length } : {}),
        ...(available.length ? { availableReplicas: available.length } : {}),
        observedGeneration: set.metadata.generation,
        ...(conditions ? { conditions } : {}),
      };
    },
  );
  if (failure) return 5_000;
  return available.length < ready.length ? minReady * 1000 : undefined;
}

/** Keeps as many pods as a ReplicaSet asks for. */
export function createReplicaSetActor(context: ActorContext): Actor {
  return createController(context, {
    name: SOURCE,
    kind: 'ReplicaSet',
    related: (object, kind) =>
      kind === 'Pod' ? [ownerKey(object, 'ReplicaSet')] : [],
    reconcile: set => reconcile(context, set),
  });
}
