import { Clock, RefreshTiming } from './types';

const firstPauseMs = 5_000;
const longestPauseMs = 60_000;

/**
 * Decides when to ask again: at once when started, after a hint with a random delay, and always after a while; never
 * while hidden or while a request runs, never twice within the smallest interval, and with growing pauses after errors.
 * Knows nothing of what is asked.
 */
export class RefreshScheduler {
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly timing: RefreshTiming;
  private readonly refresh: () => void;

  private started = false;
  private visible = true;
  private running = false;
  private hintedWhileRunning = false;
  private signals = false;
  private failures = 0;
  private lastStart = Number.NEGATIVE_INFINITY;
  private dueAt = Number.POSITIVE_INFINITY;
  private cancelTimer?: () => void;

  constructor(options: {
    clock: Clock;
    random: () => number;
    timing: RefreshTiming;
    /** Starts one request; `settled` must follow. */
    refresh: () => void;
  }) {
    this.clock = options.clock;
    this.random = options.random;
    this.timing = options.timing;
    this.refresh = options.refresh;
  }

  start(visible: boolean) {
    this.started = true;
    this.visible = visible;
    this.plan(this.clock.now());
  }

  stop() {
    this.started = false;
    this.dueAt = Number.POSITIVE_INFINITY;
    this.disarm();
  }

  /** Whether hints arrive; without them polls come twice as often. */
  setSignals(available: boolean) {
    this.signals = available;
  }

  /** Something may have changed. */
  hint() {
    if (this.running) {
      this.hintedWhileRunning = true;
      return;
    }
    this.plan(this.clock.now() + this.random() * this.timing.hintDelayMs);
  }

  /** A person asks. */
  now() {
    this.failures = 0;
    this.plan(this.clock.now());
  }

  setVisible(visible: boolean) {
    if (visible === this.visible) {
      return;
    }
    this.visible = visible;
    if (visible) {
      this.plan(this.clock.now());
    } else {
      this.disarm();
    }
  }

  /** The request that `refresh` started has ended. Returns when the next one is due. */
  settled(ok: boolean): number {
    this.running = false;
    this.failures = ok ? 0 : this.failures + 1;
    this.dueAt = Number.POSITIVE_INFINITY;
    this.plan(this.clock.now() + this.pause());
    if (this.hintedWhileRunning) {
      this.hintedWhileRunning = false;
      this.hint();
    }
    return this.dueAt;
  }

  private pause(): number {
    const { pollMs, pollAloneMs } = this.timing;
    const poll = this.signals ? pollMs : pollAloneMs;
    const retry = Math.min(
      firstPauseMs * 2 ** (this.failures - 1),
      longestPauseMs,
    );
    const base = this.failures > 0 ? retry : poll;
    return Math.round(base * (0.8 + 0.4 * this.random()));
  }

  private plan(at: number) {
    if (!this.started || this.running) {
      return;
    }
    const earliest = this.lastStart + this.timing.minIntervalMs;
    this.dueAt = Math.min(this.dueAt, Math.max(at, earliest));
    this.arm();
  }

  private arm() {
    this.disarm();
    if (!this.visible) {
      return;
    }
    const wait = Math.max(0, this.dueAt - this.clock.now());
    this.cancelTimer = this.clock.after(wait, () => this.run());
  }

  private disarm() {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private run() {
    this.cancelTimer = undefined;
    this.running = true;
    this.lastStart = this.clock.now();
    this.dueAt = Number.POSITIVE_INFINITY;
    this.refresh();
  }
}
