import { toError } from '@backstage/errors';
import { Day2RequestError } from '../api/Day2RequestError';
import { RefreshScheduler } from './RefreshScheduler';
import { Clock, LiveState, RefreshTiming, Visibility } from './types';

export interface LiveQueryOptions<T> {
  load: () => Promise<T>;
  timing: RefreshTiming;
  clock: Clock;
  random: () => number;
  visibility: Visibility;
  /** Called when the last listener has left. */
  onIdle?: () => void;
  /** Called when the first listener comes. */
  onActive?: () => void;
}

/**
 * One question that is kept answered as long as somebody listens. All cards that ask the same share one.
 */
export class LiveQuery<T> {
  private readonly options: LiveQueryOptions<T>;
  private readonly scheduler: RefreshScheduler;
  private readonly listeners = new Set<() => void>();
  private state: LiveState<T> = { loading: true };
  private stopWatching?: () => void;

  constructor(options: LiveQueryOptions<T>) {
    this.options = options;
    const { clock, random, timing } = options;
    this.scheduler = new RefreshScheduler({
      clock,
      random,
      timing,
      refresh: () => this.run(),
    });
  }

  readonly getState = (): LiveState<T> => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) {
      this.activate();
    }
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) {
        this.deactivate();
      }
    };
  };

  setSignals(available: boolean) {
    this.scheduler.setSignals(available);
  }

  hint() {
    this.scheduler.hint();
  }

  /** Ask again as soon as the smallest interval allows. */
  readonly refresh = () => {
    this.scheduler.now();
  };

  private activate() {
    const { visibility, onActive } = this.options;
    onActive?.();
    this.stopWatching = visibility.subscribe(() =>
      this.scheduler.setVisible(visibility.isVisible()),
    );
    this.scheduler.start(visibility.isVisible());
  }

  private deactivate() {
    this.stopWatching?.();
    this.scheduler.stop();
    this.options.onIdle?.();
  }

  /** Never rejects: a failure is a state. */
  private async run() {
    this.update({ ...this.state, loading: true });
    try {
      const value = await this.options.load();
      this.scheduler.settled(true);
      this.update({
        value,
        loading: false,
        loadedAt: this.options.clock.now(),
      });
    } catch (error) {
      // A refusal is an answer: asking again soon does not change rights.
      const nextAttemptAt = this.scheduler.settled(isRefusal(error));
      const { value, loadedAt } = this.state;
      this.update({
        value,
        loadedAt,
        error: toError(error),
        loading: false,
        nextAttemptAt,
      });
    }
  }

  private update(state: LiveState<T>) {
    this.state = state;
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Day2RequestError && error.kind === 'refused';
}
