import { createGate } from './createGate';

describe('createGate', () => {
  it('runs no more than it may at once, in order, also after a failure', async () => {
    const gate = createGate(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const tasks = [0, 1, 2, 3].map(index =>
      gate(async () => {
        started.push(index);
        await new Promise<void>((resolve, reject) => {
          ends[index] = () =>
            index === 0 ? reject(new Error('Failed')) : resolve();
        });
        return index;
      }),
    );
    expect(started).toEqual([0, 1]);
    ends[0]();
    await expect(tasks[0]).rejects.toThrow('Failed');
    expect(started).toEqual([0, 1, 2]);
    ends[1]();
    await expect(tasks[1]).resolves.toBe(1);
    expect(started).toEqual([0, 1, 2, 3]);
    ends[2]();
    ends[3]();
    expect(await Promise.all([tasks[2], tasks[3]])).toEqual([2, 3]);
    await expect(gate(async () => 'free')).resolves.toBe('free');
  });
});
