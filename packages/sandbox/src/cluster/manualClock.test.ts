import { createManualClock } from './manualClock';

describe('createManualClock', () => {
  it('runs what falls due in order, also what is set on the way', () => {
    const clock = createManualClock({ now: 1_000 });
    const log: string[] = [];
    const note = (text: string) => log.push(`${clock.now()} ${text}`);

    clock.after(20, () => note('second'));
    clock.after(10, () => {
      note('first');
      clock.after(5, () => note('nested'));
      clock.after(100, () => note('too late'));
    });
    clock.after(20, () => note('third, asked for later'));
    const cancel = clock.after(15, () => note('cancelled'));
    cancel();
    clock.advance(50);

    expect(log).toEqual([
      '1010 first',
      '1015 nested',
      '1020 second',
      '1020 third, asked for later',
    ]);
    expect(clock.now()).toBe(1_050);
    expect(clock.pending()).toBe(1);
  });
});
