/** How a container ended. Times are ms since the epoch. */
export interface ExitFields {
  reason?: string;
  code?: number;
  startedAt?: number;
  finishedAt?: number;
}

export interface ContainerFields {
  name: string;
  role: 'container' | 'init' | 'sidecar';
  state: 'running' | 'waiting' | 'terminated';
  ready: boolean;
  restarts: number;
  /**
   * Seconds after `PodFields.runningSeconds`: so the containers of replicas look alike and are kept once. Read it with
   * `containerStartedAt`.
   */
  startedAfter?: number;
  /** As Kubernetes words it: `CrashLoopBackOff`, `OOMKilled`. */
  reason?: string;
  message?: string;
  /** Of a container that has ended and not started again. */
  exit?: ExitFields;
  /** The run before. */
  last?: ExitFields;
  /** Kept where a verdict names it: while it waits. */
  image?: string;
  /** Kept where a verdict names it: after it was OOM-killed. */
  memoryLimit?: string;
}

export interface SchedulingFields {
  reason: string;
  message: string;
  since?: number;
  /** What the pod asks for, as Kubernetes quantities. */
  requests: Readonly<Record<string, string>>;
}

/**
 * What is kept of a Pod. What is not there is left out, since there are many pods. Their times are seconds since the
 * epoch, in which Kubernetes counts, because a small integer needs no memory of its own; `podTimes` reads them.
 */
export interface PodFields {
  phase: string;
  restartPolicy: string;
  ready: boolean;
  /** When `Ready` last changed. */
  readySeconds?: number;
  /** When the kubelet took it. */
  startedSeconds?: number;
  /** When the first of its containers started that says so. */
  runningSeconds?: number;
  node?: string;
  /** Of the whole pod, for example `Evicted`. */
  reason?: string;
  message?: string;
  /** Only while it has no node. */
  scheduling?: SchedulingFields;
  /** Has readiness gates besides its containers. */
  gates?: true;
  /** Hash of the template that it was made from. */
  revision?: string;
  /** PersistentVolumeClaims that it mounts. */
  claims?: readonly string[];
  containers: readonly ContainerFields[];
  malformed?: readonly string[];
}
