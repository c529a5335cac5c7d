import type { Clock } from '../../cluster/types';
import type { Fields } from '../fields';
import { goDuration, timestamp } from '../time';

/** First wait after a crash and the longest, as the kubelet has them. */
const BACK_OFF_MS = 10_000;
const MAX_BACK_OFF_MS = 300_000;
/** The kubelet forgets earlier crashes of a container that ran this long. */
const FORGIVEN_AFTER_MS = 600_000;

/** What the behaviour of its workload makes of one container. */
export interface ContainerPlan {
  pullable: boolean;
  /** How long it runs, and how it ends; undefined runs on. */
  end?: { afterMs: number; exitCode: number; reason: string };
  /** From start to ready; undefined never becomes ready. */
  readyAfterMs?: number;
}

export interface RunnerOptions {
  container: Fields;
  pod: { name: string; namespace: string; uid: string };
  clock: Clock;
  restart: 'Always' | 'OnFailure' | 'Never';
  /** Asked whenever the container is about to do something. */
  plan(): ContainerPlan;
  pullMs(): number;
  id(): string;
  changed(): void;
  event(type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/** One container of one pod on its node. */
export interface ContainerRunner {
  readonly name: string;
  start(): void;
  stop(): void;
  /** The behaviour changed: a crash comes at once, a mended container need not wait out its back-off. */
  rethink(): void;
  isReady(): boolean;
  isRunning(): boolean;
  /** Ended for good: its exit code. */
  finished(): number | undefined;
  /** `ContainerStatus` of core/v1. */
  status(): Record<string, unknown>;
}

type Waiting = { reason: string; message?: string };

interface Terminated {
  exitCode: number;
  reason: string;
  startedAt: string;
  finishedAt: string;
  containerID: string;
}

class Runner implements ContainerRunner {
  readonly name: string;
  private waiting: Waiting | undefined = { reason: 'ContainerCreating' };
  private startedAt: number | undefined;
  private terminated: Terminated | undefined;
  private last: Terminated | undefined;
  private before: Terminated | undefined;
  private restarts = 0;
  private backOff = 0;
  private pulled = false;
  private ready = false;
  private over = false;
  private containerId = '';
  private readonly timers = new Map<string, () => void>();

  constructor(private readonly options: RunnerOptions) {
    this.name = options.container.name;
  }

  start() {
    if (this.pulled) {
      this.run();
      return;
    }
    const { container } = this.options;
    const message = `Pulling image "${container.image}"`;
    this.options.event('Normal', 'Pulling', message);
    this.later('pull', this.options.pullMs(), () => this.pull());
  }

  stop() {
    this.over = true;
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  rethink() {
    if (this.over || this.terminated) return;
    if (this.startedAt === undefined) {
      if (this.isSound() && this.timers.has('retry')) {
        this.later('retry', 1_500, () => this.start());
      }
      return;
    }
    this.live(true);
  }

  isReady() {
    return this.ready;
  }

  isRunning() {
    return this.startedAt !== undefined;
  }

  finished() {
    return this.terminated?.exitCode;
  }

  status() {
    const { container } = this.options;
    return {
      name: container.name,
      image: container.image,
      imageID: this.pulled
        ? `${String(container.image).split('@')[0]}@sha256:${digest(
            container.image,
          )}`
        : '',
      ...(this.containerId ? { containerID: this.containerId } : {}),
      ready: this.ready,
      started: this.startedAt !== undefined,
      restartCount: this.restarts,
      state: this.state(),
      lastState: this.lastState(),
    };
  }

  private state() {
    if (this.startedAt !== undefined) {
      return { running: { startedAt: timestamp(this.startedAt) } };
    }
    if (this.terminated) return { terminated: this.terminated };
    return this.waiting ? { waiting: this.waiting } : { terminated: this.last };
  }

  /** What the present state does not already say. */
  private lastState() {
    const shown = this.isBetween() ? this.before : this.last;
    return shown ? { terminated: shown } : {};
  }

  /** Ended, and about to be started again at once. */
  private isBetween() {
    return this.startedAt === undefined && !this.terminated && !this.waiting;
  }

  private isSound() {
    const { pullable, end } = this.options.plan();
    return pullable && !end?.exitCode;
  }

  private later(name: string, delayMs: number, task: () => void) {
    this.timers.get(name)?.();
    this.timers.set(
      name,
      this.options.clock.after(delayMs, () => {
        this.timers.delete(name);
        task();
      }),
    );
  }

  private pull() {
    const { container, clock, event, changed } = this.options;
    if (this.options.plan().pullable) {
      this.pulled = true;
      const message = `Successfully pulled image "${container.image}"`;
      event('Normal', 'Pulled', message);
      this.run();
      return;
    }
    const why = `failed to pull and unpack image "${container.image}": failed to resolve reference "${container.image}": ${container.image}: not found`;
    const full = `rpc error: code = NotFound desc = ${why}`;
    event(
      'Warning',
      'Failed',
      `Failed to pull image "${container.image}": ${full}`,
    );
    event('Warning', 'Failed', 'Error: ErrImagePull');
    this.waiting = { reason: 'ErrImagePull', message: full };
    changed();
    this.backOff = nextBackOff(this.backOff);
    const retryAt = clock.now() + this.backOff;
    this.later('name', Math.min(12_000, this.backOff / 2), () => {
      event('Normal', 'BackOff', `Back-off pulling image "${container.image}"`);
      event('Warning', 'Failed', 'Error: ImagePullBackOff');
      this.waiting = {
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${container.image}": ErrImagePull: ${full}`,
      };
      changed();
    });
    this.later('retry', Math.max(0, retryAt - clock.now()), () => this.start());
  }

  private run() {
    const { clock, event, changed, container } = this.options;
    this.waiting = undefined;
    this.startedAt = clock.now();
    if (this.last) this.restarts += 1;
    this.containerId = `containerd://${this.options.id()}`;
    event('Normal', 'Created', `Created container: ${container.name}`);
    event('Normal', 'Started', `Started container ${container.name}`);
    this.live(false);
    changed();
  }

  /** Sets when this run becomes ready and when it ends. */
  private live(hurry: boolean) {
    const { end, readyAfterMs } = this.options.plan();
    this.timers.get('end')?.();
    this.timers.delete('end');
    if (end) {
      this.later(
        'end',
        hurry ? Math.min(2_000, end.afterMs) : end.afterMs,
        () => this.finish(end.exitCode, end.reason),
      );
    }
    this.timers.get('ready')?.();
    this.timers.delete('ready');
    if (readyAfterMs !== undefined) {
      if (this.ready) return;
      this.later('ready', readyAfterMs, () => {
        this.ready = true;
        this.options.changed();
      });
    } else if (this.ready) {
      this.later('ready', 2_500, () => {
        this.ready = false;
        this.options.changed();
      });
    }
  }

  private finish(exitCode: number, reason: string) {
    const { clock, restart, changed } = this.options;
    const started = this.startedAt ?? clock.now();
    const ended: Terminated = {
      exitCode,
      reason,
      startedAt: timestamp(started),
      finishedAt: timestamp(clock.now()),
      containerID: this.containerId,
    };
    this.timers.get('ready')?.();
    this.timers.delete('ready');
    this.startedAt = undefined;
    this.ready = false;
    if (restart === 'Never' || (restart === 'OnFailure' && exitCode === 0)) {
      this.terminated = ended;
      changed();
      return;
    }
    if (clock.now() - started > FORGIVEN_AFTER_MS) this.backOff = 0;
    this.before = this.last;
    this.last = ended;
    this.restartLater();
    changed();
  }

  private restartLater() {
    const { pod, event, container } = this.options;
    if (this.backOff === 0) {
      // The kubelet starts a container again at once and waits only from its second crash on.
      this.backOff = BACK_OFF_MS / 2;
      this.waiting = undefined;
      this.later('retry', 1_000, () => this.start());
      return;
    }
    this.backOff = nextBackOff(this.backOff);
    const message = `back-off ${goDuration(
      this.backOff,
    )} restarting failed container=${container.name} pod=${pod.name}_${
      pod.namespace
    }(${pod.uid})`;
    this.waiting = { reason: 'CrashLoopBackOff', message };
    event(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${container.name} in pod ${pod.name}_${pod.namespace}(${pod.uid})`,
    );
    this.later('retry', this.backOff, () => this.start());
  }
}

function nextBackOff(backOff: number): number {
  return backOff ? Math.min(MAX_BACK_OFF_MS, backOff * 2) : BACK_OFF_MS;
}

/** 64 hex digits that belong to a name. */
function digest(text: string): string {
  let out = '';
  let state = 0x811c9dc5;
  while (out.length < 64) {
    for (let index = 0; index < text.length; index++) {
      state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
    }
    state = Math.imul(state ^ out.length, 0x01000193);
    out += (state >>> 0).toString(16).padStart(8, '0');
  }
  return out;
}

export function createContainerRunner(options: RunnerOptions): ContainerRunner {
  return new Runner(options);
}
