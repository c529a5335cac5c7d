import type { KubernetesObject } from '../../cluster/types';
import { workloadOf } from '../behaviours';
import type { Fields } from '../fields';
import { isActive } from '../pods';
import { millis } from '../time';
import type { ActorContext } from '../types';
import type { ContainerRunner } from './containerRunner';
import { createContainerRunner } from './containerRunner';
import { planFor } from './plan';
import type { PodFacts } from './podStatus';
import { phaseOf, podStatus } from './podStatus';

/** How often a failing probe is said again. */
const PROBE_EVENT_MS = 60_000;

/** The kubelet's care for one pod, from binding to the end. */
export interface PodWorker {
  readonly workload: string;
  start(): void;
  terminate(pod: KubernetesObject): void;
  rethink(): void;
  stop(): void;
}

export interface PodWorkerOptions {
  context: ActorContext;
  pod: KubernetesObject;
  addresses: () => { host: string; pod: string } | undefined;
  /** Milliseconds to fetch an image onto this node. */
  pullMs(image: string): number;
}

class Worker implements PodWorker {
  readonly workload: string;
  private readonly init: ContainerRunner[];
  private readonly main: ContainerRunner[];
  private readonly sidecars: Set<string>;
  private readonly cancels = new Set<() => void>();
  private readonly startedAt: number;
  private prepared = false;
  private initialized = false;
  private closing = false;
  private writing = false;

  constructor(private readonly options: PodWorkerOptions) {
    const { pod, context } = options;
    const { namespace } = pod.metadata;
    this.startedAt = context.clock.now();
    this.workload = workloadOf(pod, (kind, name) =>
      context.cache.get(kind, namespace, name),
    );
    const spec = pod.spec ?? {};
    const initial: Fields[] = spec.initContainers ?? [];
    this.sidecars = new Set(
      initial
        .filter(({ restartPolicy }) => restartPolicy === 'Always')
        .map(({ name }) => name),
    );
    this.init = initial.map(container => this.runner(container, 'init'));
    this.main = (spec.containers ?? []).map(
      (container: Fields, index: number) =>
        this.runner(container, index === 0 ? 'main' : 'beside'),
    );
  }

  start() {
    const { context } = this.options;
    this.write();
    this.after(400 + Math.round(context.random.next() * 900), () => {
      this.prepared = true;
      this.advance();
      this.write();
    });
    this.every(PROBE_EVENT_MS, () => this.sayProbes());
  }

  terminate(pod: KubernetesObject) {
    if (this.closing) return;
    this.closing = true;
    const { context } = this.options;
    for (const runner of [...this.init, ...this.main]) {
      if (runner.isRunning()) {
        this.event(runner.name)(
          'Normal',
          'Killing',
          `Stopping container ${runner.name}`,
        );
      }
      runner.stop();
    }
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
    const wanted = 800 + Math.round(context.random.next() * 1_700);
    this.after(Math.min(grace, wanted), () => {
      const { namespace, name, uid } = pod.metadata;
      if (context.cache.get('Pod', namespace, name)?.metadata.uid !== uid) {
        return;
      }
      context.store.delete(
        { group: '', kind: 'Pod', namespace, name },
        { gracePeriodSeconds: 0 },
      );
    });
  }

  rethink() {
    if (this.closing) return;
    for (const runner of this.main) runner.rethink();
  }

  stop() {
    this.closing = true;
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
    for (const runner of [...this.init, ...this.main]) runner.stop();
  }

  private after(delayMs: number, task: () => void) {
    const cancel = this.options.context.clock.after(delayMs, () => {
      this.cancels.delete(cancel);
      task();
    });
    this.cancels.add(cancel);
  }

  private every(intervalMs: number, task: () => void) {
    this.cancels.add(this.options.context.every(intervalMs, task));
  }

  private event(container: string) {
    const { context, pod } = this.options;
    return (type: 'Normal' | 'Warning', reason: string, message: string) =>
      context.events.record({
        object: pod,
        type,
        reason,
        message,
        source: 'kubelet',
        host: pod.spec?.nodeName,
        fieldPath: `spec.containers{${container}}`,
      });
  }

