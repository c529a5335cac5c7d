import type { KubernetesObject } from '../cluster/types';
import { withCondition } from './conditions';
import { createController, keyOf } from './controller';
import { isActive, isReady } from './pods';
import { matchesLabels } from './selectors';
import type { Actor, ActorContext } from './types';
import { writeStatus } from './writeStatus';

const SOURCE = 'controllermanager';

function scaled(value: unknown, total: number): number {
  if (typeof value === 'number') return value;
  return Math.ceil((total * Number.parseInt(String(value), 10)) / 100);
}

/** How many pods the controllers of these pods ask for. */
function expectedOf(
  context: ActorContext,
  pods: readonly KubernetesObject[],
): number {
  const owners = new Map<string, number>();
  let bare = 0;
  for (const pod of pods) {
    const owner = pod.metadata.ownerReferences?.find(o => o.controller);
    if (!owner) {
      bare += 1;
      continue;
    }
    const { namespace } = pod.metadata;
    const set = context.cache.get(owner.kind, namespace, owner.name);
    const above = set?.metadata.ownerReferences?.find(o => o.controller);
    const top = above
      ? context.cache.get(above.kind, namespace, above.name)
      : set;
    owners.set(
      top?.metadata.uid ?? owner.uid,
      top?.spec?.replicas ?? top?.status?.desiredNumberScheduled ?? 1,
    );
  }
  return [...owners.values()].reduce((sum, replicas) => sum + replicas, bare);
}

function reconcile(context: ActorContext, budget: KubernetesObject) {
  const { namespace, name } = budget.metadata;
  const pods = context.cache
    .list('Pod', namespace)
    .filter(pod => isActive(pod) && matchesLabels(budget.spec?.selector, pod));
  const expected = expectedOf(context, pods);
  const healthy = pods.filter(isReady).length;
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  const desired =
    maxUnavailable === undefined
      ? scaled(minAvailable ?? 1, expected)
      : Math.max(0, expected - scaled(maxUnavailable, expected));
  const allowed = Math.max(0, healthy - desired);
  const now = context.clock.now();
  writeStatus(
    context,
    { group: 'policy', kind: 'PodDisruptionBudget', namespace, name },
    object => {
      return {
        conditions: withCondition(
          object.status?.conditions,
          {
            type: 'DisruptionAllowed',
            status: allowed > 0 ? 'True' : 'False',
            reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
            message: '',
            observedGeneration: budget.metadata.generation,
          },
          now,
        ),
        currentHealthy: healthy,
        desiredHealthy: desired,
        disruptionsAllowed: allowed,
        expectedPods: expected,
        observedGeneration: budget.metadata.generation,
      };
    },
  );
  return undefined;
}

/** Says how many pods each budget would let go. */
export function createDisruptionActor(context: ActorContext): Actor {
  return createController(context, {
    name: SOURCE,
    kind: 'PodDisruptionBudget',
    related: (object, kind) => {
      if (kind !== 'Pod') return [];
      return context.cache
        .list('PodDisruptionBudget', object.metadata.namespace)
        .filter(({ spec }) => matchesLabels(spec?.selector, object))
        .map(keyOf);
    },
    reconcile: budget => reconcile(context, budget),
  });
}
