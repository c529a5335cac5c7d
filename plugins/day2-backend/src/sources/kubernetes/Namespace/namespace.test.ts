import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('Namespace', () => {
  it.each([
    ['healthy_active', 'Active', 'Its phase is Active.'],
    [
      'warning_stuckTerminating',
      'StuckTerminating',
      'Deletion hangs since 2026-11-21 01:00 UTC: nothing has removed it.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('Namespace', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
