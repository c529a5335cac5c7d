import { ServiceTimeline } from '@day2ops/backstage-plugin-day2-common';

type Span = ServiceTimeline['lanes'][number]['spans'][number];

/** A span as it is drawn: from and to in pixels, wide enough to be seen. */
export interface DrawnSpan {
  span: Span;
  x: number;
  width: number;
}

/** Anything that is not healthy is at least this wide. */
export const leastWidth = 5;

/**
 * Places spans on a scale. A short trouble is drawn wider than it was, to the left of its end when it touches the right
 * edge; what lies outside the range is left out, what reaches over it is cut.
 */
export function placeSpans(options: {
  spans: readonly Span[];
  from: number;
  to: number;
  x: (at: number) => number;
}): DrawnSpan[] {
  const { spans, from, to, x } = options;
  const right = x(to);
  return spans
    .map(span => ({
      span,
      start: Math.max(from, Date.parse(span.from)),
      end: Math.min(to, Date.parse(span.to)),
    }))
    .filter(({ start, end }) => end > start)
    .map(({ span, start, end }) => {
      const width = x(end) - x(start);
      const least = span.health === 'healthy' ? 0 : leastWidth;
      const drawn = Math.max(width, least);
      return { span, width: drawn, x: Math.min(x(start), right - drawn) };
    });
}

/** How often an area left health for something that wants a person. */
export function countTroubles(
  spans: readonly Span[],
  needs: (health: Span['health']) => boolean,
): number {
  return spans.filter(
    (span, index) =>
      needs(span.health) && !(index > 0 && needs(spans[index - 1].health)),
  ).length;
}
