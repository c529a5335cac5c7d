import type { KubernetesObject } from '../../cluster/types';
import { isActive } from '../pods';
import type { ActorContext } from '../types';
import type { Rollout } from './revisions';
import {
  availableOf,
  budget,
  createCurrent,
  DESIRED,
  replicasOf,
  scaleSet,
} from './revisions';

const sum = (
  sets: readonly KubernetesObject[],
  of: (set: KubernetesObject) => number,
) => sets.reduce((total, set) => total + of(set), 0);

/** Pods that a new ReplicaSet may have now, within `maxSurge`. */
function wantedOfCurrent({ deployment, current, older }: Rollout): number {
  const replicas = replicasOf(deployment);
  if (deployment.spec?.strategy?.type === 'Recreate') return replicas;
  const has = current ? replicasOf(current) : 0;
  const total = sum(older, replicasOf) + has;
  const room = replicas + budget(deployment).surge - total;
  return has + Math.max(0, Math.min(room, replicas - has));
}

/** The number of replicas was changed: spread it over the ReplicaSets as they stand. */
export function isScaling(rollout: Rollout): boolean {
  const sets = [rollout.current, ...rollout.older];
  return sets.some(
    set =>
      set &&
      replicasOf(set) > 0 &&
      set.metadata.annotations?.[DESIRED] !== undefined &&
      Number(set.metadata.annotations[DESIRED]) !==
        replicasOf(rollout.deployment),
  );
}

/** Follows a change of `spec.replicas` without rolling out anything. */
export function scaleRollout(context: ActorContext, rollout: Rollout): void {
  const { deployment, current, older } = rollout;
  const replicas = replicasOf(deployment);
  const active = [...older, ...(current ? [current] : [])].filter(
    set => replicasOf(set) > 0,
  );
  const only = active.length <= 1 ? active[0] ?? current : undefined;
  if (only) {
    scaleSet(context, rollout, only, replicas);
    return;
  }
  const allowed = replicas > 0 ? replicas + budget(deployment).surge : 0;
  const total = sum(active, replicasOf);
  let rest = allowed - total;
  const bySize = [...active].sort((a, b) => replicasOf(b) - replicasOf(a));
  for (const set of bySize) {
    const share = Math.round((replicasOf(set) * (allowed - total)) / total);
    const change = rest > 0 ? Math.min(rest, share) : Math.max(rest, share);
    rest -= change;
    scaleSet(context, rollout, set, replicasOf(set) + change);
  }
  if (rest !== 0) scaleSet(context, rollout, bySize[0], replicasOf(bySize[0]));
}

/** Gives up pods of old revisions that never became available, as far as the budget allows. */
function shrinkOlder(context: ActorContext, rollout: Rollout): void {
  const { deployment, current, older } = rollout;
  if (!current) return;
  const minimum = replicasOf(deployment) - budget(deployment).unavailable;
  const total = sum(older, replicasOf) + replicasOf(current);
  const missing = replicasOf(current) - availableOf(current);
  let spare = total - minimum - missing;
  if (spare <= 0) return;
  const wanted = new Map(older.map(set => [set, replicasOf(set)]));
  for (const set of older) {
    const broken = Math.min(spare, replicasOf(set) - availableOf(set));
    if (broken <= 0) continue;
    wanted.set(set, replicasOf(set) - broken);
    spare -= broken;
  }
  let surplus = sum([...older, current], availableOf) - minimum;
  for (const set of older) {
    const left = wanted.get(set) ?? 0;
    const step = Math.min(left, Math.max(0, surplus));
    wanted.set(set, left - step);
    surplus -= step;
  }
  for (const [set, replicas] of wanted) {
    scaleSet(context, rollout, set, replicas);
  }
}

function hasPods(context: ActorContext, set: KubernetesObject): boolean {
  return context.cache
    .owned('Pod', set.metadata.uid ?? '')
    .some(pod => isActive(pod) || pod.metadata.deletionTimestamp);
}

/** One step of a rollout; the ReplicaSets' answers bring the next. */
export function proceed(context: ActorContext, rollout: Rollout): void {
  const { deployment, current, older } = rollout;
  if (deployment.spec?.strategy?.type === 'Recreate') {
    let stopping = false;
    for (const set of older) {
      if (scaleSet(context, rollout, set, 0)) stopping = true;
    }
    if (stopping || older.some(set => hasPods(context, set))) return;
  }
  if (!current) {
    createCurrent(context, rollout, wantedOfCurrent(rollout));
    return;
  }
  const replicas = replicasOf(deployment);
  const wanted =
    replicasOf(current) > replicas ? replicas : wantedOfCurrent(rollout);
  if (scaleSet(context, rollout, current, wanted)) return;
  shrinkOlder(context, rollout);
}
