import { createApiRef } from '@backstage/core-plugin-api';
import { LiveQuery } from './LiveQuery';
import { Clock, RefreshTiming, Visibility } from './types';

const browserClock: Clock = Object.freeze({
  now: () => Date.now(),
  after: (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
});

const documentVisibility: Visibility = Object.freeze({
  isVisible: () => document.visibilityState !== 'hidden',
  subscribe: (listener: () => void) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
});

/**
 * The questions that are open on this page, by their key, so that five cards of one entity cause one request.
 */
export class LiveQueries {
  private readonly queries = new Map<string, LiveQuery<unknown>>();
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly visibility: Visibility;

  constructor(
    options: {
      clock?: Clock;
      random?: () => number;
      visibility?: Visibility;
    } = {},
  ) {
    this.clock = options.clock ?? browserClock;
    this.random = options.random ?? Math.random;
    this.visibility = options.visibility ?? documentVisibility;
  }

  /** The key must say all that `load` depends on, its type included. */
  query<T>(options: {
    key: string;
    timing: RefreshTiming;
    load: () => Promise<T>;
  }): LiveQuery<T> {
    const { key, timing, load } = options;
    const known = this.queries.get(key);
    if (known) {
      return known as LiveQuery<T>;
    }
    const { clock, random, visibility, queries } = this;
    const query: LiveQuery<T> = new LiveQuery<T>({
      load,
      timing,
      clock,
      random,
      visibility,
      onActive: () => queries.set(key, query as LiveQuery<unknown>),
      onIdle: () => queries.delete(key),
    });
    queries.set(key, query as LiveQuery<unknown>);
    return query;
  }
}

export const liveQueriesApiRef = createApiRef<LiveQueries>({
  id: 'plugin.day2.live-queries',
});
