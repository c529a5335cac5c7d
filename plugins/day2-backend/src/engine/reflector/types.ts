import { CustomErrorBase } from '@backstage/errors';
import { KindState } from '@day2ops/backstage-plugin-day2-common';

/** What a reflector knows of its kind, for people. */
export interface ReflectorStatus {
  state: KindState;
  /** Milliseconds since the epoch. */
  since: number;
  /** Why it is not synced. */
  message: string | undefined;
  /** When it tries again, while it waits. */
  nextAttemptAt: number | undefined;
  /** Objects without identity in the last list. */
  unreadable: number;
}

export interface ReflectorTiming {
  /** How long a watch may last, in seconds, from and to: as client-go, random between. */
  watchSeconds: readonly [number, number];
  /** No line for so long: the connection may be half open. */
  quietMs: number;
  /** How long the end of the initial events may take, and per object that came. */
  initialEventsMs: number;
  perObjectMs: number;
  /** A watch that ended sooner without any event has failed. */
  veryShortMs: number;
  /** A watch that lived so long is healthy. */
  healthyMs: number;
  /** How soon a kind that we may not read is tried again, from and to. */
  forbiddenMs: readonly [number, number];
  absentMs: number;
  pageSize: number;
}

export const defaultTiming: ReflectorTiming = Object.freeze({
  watchSeconds: [300, 600] as const,
  quietMs: 120_000,
  initialEventsMs: 30_000,
  perObjectMs: 10,
  veryShortMs: 1000,
  healthyMs: 10_000,
  forbiddenMs: [300_000, 600_000] as const,
  absentMs: 60_000,
  pageSize: 250,
});

/** A watch that ended as soon as it began: without a pause before the next one, a hot loop. */
export class VeryShortWatchError extends CustomErrorBase {
  name = 'VeryShortWatchError' as const;
}
