import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('Pod', () => {
  it.each([
    [
      'critical_evicted',
      'Evicted',
      'Was evicted: its node had too little memory.',
    ],
    [
      'critical_nodeLost',
      'NodeLost',
      'Node `node-1` has not reported on its pods.',
    ],
    [
      'critical_outOfMemory',
      'OOMKilled',
      'Container `api` runs out of memory: OOM-killed at its limit of 256Mi, 4 restarts.',
    ],
    [
      'critical_stillCreating',
      'ContainerCreating',
      'Container `api` is still not created after 5 min: volumes, network or image are missing.',
    ],
    [
      'degraded_failed',
      'ContainerExited',
      'Container `api` has ended: exit code 2.',
    ],
    ['healthy_completed', 'Completed', 'Has completed.'],
    ['healthy_ready', 'Ready', 'Is ready.'],
    ['progressing_runsOnce', 'Running', 'Is running.'],
    [
      'progressing_terminating',
      'Terminating',
      'Is being deleted since 2026-11-21 03:06 UTC.',
    ],
    [
      'warning_stuckTerminating',
      'StuckTerminating',
      'Deletion hangs since 2026-11-21 02:00 UTC: its node has not confirmed it.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('Pod', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
