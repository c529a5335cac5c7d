import { TransitionRow } from '../../rows';
import { lanesOf } from './lanes';
import { spansOf, TimelineItem } from './spans';

const range = { from: 100, to: 200 };

const row = (overrides: Partial<TransitionRow>): TransitionRow => ({
  id: 1,
  at: 0,
  last_at: 0,
  item_id: 'a',
  scope: 'cluster:c',
  cluster: 'c',
  cluster_uid: 'u',
  environment: 'production',
  area: 'workloads',
  kind: 'Deployment',
  namespace: 'n',
  name: 'a',
  type: 'verdict',
  from_health: 'healthy',
  from_reason: 'Ready',
  to_health: 'critical',
  reason: 'Down',
  message: 'Down.',
  from_label: null,
  to_label: null,
  observed_late: false,
  times: 1,
  ...overrides,
});

const item: TimelineItem = {
  id: 'a',
  area: 'workloads',
  cluster: 'c',
  health: 'healthy',
  reason: 'Ready',
  message: 'Ready.',
  since: 150,
};

function draw(options: Partial<Parameters<typeof spansOf>[0]>) {
  const spans = spansOf({
    range,
    items: [],
    transitions: [],
    silences: [],
    ...options,
  });
  return lanesOf(spans).map(lane => [
    lane.area,
    ...lane.spans.map(span => [
      span.health,
      Date.parse(span.from),
      Date.parse(span.to),
    ]),
  ]);
}

describe('lanes', () => {
  it('are empty where there is nothing', () => {
    expect(draw({})).toEqual([]);
    expect(draw({ items: [{ ...item, since: 300 }] })).toEqual([]);
  });

  it('do not know how it was before what the first look found', () => {
    expect(draw({ items: [item, { ...item, id: 'b', since: 50 }] })).toEqual([
      ['workloads', ['unknown', 100, 150], ['healthy', 150, 200]],
    ]);
  });

  it('go from before the first change to how it is now, within the range', () => {
    expect(
      draw({
        items: [item],
        transitions: [row({ at: 120 })],
      }),
    ).toEqual([
      [
        'workloads',
        ['healthy', 100, 120],
        ['critical', 120, 150],
        ['healthy', 150, 200],
      ],
    ]);
    expect(draw({ items: [{ ...item, since: 20 }] })).toEqual([
      ['workloads', ['healthy', 100, 200]],
    ]);
    // What it came from is told by a change after the range.
    expect(
      draw({
        items: [{ ...item, since: 250 }],
        transitions: [row({ at: 250, from_health: 'warning' })],
      }),
    ).toEqual([['workloads', ['warning', 100, 200]]]);
  });

  it('show what is gone until it went, and a time without anything as unknown', () => {
    expect(
      draw({
        items: [{ ...item, id: 'b', since: 180 }],
        transitions: [
          row({ at: 130, from_health: null }),
          row({ at: 160, from_health: 'critical', to_health: null }),
          row({
            item_id: 'b',
            at: 180,
            from_health: null,
            to_health: 'healthy',
            reason: 'Ready',
            message: 'Ready.',
          }),
        ],
      }),
    ).toEqual([
      [
        'workloads',
        ['critical', 130, 160],
        ['unknown', 160, 180],
        ['healthy', 180, 200],
      ],
    ]);
  });

  it('take the worst of several, each silent cluster on its own', () => {
    const other = { ...item, id: 'b', cluster: 'd', since: 100 };
    expect(
      draw({
        items: [
          { ...item, since: 100 },
          { ...other, health: 'degraded' },
          { ...item, id: 'c', area: 'backups', since: 110 },
        ],
        silences: [
          { cluster: 'd', from: 90, to: 120 },
          { cluster: 'd', from: 170, to: 190 },
        ],
      }),
    ).toEqual([
      [
        'workloads',
        ['unknown', 100, 120],
        ['degraded', 120, 170],
        ['unknown', 170, 190],
        ['degraded', 190, 200],
      ],
      ['backups', ['unknown', 100, 110], ['healthy', 110, 200]],
    ]);
  });
});
