import {
  Area,
  areas,
  Health,
  healthRank,
  ServiceTimeline,
} from '@day2ops/backstage-plugin-day2-common';
import { toMoment } from '../../wire';

/** How one item was, for a while. */
export interface Span {
  area: Area;
  from: number;
  to: number;
  health: Health;
  reason: string;
  message: string;
}

const nothing = {
  health: 'unknown',
  reason: 'NothingFound',
  message: 'Nothing was there.',
} as const satisfies Pick<Span, 'health' | 'reason' | 'message'>;

type Lane = ServiceTimeline['lanes'][number];

/**
 * One lane for each area: at each moment the worst of its items. Where there was none between two, nothing was found.
 */
export function lanesOf(spans: readonly Span[]): Lane[] {
  return areas.flatMap(area => {
    const own = spans.filter(span => span.area === area && span.to > span.from);
    return own.length === 0 ? [] : [{ area, spans: worstOver(own) }];
  });
}

function worstOver(spans: readonly Span[]): Lane['spans'] {
  const starts = [...spans].sort((a, b) => a.from - b.from);
  const moments = [
    ...new Set(spans.flatMap(span => [span.from, span.to])),
  ].sort((a, b) => a - b);
  const result: Omit<Span, 'area'>[] = [];
  let present: Span[] = [];
  let next = 0;
  for (let index = 0; index + 1 < moments.length; index++) {
    const [from, to] = [moments[index], moments[index + 1]];
    present = present.filter(span => span.to > from);
    while (next < starts.length && starts[next].from <= from) {
      present.push(starts[next]);
      next += 1;
    }
    append(result, { ...(worstOf(present) ?? nothing), from, to });
  }
  return result.map(span => ({
    ...span,
    from: toMoment(span.from),
    to: toMoment(span.to),
  }));
}

function worstOf(spans: readonly Span[]) {
  let worst: Span | undefined;
  for (const span of spans) {
    if (!worst || healthRank(span.health) > healthRank(worst.health)) {
      worst = span;
    }
  }
  if (!worst) {
    return undefined;
  }
  const { health, reason, message } = worst;
  return { health, reason, message };
}

/** What goes on as it was is one span. */
function append(spans: Omit<Span, 'area'>[], span: Omit<Span, 'area'>): void {
  const last = spans.at(-1);
  if (
    last?.health === span.health &&
    last.reason === span.reason &&
    last.message === span.message
  ) {
    last.to = span.to;
  } else {
    spans.push(span);
  }
}
