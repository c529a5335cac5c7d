/** The time, and waiting; injected so that tests are not. */
export interface Clock {
  now(): number;
  /** Calls back once after `ms`; the returned function prevents it. */
  after(ms: number, callback: () => void): () => void;
}

/** Whether a person can see the page. */
export interface Visibility {
  isVisible(): boolean;
  subscribe(listener: () => void): () => void;
}

/**
 * How often one question is asked again. The bus may lose hints, so polling never stops.
 */
export interface RefreshTiming {
  /** Pause between polls while hints arrive; varied by ±20 %. */
  pollMs: number;
  /** The same without a signals backend. */
  pollAloneMs: number;
  /** A hint is followed after a random time up to this, so that a thousand tabs do not ask at once. */
  hintDelayMs: number;
  /** Never two requests within this. */
  minIntervalMs: number;
}

/** An open entity page is right within two seconds. */
export const serviceTiming: RefreshTiming = Object.freeze({
  pollMs: 60_000,
  pollAloneMs: 30_000,
  hintDelayMs: 500,
  minIntervalMs: 2_000,
});

/** An open fleet page is right within five seconds. */
export const fleetTiming: RefreshTiming = Object.freeze({
  pollMs: 60_000,
  pollAloneMs: 30_000,
  hintDelayMs: 3_000,
  minIntervalMs: 5_000,
});

/** What is known of one question now. `error` beside `value` means that the last refresh failed. */
export interface LiveState<T> {
  value?: T;
  error?: Error;
  loading: boolean;
  /** When `value` was last confirmed, in milliseconds since the epoch. */
  loadedAt?: number;
  /** When the next attempt is due, after an error. */
  nextAttemptAt?: number;
}
