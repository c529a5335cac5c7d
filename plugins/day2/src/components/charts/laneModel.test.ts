import { Health } from '@day2ops/backstage-plugin-day2-common';
import { countTroubles, placeSpans } from './laneModel';

const minute = 60_000;
const span = (from: number, to: number, health: Health) => ({
  from: new Date(from * minute).toISOString(),
  to: new Date(to * minute).toISOString(),
  health,
  reason: 'X',
  message: '',
});

describe('placeSpans', () => {
  const place = (spans: ReturnType<typeof span>[]) =>
    placeSpans({
      spans,
      from: 0,
      to: 1_000 * minute,
      x: at => (at / (1_000 * minute)) * 200,
    }).map(({ x, width }) => [x, width]);

  it('draws a short trouble wide enough to see, inside the range even at its end', () => {
    expect(
      place([
        span(0, 500, 'healthy'),
        span(500, 502, 'degraded'),
        span(999, 1_000, 'critical'),
      ]),
    ).toEqual([
      [0, 100],
      [100, 5],
      [195, 5],
    ]);
  });

  it('cuts what reaches over the range and leaves out what is beyond', () => {
    expect(
      place([
        span(-900, -10, 'critical'),
        span(-10, 100, 'warning'),
        span(900, 4_000, 'unknown'),
      ]),
    ).toEqual([
      [0, 20],
      [180, 20],
    ]);
  });
});

describe('countTroubles', () => {
  it('counts what got worse within one trouble once', () => {
    const spans = [
      span(0, 1, 'warning'),
      span(1, 2, 'degraded'),
      span(2, 3, 'healthy'),
      span(3, 4, 'critical'),
    ];
    expect(countTroubles(spans, health => health !== 'healthy')).toBe(2);
  });
});
