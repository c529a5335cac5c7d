import { createItem } from './__testUtils__/createItem';
import { coarse, digestOf } from './digest';

const pod = (restarts: number, startedAt: string, node = 'n1') => ({
  pods: {
    total: 1,
    ready: 0,
    counts: { critical: 1 },
    worst: [
      {
        name: 'api-1',
        node,
        health: 'critical' as const,
        reason: 'CrashLoop',
        message: '',
        containers: [
          {
            name: 'api',
            role: 'container' as const,
            health: 'critical' as const,
            state: 'waiting',
            ready: false,
            restarts,
            startedAt,
          },
        ],
      },
    ],
  },
});
const early = '2026-11-21T02:00:00Z';
const late = '2026-11-21T03:00:00Z';

describe('digestOf', () => {
  it('has steps of 1, 2, 5 for counters', () => {
    const steps = [0, 1, 2, 3, 4, 5, 9, 10, 19, 20, 49, 50, 100, -7, NaN];
    expect(steps.map(coarse)).toEqual([
      0, 1, 2, 2, 2, 5, 5, 10, 10, 20, 20, 50, 100, -5, 0,
    ]);
  });

  it('is the same while only times and counters move a little', () => {
    const item = (times: number, at: string) =>
      createItem({
        verdict: {
          health: 'critical',
          reason: 'CrashLoop',
          params: { times, container: 'api' },
          message: `Container api exited ${times} times; it has 512Mi.`,
        },
        evidence: pod(times, at),
        objectSince: Date.parse(at),
      });
    expect(digestOf(item(7, early))).toBe(digestOf(item(8, late)));
    expect(digestOf(item(7, early))).not.toBe(digestOf(item(12, early)));
  });

  it('differs where a person would see a difference', () => {
    const base = createItem({ evidence: pod(1, early) });
    const { verdict } = base;
    const link = { title: 'a', url: 'https://a.example', type: 'a' };
    const entity = {
      entityId: 1,
      entityRef: 'component:default/a',
      proof: 'object' as const,
      unexpectedNamespace: false,
    };
    const others = [
      createItem({ evidence: pod(1, early, 'n2') }),
      { ...base, verdict: { ...verdict, health: 'warning' as const } },
      { ...base, verdict: { ...verdict, reason: 'Other' } },
      { ...base, verdict: { ...verdict, params: { ready: 3 } } },
      { ...base, verdict: { ...verdict, params: { ready: 4 } } },
      { ...base, verdict: { ...verdict, message: 'Other.' } },
      { ...base, links: [link] },
      { ...base, entities: [entity] },
      { ...base, entities: [{ ...entity, proof: 'claim' as const }] },
      { ...base, revision: { id: '1', label: 'a:1' } },
      { ...base, environment: 'dev' },
    ];
    const digests = [base, ...others].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('does not depend on the order of keys and entities', () => {
    const one = { entityRef: 'a', proof: 'object' as const };
    const a = { ...one, entityId: 1, unexpectedNamespace: false };
    const b = { unexpectedNamespace: false, entityId: 2, ...one };
    const params = { x: 1, y: 2 };
    const { verdict } = createItem();
    expect(
      digestOf(
        createItem({ entities: [a, b], verdict: { ...verdict, params } }),
      ),
    ).toBe(
      digestOf(
        createItem({
          entities: [b, a],
          verdict: { ...verdict, params: { y: 2, x: 1 } },
        }),
      ),
    );
  });
});
