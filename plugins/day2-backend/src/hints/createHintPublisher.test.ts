import { mockServices } from '@backstage/backend-test-utils';
import { createHintPublisher } from './createHintPublisher';

function createManualClock() {
  let now = 0;
  const tasks: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs: number, task: () => void) {
      const entry = { at: now + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks.splice(tasks.indexOf(entry), 1);
      };
    },
    delay: async () => {},
    pending: () => tasks.length,
    async advance(ms: number) {
      const end = now + ms;
      for (;;) {
        tasks.sort((a, b) => a.at - b.at);
        if (!tasks[0] || tasks[0].at > end) {
          break;
        }
        const next = tasks.shift()!;
        now = next.at;
        next.task();
        await new Promise(setImmediate);
      }
      now = end;
    },
  };
}

describe('createHintPublisher', () => {
  it('joins changes, keeps the fleet to one hint per pause, and loses none', async () => {
    const clock = createManualClock();
    const published: string[] = [];
    const claims = [true, false, true];
    const hints = createHintPublisher({
      signals: {
        async publish(signal) {
          expect(signal.recipients).toEqual({ type: 'broadcast' });
          expect(Object.keys(signal.message as object)).toEqual(['revision']);
          published.push(signal.channel);
        },
      },
      clock,
      logger: mockServices.logger.mock(),
      claimFleetHint: async () => claims.shift() ?? true,
      onSent: () => {},
    });

    hints.changed({ revision: 1, entityRefs: ['component:default/a'] });
    hints.changed({ revision: 2, entityRefs: ['component:default/a'] });
    hints.changed({ revision: 3, entityRefs: [] });
    await clock.advance(300);
    expect(published).toEqual([
      expect.stringMatching(/^day2:s:\d+$/),
      'day2:fleet',
    ]);

    hints.changed({ revision: 4, entityRefs: ['component:default/a'] });
    await clock.advance(300);
    expect(published).toHaveLength(3);
    await clock.advance(2_000);
    expect(published.slice(3)).toEqual(['day2:fleet']);
    expect(clock.pending()).toBe(0);
  });

  it('says once that hints fail, and goes on', async () => {
    const clock = createManualClock();
    const logger = mockServices.logger.mock();
    let broken = true;
    let sent = 0;
    const hints = createHintPublisher({
      signals: {
        async publish() {
          if (broken) {
            throw new Error('no bus');
          }
          sent += 1;
        },
      },
      clock,
      logger,
      claimFleetHint: async () => true,
      onSent: () => {},
    });
    for (const revision of [1, 2]) {
      hints.changed({ revision, entityRefs: ['component:default/a'] });
      await clock.advance(3_000);
    }
    expect(logger.warn).toHaveBeenCalledTimes(1);
    broken = false;
    hints.changed({ revision: 3, entityRefs: ['component:default/a'] });
    await clock.advance(3_000);
    expect(sent).toBe(2);
    hints.changed({ revision: 4, entityRefs: ['component:default/a'] });
    hints.stop();
    expect(clock.pending()).toBe(0);
  });
});
