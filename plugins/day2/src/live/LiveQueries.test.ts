import { ManualClock } from '../__testUtils__/ManualClock';
import { LiveQueries } from './LiveQueries';
import { serviceTiming } from './types';

/** Lets promises that are settled already run on. */
const settle = () => new Promise(resolve => setTimeout(resolve, 0));

function setUp() {
  const clock = new ManualClock();
  const visibility = {
    visible: true,
    listeners: new Set<() => void>(),
    isVisible: () => visibility.visible,
    subscribe: (listener: () => void) => {
      visibility.listeners.add(listener);
      return () => visibility.listeners.delete(listener);
    },
  };
  const live = new LiveQueries({ clock, random: () => 0.5, visibility });
  return { clock, visibility, live };
}

describe('LiveQueries', () => {
  it('asks once for all who ask the same, and stops when the last has left', async () => {
    const { clock, visibility, live } = setUp();
    const load = jest.fn(async () => 'answer');
    const ask = () => live.query({ key: 'k', timing: serviceTiming, load });
    const first = ask();
    const leaveFirst = first.subscribe(() => {});
    const leaveSecond = ask().subscribe(() => {});
    clock.advance(0);
    await settle();
    expect(load).toHaveBeenCalledTimes(1);
    expect(ask().getState()).toEqual({
      value: 'answer',
      loading: false,
      loadedAt: 0,
    });
    leaveFirst();
    expect(clock.pending).toBe(1);
    leaveSecond();
    expect(clock.pending).toBe(0);
    expect(visibility.listeners.size).toBe(0);
    expect(ask()).not.toBe(first);
  });

  it('keeps what it knew when a refresh fails, and says when it tries again', async () => {
    const { clock, live } = setUp();
    const answers = [() => 'first', () => 'third'];
    let failing = false;
    const query = live.query({
      key: 'k',
      timing: serviceTiming,
      load: async () => {
        if (failing) {
          throw new Error('no');
        }
        return answers.shift()?.();
      },
    });
    const leave = query.subscribe(() => {});
    clock.advance(0);
    await settle();
    failing = true;
    clock.advance(30_000);
    await settle();
    expect(query.getState()).toMatchObject({
      value: 'first',
      loadedAt: 0,
      error: { message: 'no' },
      nextAttemptAt: 35_000,
    });
    failing = false;
    clock.advance(5_000);
    await settle();
    expect(query.getState()).toEqual({
      value: 'third',
      loading: false,
      loadedAt: 35_000,
    });
    leave();
  });
});
