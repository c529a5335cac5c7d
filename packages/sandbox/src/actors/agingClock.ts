import type { Clock } from '../cluster/types';
import type { Every } from './types';

/**
 * A clock that begins in the past. `age` plays the past at once, in order; `release` hands every timer that still waits
 * to the clock below, and from then on this clock is that clock.
 */
export interface AgingClock extends Clock {
  readonly every: Every;
  /** Plays time up to `until`, milliseconds since the epoch. */
  age(until: number): void;
  release(): void;
  /** Cancels everything that waits. */
  close(): void;
}

/** In the past, what repeats does so at most this often: nobody reads an old heartbeat. */
const COARSE_MS = 7 * 24 * 3_600_000;
/** In the last stretch, of which events remain. */
const FINE_MS = 300_000;

interface Timer {
  due: number;
  order: number;
  task: () => void;
  cancelled: boolean;
}

function isEarlier(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

function push(heap: Timer[], timer: Timer) {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isEarlier(heap[index], heap[parent])) return;
    [heap[index], heap[parent]] = [heap[parent], heap[index]];
    index = parent;
  }
}

function pop(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || first === last) return first;
  heap[0] = last;
  let index = 0;
  for (;;) {
    const left = index * 2 + 1;
    const right = left + 1;
    let least = index;
    if (left < heap.length && isEarlier(heap[left], heap[least])) least = left;
    if (right < heap.length && isEarlier(heap[right], heap[least])) {
      least = right;
    }
    if (least === index) return first;
    [heap[index], heap[least]] = [heap[least], heap[index]];
    index = least;
  }
}

class PastThenPresent implements AgingClock {
  private readonly heap: Timer[] = [];
  private readonly live = new Set<() => void>();
  private readonly repeats = new Set<() => void>();
  private order = 0;
  private past = true;

  constructor(
    private readonly clock: Clock,
    private time: number,
    private readonly fineFrom: number,
  ) {}

  now() {
    return this.past ? this.time : this.clock.now();
  }

  after(delayMs: number, task: () => void): () => void {
    if (!this.past) return this.afterLive(delayMs, task);
    const due = this.time + Math.max(0, delayMs);
    const timer: Timer = { due, order: this.order++, task, cancelled: false };
    push(this.heap, timer);
    return () => {
      timer.cancelled = true;
    };
  }

  readonly every: Every = (intervalMs, task) => {
    let cancel: () => void = () => undefined;
    const arm = () => {
      cancel();
      cancel = this.after(this.pace(intervalMs), () => {
        arm();
        task();
      });
    };
    arm();
    this.repeats.add(arm);
    return () => {
      this.repeats.delete(arm);
      cancel();
    };
  };

  private pace(intervalMs: number): number {
    if (!this.past) return intervalMs;
    const left = this.fineFrom - this.time;
    if (left <= 0) return Math.max(FINE_MS, intervalMs);
    return Math.max(intervalMs, Math.min(COARSE_MS, left));
  }

  age(until: number) {
    for (;;) {
      const next = this.heap[0];
      if (!next || next.due > until) break;
      pop(this.heap);
      if (next.cancelled) continue;
      this.time = Math.max(this.time, next.due);
      next.task();
    }
    this.time = Math.max(this.time, until);
  }

  release() {
    const now = this.clock.now();
    this.past = false;
    for (let timer = pop(this.heap); timer; timer = pop(this.heap)) {
      const waiting = timer;
      if (waiting.cancelled) continue;
      const cancel = this.afterLive(waiting.due - now, () => {
        if (!waiting.cancelled) waiting.task();
      });
      this.live.add(cancel);
    }
    for (const arm of [...this.repeats]) arm();
  }

  close() {
    for (const cancel of [...this.live]) cancel();
    this.live.clear();
    this.heap.length = 0;
    this.repeats.clear();
  }

  private afterLive(delayMs: number, task: () => void): () => void {
    const own: { stop?: () => void } = {};
    const cancel = () => {
      this.live.delete(cancel);
      own.stop?.();
    };
    own.stop = this.clock.after(delayMs, () => {
      this.live.delete(cancel);
      task();
    });
    this.live.add(cancel);
    return cancel;
  }
}

/**
 * `from` is when its time begins, `fineFrom` from when on repetitions come closer together, both milliseconds since the
 * epoch.
 */
export function createAgingClock(options: {
  clock: Clock;
  from: number;
  fineFrom: number;
}): AgingClock {
  const { clock, from, fineFrom } = options;
  return new PastThenPresent(clock, from, fineFrom);
}
