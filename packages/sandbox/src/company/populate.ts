import type { Actors } from '../actors';
import type { AgingClock } from '../actors';
import type { ClusterStore } from '../cluster/clusterStore';
import type { KubernetesObject } from '../cluster/types';
import { timestamp } from '../actors/time';
import { days } from './build';
import { clusterMoments } from './nodes';
import { PLATFORMS } from './platforms';
import type { ClusterName, Moment } from './types';

type TimeAt = (ago: number) => string;

/** How far back the company's history goes. */
export const HISTORY_MS = days(61);

function withBirth(
  object: KubernetesObject,
  timeAt: TimeAt,
  born: number | undefined,
): KubernetesObject {
  if (born === undefined) return object;
  const creationTimestamp = timeAt(born);
  return { ...object, metadata: { ...object.metadata, creationTimestamp } };
}

function happen(options: {
  moment: Moment;
  store: ClusterStore;
  actors: Actors;
  timeAt: TimeAt;
}): void {
  const { moment, store, actors, timeAt } = options;
  if ('object' in moment) {
    store.create(withBirth(moment.object, timeAt, moment.born));
  } else if ('remove' in moment) {
    store.delete(moment.remove);
  } else if ('key' in moment) {
    store.modify(moment.key, moment.change);
    store.modify(moment.key, moment.change, { status: true });
  } else if ('load' in moment) {
    actors.behaviours.setLoad(moment.workload, moment.load);
  } else {
    const { workload, behaviour } = moment;
    actors.behaviours.set(
      workload,
      behaviour.as === 'hang'
        ? {
            ...behaviour,
            since: Math.floor(actors.context.clock.now() / 1000) * 1000,
          }
        : behaviour,
    );
  }
}

/** Plays the history of one cluster up to `zero`, milliseconds since the epoch, and lets its clock go on from there. */
export function populate(options: {
  cluster: ClusterName;
  store: ClusterStore;
  actors: Actors;
  clock: AgingClock;
  zero: number;
}): void {
  const { cluster, store, actors, clock, zero } = options;
  const timeAt: TimeAt = ago => timestamp(zero - ago);
  const moments = [
    ...clusterMoments(cluster, timeAt),
    ...PLATFORMS.flatMap(platform => platform.moments[cluster]),
  ];
  const ordered = moments
    .map((moment, index) => ({ moment, index }))
    .sort((a, b) => b.moment.ago - a.moment.ago || a.index - b.index);
  actors.start();
  for (const { moment } of ordered) {
    clock.age(zero - moment.ago);
    happen({ moment, store, actors, timeAt });
  }
  clock.age(zero);
  clock.release();
}
