import fc from 'fast-check';
import { DueHeap } from './DueHeap';

describe('DueHeap', () => {
  it('gives each key once, at its last time, in order, whatever was set before', () => {
    const change = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      at: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), changes => {
        const heap = new DueHeap();
        const truth = new Map<string, number>();
        for (const { key, at } of changes) {
          heap.set(key, at);
          if (at === undefined) {
            truth.delete(key);
          } else {
            truth.set(key, at);
          }
        }
        for (let now = 0; now <= 50; now += 1) {
          const times = [...truth.values()];
          expect(heap.next()).toBe(
            times.length > 0 ? Math.min(...times) : undefined,
          );
          const due = [...truth].filter(([, at]) => at <= now);
          expect(heap.take(now).sort()).toEqual(due.map(([key]) => key).sort());
          for (const [key] of due) {
            truth.delete(key);
          }
        }
        expect(heap.size).toBe(0);
      }),
    );
  });
});
