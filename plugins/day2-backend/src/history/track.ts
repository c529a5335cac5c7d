import { healthRank, Verdict } from '@day2ops/backstage-plugin-day2-common';
import {
  ItemHistory,
  JudgedItem,
  Moment,
  StoredItem,
  Transition,
  VerdictName,
} from '../model/types';
import { digestOf } from './digest';

export interface TrackOptions {
  /** As stored; `undefined` for an item seen for the first time. */
  previous: StoredItem | undefined;
  judged: JudgedItem;
  now: Moment;
  /** The first sync of its kind ever: what is found was there before, so it is no transition. */
  baseline: boolean;
  /** The first look after a gap (start, take-over, silence): changes are found late. */
  late: boolean;
  /** How long a better verdict must hold before history believes it. */
  holdMs: number;
}

export interface Tracked {
  history: ItemHistory;
  digest: string;
  transitions: Transition[];
  /** When `track` must be called again although nothing changed. */
  dueAt: Moment | undefined;
  /** Whether there is anything to write. */
  changed: boolean;
}

/** Flapping lapses when a verdict stood still for this many hold times. */
const calmHolds = 10;

/**
 * The rules of time, for one item. Pure. The item shows its present verdict at once, and keeps `since` while health
 * and reason stay. History takes what is worse at once, and what is better or merely other after it held `holdMs`:
 * then with the time when it began, and with the worst of that time, so that history is never better than the truth.
 * What falls back before raises the counter of the newest row (`Transition.raises`) instead of adding rows. What
 * changed during a gap is one transition, found late.
 */
export function track(options: TrackOptions): Tracked {
  const { previous, judged } = options;
  const digest = digestOf(judged);
  const begun = begin(options);
  const { state, transitions } = previous
    ? recall(options, previous, begun.since)
    : meet(options, begun.since);
  const history: ItemHistory = { ...begun, ...state };
  return {
    history,
    digest,
    transitions: [...transitions, ...deploys(options, begun.since)],
    dueAt: dueAt(history, options),
    changed:
      previous?.digest !== digest ||
      transitions.length > 0 ||
      !isSameHistory(previous, history),
  };
}

/** The item is gone: the last transition of its history. */
export function trackRemoval(options: {
  previous: StoredItem;
  now: Moment;
  late: boolean;
}): Transition {
  const { previous, now, late } = options;
  return {
    itemId: previous.id,
    at: Math.max(now, previous.since),
    from: previous.recorded ?? nameOf(previous.verdict),
    to: undefined,
    observedLate: late,
    times: 1,
  };
}

type Begun = Pick<ItemHistory, 'since' | 'sinceSource'>;
type State = Pick<ItemHistory, 'flapping' | 'recorded' | 'pending'>;

function begin(options: TrackOptions): Begun {
  const { previous, judged, now, late } = options;
  const { objectSince } = judged;
  if (previous && isSame(previous.verdict, judged.verdict)) {
    return { since: previous.since, sinceSource: previous.sinceSource };
  }
  const earliest = previous?.since ?? -Infinity;
  // While watching, our own look is as good as the object's word. After a gap its word counts for what got worse; that
  // it was better for some time already is nothing that we saw.
  const believed =
    !previous || (late && isWorse(judged.verdict, previous.verdict));
  if (
    believed &&
    objectSince !== undefined &&
    objectSince <= now &&
    objectSince >= earliest
  ) {
    return { since: objectSince, sinceSource: 'object' };
  }
  return {
    since: Math.max(now, earliest),
    sinceSource: late ? 'observedLate' : 'observed',
  };
}

/** An item seen for the first time. */
function meet(
  options: TrackOptions,
  since: Moment,
): { state: State; transitions: Transition[] } {
  const { judged, baseline, late } = options;
  const state = { flapping: undefined };
  if (baseline) {
    return { state, transitions: [] };
  }
  const first: Transition = {
    itemId: judged.id,
    at: since,
    from: undefined,
    to: judged.verdict,
    observedLate: late,
    times: 1,
  };
  return { state, transitions: [first] };
}

/** An item that history knows. */
function recall(
  options: TrackOptions,
  previous: StoredItem,
  since: Moment,
): { state: State; transitions: Transition[] } {
  const { judged, now, late, holdMs } = options;
  const transitions: Transition[] = [];
  let { flapping, pending } = previous;
  let recorded = previous.recorded ?? nameOf(previous.verdict);
  const isChange = !isSame(previous.verdict, judged.verdict);

  const record = (at: Moment, to: Verdict, observedLate: boolean) => {
    transitions.push({
      itemId: judged.id,
      at,
      from: recorded,
      to,
      observedLate,
      times: 1,
    });
    recorded = nameOf(to);
  };

  if (pending && now >= pending.since + holdMs) {
    record(pending.since, pending.worst, false);
    pending = undefined;
    flapping = undefined;
  }
  if (isSame(recorded, judged.verdict)) {
    if (pending) {
      flapping = {
        times: (flapping?.times ?? 1) + 1,
        since: flapping?.since ?? pending.since,
      };
      transitions.push({
        itemId: judged.id,
        at: since,
        from: recorded,
        to: judged.verdict,
        observedLate: late && isChange,
        times: 1,
        raises: true,
      });
    } else if (flapping && now >= since + calmHolds * holdMs) {
      flapping = undefined;
    }
    return { state: { flapping }, transitions };
  }
  if (isWorse(judged.verdict, recorded) || (late && isChange)) {
    record(since, judged.verdict, late && isChange);
    return { state: { flapping }, transitions };
  }
  pending = {
    since: pending?.since ?? since,
    worst:
      pending && isWorse(pending.worst, judged.verdict)
        ? pending.worst
        : judged.verdict,
  };
  return { state: { flapping, recorded, pending }, transitions };
}

function deploys(options: TrackOptions, since: Moment): Transition[] {
  const { previous, judged, now, late } = options;
  const before = previous?.revision;
  const after = judged.revision;
  if (!before || !after || before.id === after.id) {
    return [];
  }
  return [
    {
      itemId: judged.id,
      at: Math.max(now, since),
      from: undefined,
      to: judged.verdict,
      observedLate: late,
      deploy: { from: before.label, to: after.label },
      times: 1,
    },
  ];
}

function dueAt(history: ItemHistory, options: TrackOptions) {
  const { holdMs } = options;
  if (history.pending) {
    return history.pending.since + holdMs;
  }
  return history.flapping ? history.since + calmHolds * holdMs : undefined;
}

function nameOf(verdict: VerdictName): VerdictName {
  return { health: verdict.health, reason: verdict.reason };
}

function isSame(a: VerdictName, b: VerdictName): boolean {
  return a.health === b.health && a.reason === b.reason;
}

function isWorse(a: VerdictName, b: VerdictName): boolean {
  return healthRank(a.health) > healthRank(b.health);
}

function isSameHistory(
  before: ItemHistory | undefined,
  after: ItemHistory,
): boolean {
  return (
    before !== undefined &&
    before.since === after.since &&
    before.flapping?.times === after.flapping?.times &&
    before.pending?.since === after.pending?.since &&
    before.pending?.worst.reason === after.pending?.worst.reason &&
    before.pending?.worst.health === after.pending?.worst.health &&
    before.recorded?.health === after.recorded?.health &&
    before.recorded?.reason === after.recorded?.reason
  );
}
