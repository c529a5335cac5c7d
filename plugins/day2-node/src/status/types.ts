import { Evidence, Link, Verdict } from '@day2ops/backstage-plugin-day2-common';
import { ObjectRecord, RecordLookup } from '../records/types';

/**
 * What a rule says of one object now.
 *
 * @public
 */
export interface Judgement extends Verdict {
  evidence?: Evidence;
  /** When the verdict began as the object itself says, ms since the epoch. */
  since?: number;
  /** When the verdict must be looked at again although nothing changes, ms since the epoch. */
  dueAt?: number;
  /** What runs now. A change of `id` is a deploy in the history; `label` is for people. */
  revision?: { id: string; label: string };
  links?: Link[];
}

/** @public */
export interface JudgeContext {
  /** Milliseconds since the epoch. */
  now: number;
  lookup: RecordLookup;
  /** `day2.sources.<id>` of app-config, as the source's own schema read it. */
  settings: Readonly<Record<string, unknown>>;
}

/**
 * Judges one kind. Pure: no I/O, no clock, no state. A rule never sees an object that is being deleted or whose status
 * is older than its spec; what it returns `undefined` for is judged by conditions, phase and state words. What it
 * throws becomes `unknown/SourceError` for that object alone.
 *
 * @public
 */
export interface StatusRule<F = unknown> {
  judge(record: ObjectRecord<F>, context: JudgeContext): Judgement | undefined;
}
