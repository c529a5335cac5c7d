import type { KubernetesObject } from '../cluster/types';

/**
 * What becomes of the containers of a workload. Nothing of it is written on any object. `pods` is how many of the
 * workload's pods it concerns, oldest first; all of them by default.
 */
export type Behaviour =
  | { as: 'healthy' }
  /** The container ends with `exitCode` after `runMs`, again and again. */
  | {
      as: 'crashLoop';
      container?: string;
      exitCode?: number;
      runMs?: readonly [number, number];
      log?: readonly string[];
      pods?: number;
    }
  /** Killed for memory after `runMs`, again and again. */
  | {
      as: 'oom';
      container?: string;
      runMs?: readonly [number, number];
      pods?: number;
    }
  /** The registry has no such image; without `image`, none of the workload's. */
  | { as: 'imagePull'; image?: string }
  /** Runs, and its readiness probe fails. */
  | { as: 'unready'; container?: string; message?: string; pods?: number }
  /** Pods of the template as it stands from `since` on never become ready; older ones serve on. */
  | { as: 'hang'; since: number; message?: string }
  /** Ready only after `delayMs`. */
  | { as: 'slowStart'; delayMs: number }
  /** Pods of Jobs end with an error after `runMs`. */
  | {
      as: 'failJob';
      runMs?: readonly [number, number];
      exitCode?: number;
      log?: readonly string[];
    }
  /** Pods of Jobs never end. */
  | { as: 'hangJob' }
  /** Pods of Jobs take `runMs`. */
  | { as: 'job'; runMs: readonly [number, number] };

export const HEALTHY: Behaviour = Object.freeze({ as: 'healthy' });

/** What a cluster's workloads do, by `namespace/name` of the workload that a person would name. */
export interface Behaviours {
  set(workload: string, behaviour: Behaviour): void;
  of(workload: string): Behaviour;
  /** CPU that a workload would use if it had it, in cores: what its HorizontalPodAutoscaler sees. */
  setLoad(workload: string, cores: number): void;
  load(workload: string): number | undefined;
  /** Called with the workload whose behaviour or load changed. Returns how to stop. */
  subscribe(listener: (workload: string) => void): () => void;
}

export function createBehaviours(): Behaviours {
  const behaviours = new Map<string, Behaviour>();
  const loads = new Map<string, number>();
  const listeners = new Set<(workload: string) => void>();
  const tell = (workload: string) => {
    for (const listener of [...listeners]) listener(workload);
  };
  return {
    set(workload, behaviour) {
      if (behaviour.as === 'healthy') behaviours.delete(workload);
      else behaviours.set(workload, behaviour);
      tell(workload);
    },
    of: workload => behaviours.get(workload) ?? HEALTHY,
    setLoad(workload, cores) {
      loads.set(workload, cores);
      tell(workload);
    },
    load: workload => loads.get(workload),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * The workload that a person would name for a pod: a ReplicaSet's Deployment, a Job's CronJob, else its controller, else
 * the pod. `lookup` finds the controller itself.
 */
export function workloadOf(
  pod: KubernetesObject,
  lookup: (kind: string, name: string) => KubernetesObject | undefined,
): string {
  let current = pod;
  for (let depth = 0; depth < 4; depth++) {
    const owner = current.metadata.ownerReferences?.find(o => o.controller);
    if (!owner) break;
    const next = lookup(owner.kind, owner.name);
    if (!next) return `${pod.metadata.namespace}/${owner.name}`;
    current = next;
  }
  return `${pod.metadata.namespace}/${current.metadata.name}`;
}
