import { KindState } from '@day2ops/backstage-plugin-day2-common';
import { Clock } from '../../model/time';
import { ReflectorStatus } from './types';

/** Holds the state of a reflector and tells of changes. */
export class StatusKeeper {
  readonly #clock: Clock;
  readonly #onStatus: (status: ReflectorStatus) => void;
  #current: ReflectorStatus;

  constructor(options: {
    clock: Clock;
    onStatus(status: ReflectorStatus): void;
  }) {
    this.#clock = options.clock;
    this.#onStatus = options.onStatus;
    this.#current = {
      state: 'init',
      since: options.clock.now(),
      message: undefined,
      nextAttemptAt: undefined,
      unreadable: 0,
    };
  }

  get current(): ReflectorStatus {
    return this.#current;
  }

  get waits(): boolean {
    return this.#current.nextAttemptAt !== undefined;
  }

  set(
    state: KindState,
    detail: { message?: string; nextAttemptAt?: number } = {},
  ): void {
    const before = this.#current;
    const since = before.state === state ? before.since : this.#clock.now();
    this.#current = {
      state,
      since,
      message: detail.message,
      nextAttemptAt: detail.nextAttemptAt,
      unreadable: before.unreadable,
    };
    if (before.state !== state || before.message !== detail.message) {
      this.#onStatus(this.#current);
    }
  }

  setUnreadable(unreadable: number): void {
    this.#current = { ...this.#current, unreadable };
  }
}
