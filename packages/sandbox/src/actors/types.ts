import type { ClusterStore } from '../cluster/clusterStore';
import type { Random } from '../cluster/random';
import type { Clock, KubernetesObject } from '../cluster/types';
import type { Behaviours } from './behaviours';
import type { Cache } from './cache';
import type { EventRecorder } from './events';
import type { Fields } from './fields';

/** One controller, scheduler or kubelet of a cluster. `stop` cancels every timer it holds. */
export interface Actor {
  start(): void;
  stop(): void;
}

/** Repeats a task; while a cluster is aged the repetition is coarser, because nobody watches. Returns how to stop. */
export type Every = (intervalMs: number, task: () => void) => () => void;

/** What every actor of one cluster shares. */
export interface ActorContext {
  store: ClusterStore;
  clock: Clock;
  every: Every;
  random: Random;
  /** Read side of the store; what it hands out is shared and must not be changed. */
  cache: Cache;
  events: EventRecorder;
  behaviours: Behaviours;
  /** Where an actor's own failure goes: a defect of the sandbox, never a state of the cluster. */
  onError(actor: string, error: unknown): void;
}

/** The part of a pod template that actors read. */
export interface PodTemplate {
  metadata?: KubernetesObject['metadata'];
  spec: Fields;
}
