import type { KubernetesObject } from './types';

/** A change with what it replaced, so that a watch with a selector can tell who left. Neither object may be changed. */
export interface ChangeEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
  /** What stood there before; undefined for ADDED. */
  previous?: KubernetesObject;
  resourceVersion: number;
}

/** The last changes of one kind, as the watch cache of an API server keeps them. */
export interface History {
  push(event: ChangeEvent): void;
  /** Every change after `resourceVersion`, oldest first; undefined when some of them are forgotten. */
  after(resourceVersion: number): ChangeEvent[] | undefined;
  /** The oldest resource version that `after` still answers. */
  oldest(): number;
}

/** `start` is the resource version at which this history begins. */
export function createHistory(options: {
  limit: number;
  start: number;
}): History {
  const { limit } = options;
  let oldest = options.start;
  let events: ChangeEvent[] = [];

  return {
    push(event) {
      events.push(event);
      if (events.length < limit * 2) return;
      oldest = events[events.length - limit - 1].resourceVersion;
      events = events.slice(-limit);
    },
    after(resourceVersion) {
      const forgotten = events.length - limit;
      const from =
        forgotten > 0 ? events[forgotten - 1].resourceVersion : oldest;
      if (resourceVersion < from) return undefined;
      return events.filter(event => event.resourceVersion > resourceVersion);
    },
    oldest: () =>
      events.length > limit
        ? events[events.length - limit - 1].resourceVersion
        : oldest,
  };
}
