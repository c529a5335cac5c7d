import type { ClusterStore } from '../cluster/clusterStore';
import type { Clock } from '../cluster/types';
import { createRandom } from '../cluster/random';
import { createAutoscalerActor } from './autoscaler/autoscalerActor';
import type { Behaviours } from './behaviours';
import { createBehaviours } from './behaviours';
import { createCache } from './cache';
import { createDaemonSetActor } from './daemonSetActor';
import { createDeploymentActor } from './deployment/deploymentActor';
import { createDisruptionActor } from './disruptionActor';
import { createEventRecorder } from './events';
import { createCronJobActor } from './job/cronJobActor';
import { createJobActor } from './job/jobActor';
import { createKubeletActor } from './kubelet/kubeletActor';
import { createNodeActor } from './nodeActor';
import { createQuotaActor } from './quotaActor';
import { createReplicaSetActor } from './replicaSetActor';
import { createSchedulerActor } from './scheduler/schedulerActor';
import { createStatefulSetActor } from './statefulSet/statefulSetActor';
import type { Actor, ActorContext, Every } from './types';
import { createVolumeActor } from './volumeActor';

/** Kinds that actors read; what stands in the store before they start is taken in once. */
const KINDS = [
  { group: '', kind: 'Node' },
  { group: '', kind: 'Pod' },
  { group: '', kind: 'PersistentVolumeClaim' },
  { group: '', kind: 'PersistentVolume' },
  { group: '', kind: 'ResourceQuota' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'ReplicaSet' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'apps', kind: 'DaemonSet' },
  { group: 'batch', kind: 'Job' },
  { group: 'batch', kind: 'CronJob' },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
  { group: 'storage.k8s.io', kind: 'StorageClass' },
] as const;

/** The controllers of one cluster, and what decides how its workloads fare. */
export interface Actors extends Actor {
  readonly behaviours: Behaviours;
  readonly context: ActorContext;
}

/** Repeats on a plain clock. */
function repeater(clock: Clock): Every {
  return (intervalMs, task) => {
    let cancel: () => void = () => undefined;
    const arm = () => {
      cancel = clock.after(intervalMs, () => {
        arm();
        task();
      });
    };
    arm();
    return () => cancel();
  };
}

export interface ActorsOptions {
  store: ClusterStore;
  clock: Clock;
  seed: string | number;
  every?: Every;
  /** Events before this moment are not written: they would have expired. */
  eventsNotBefore?: number;
  /** Controllers of custom resources, which only some clusters have. */
  operators?: readonly ((context: ActorContext) => Actor)[];
  /** A defect of an actor; thrown on by default. */
  onError?: (actor: string, error: unknown) => void;
}

export function createActors(options: ActorsOptions): Actors {
  const { store, clock, seed } = options;
  const every = options.every ?? repeater(clock);
  const random = createRandom(`actors ${seed}`);
  const cache = createCache(store, KINDS);
  const events = createEventRecorder({
    store,
    clock,
    every,
    random,
    notBefore: options.eventsNotBefore,
  });
  const behaviours = createBehaviours();
  const context: ActorContext = {
    store,
    clock,
    every,
    random,
    cache,
    events,
    behaviours,
    onError:
      options.onError ??
      ((_, error) => {
        throw error;
      }),
  };
  const actors: Actor[] = [
    events,
    createNodeActor(context),
    createDeploymentActor(context),
    createReplicaSetActor(context),
    createStatefulSetActor(context),
    createDaemonSetActor(context),
    createJobActor(context),
    createCronJobActor(context),
    createVolumeActor(context),
    createAutoscalerActor(context),
    createDisruptionActor(context),
    createQuotaActor(context),
    createSchedulerActor(context),
    createKubeletActor(context),
    ...(options.operators ?? []).map(create => create(context)),
  ];
  return {
    behaviours,
    context,
    start() {
      for (const actor of actors) actor.start();
    },
    stop() {
      for (const actor of actors) actor.stop();
      cache.close();
    },
  };
}