  private runner(
    container: Fields,
    role: 'init' | 'main' | 'beside',
  ): ContainerRunner {
    const { context, pod, pullMs } = this.options;
    const { clock, random, behaviours } = context;
    const isSidecar = this.sidecars.has(container.name);
    const isJob =
      (role === 'init' && !isSidecar) ||
      pod.metadata.ownerReferences?.some(owner => owner.kind === 'Job') ===
        true;
    return createContainerRunner({
      container,
      clock,
      pod: {
        name: pod.metadata.name,
        namespace: pod.metadata.namespace ?? '',
        uid: pod.metadata.uid ?? '',
      },
      restart: restartOf(pod, role, isSidecar),
      plan: () =>
        planFor(behaviours.of(this.workload), {
          container,
          isMain: role === 'main',
          isJob: isJob && !isSidecar,
          podCreatedAt: millis(pod.metadata.creationTimestamp),
          rank: () => this.rank(),
          random: () => random.next(),
        }),
      pullMs: () => pullMs(container.image),
      id: () => random.uuid().replace(/-/g, '').repeat(2),
      changed: () => this.changed(),
      event: this.event(container.name),
    });
  }

  private rank(): number {
    const { context, pod } = this.options;
    const owner = pod.metadata.ownerReferences?.find(o => o.controller);
    const key = (other: KubernetesObject) =>
      `${other.metadata.creationTimestamp} ${other.metadata.name}`;
    return context.cache
      .owned('Pod', owner?.uid ?? '')
      .filter(other => isActive(other) && key(other) < key(pod)).length;
  }

  private changed() {
    if (this.closing) return;
    this.advance();
    this.write();
  }

  /** Init containers one after another, sidecars as soon as they run, then everything else at once. */
  private advance() {
    if (!this.prepared || this.initialized) return;
    for (const runner of this.init) {
      if (runner.finished() === 0) continue;
      if (this.sidecars.has(runner.name) && runner.isRunning()) continue;
      if (!this.begun.has(runner.name)) {
        this.begun.add(runner.name);
        runner.start();
      }
      return;
    }
    this.initialized = true;
    for (const runner of this.main) runner.start();
  }

  private readonly begun = new Set<string>();

  private sayProbes() {
    if (this.closing) return;
    for (const runner of this.main) {
      if (!runner.isRunning() || runner.isReady()) continue;
      const behaviour = this.options.context.behaviours.of(this.workload);
      const message =
        'message' in behaviour && behaviour.message
          ? behaviour.message
          : 'Readiness probe failed: HTTP probe failed with statuscode: 503';
      this.event(runner.name)('Warning', 'Unhealthy', message);
    }
  }

  /** Several changes of one moment are one write. */
  private write() {
    if (this.writing) return;
    this.writing = true;
    this.after(20, () => {
      this.writing = false;
      if (this.closing) return;
      const { context, pod } = this.options;
      const { namespace, name } = pod.metadata;
      const current = context.cache.get('Pod', namespace, name);
      if (current?.metadata.uid !== pod.metadata.uid || !current) return;
      const facts = this.facts(current);
      context.store.modify(
        { group: '', kind: 'Pod', namespace, name },
        object => {
          object.status = podStatus(facts);
        },
        { status: true },
      );
      const phase = phaseOf(facts);
      if (phase === 'Succeeded' || phase === 'Failed') this.stop();
    });
  }

  private facts(pod: KubernetesObject): PodFacts {
    return {
      pod,
      now: this.options.context.clock.now(),
      startedAt: this.startedAt,
      prepared: this.prepared,
      initialized: this.initialized,
      addresses: this.options.addresses(),
      init: this.init,
      main: this.main,
      sidecars: this.sidecars,
    };
  }
}

/** Init containers end; sidecars among them never do. */
function restartOf(
  pod: KubernetesObject,
  role: 'init' | 'main' | 'beside',
  isSidecar: boolean,
): 'Always' | 'OnFailure' | 'Never' {
  if (isSidecar) return 'Always';
  const policy = pod.spec?.restartPolicy ?? 'Always';
  return role === 'init' && policy === 'Always' ? 'OnFailure' : policy;
}

export function createPodWorker(options: PodWorkerOptions): PodWorker {
  return new Worker(options);
}
