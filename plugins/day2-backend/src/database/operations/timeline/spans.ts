import { ItemRow, TransitionRow } from '../../rows';
import { Span } from './lanes';

export type TimelineItem = Pick<
  ItemRow,
  'id' | 'area' | 'cluster' | 'health' | 'reason' | 'message' | 'since'
>;

export interface Silence {
  cluster: string;
  from: number;
  to: number;
}

/** The time that is drawn. */
export interface Range {
  from: number;
  to: number;
}

/**
 * How the items of a service were, from their transitions and how they are now. Before its first transition an item was
 * what that transition says it came from; without one, before what it is began, and while its cluster was silent, nobody
 * knows.
 */
export function spansOf(options: {
  range: Range;
  items: readonly TimelineItem[];
  /** Verdicts only, oldest first. */
  transitions: readonly TransitionRow[];
  silences: readonly Silence[];
}): Span[] {
  const { range, items, transitions, silences } = options;
  const present = new Map(items.map(item => [item.id, item]));
  const histories = new Map<string, TransitionRow[]>(
    items.map(item => [item.id, []]),
  );
  for (const transition of transitions) {
    const history = histories.get(transition.item_id);
    if (history) {
      history.push(transition);
    } else {
      histories.set(transition.item_id, [transition]);
    }
  }
  return [...histories].flatMap(([id, history]) => {
    const item = present.get(id);
    const cluster = item?.cluster ?? history[0].cluster;
    return cover({
      spans: itemSpans({ range, item, history }),
      cluster,
      silences: silences.filter(silence => silence.cluster === cluster),
    });
  });
}

function itemSpans(options: {
  range: Range;
  item: TimelineItem | undefined;
  history: readonly TransitionRow[];
}): Span[] {
  const { range, item, history } = options;
  const [first] = history;
  const spans: Span[] = [];
  if (first && first.from_health !== null) {
    spans.push({
      area: first.area,
      from: range.from,
      to: first.at,
      health: first.from_health,
      reason: first.from_reason ?? 'Before',
      message: 'So it was before the first change shown here.',
    });
  }
  if (!first && item && item.since < range.to) {
    // What was there at the first look has no change on record: what it was before is not known, so not healthy.
    spans.push({
      area: item.area,
      from: range.from,
      to: item.since,
      health: 'unknown',
      reason: 'NeverSynced',
      message: 'Day 2 had not looked yet.',
    });
  }
  for (const [index, row] of history.entries()) {
    if (row.to_health !== null) {
      spans.push({
        area: row.area,
        from: row.at,
        to: history[index + 1]?.at ?? (item ? item.since : range.to),
        health: row.to_health,
        reason: row.reason,
        message: row.message,
      });
    }
  }
  if (item) {
    const { area, health, reason, message, since } = item;
    spans.push({ area, from: since, to: range.to, health, reason, message });
  }
  return spans.flatMap(span => clip(span, range) ?? []);
}

function clip(span: Span, range: Range): Span | undefined {
  const from = Math.max(span.from, range.from);
  const to = Math.min(span.to, range.to);
  return from < to ? { ...span, from, to } : undefined;
}

/** Hatches the parts of spans that nobody saw. */
function cover(options: {
  spans: readonly Span[];
  cluster: string;
  silences: readonly Silence[];
}): Span[] {
  const { cluster, silences } = options;
  let spans = [...options.spans];
  for (const silence of silences) {
    spans = spans.flatMap(span => {
      const hidden = clip(span, silence);
      if (!hidden) {
        return [span];
      }
      return [
        { ...span, to: hidden.from },
        {
          ...hidden,
          health: 'unknown' as const,
          reason: 'Stale',
          message: `Cluster ${cluster} did not answer.`,
        },
        { ...span, from: hidden.to },
      ].filter(part => part.from < part.to);
    });
  }
  return spans;
}
