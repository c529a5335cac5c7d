import { createLookup } from '@day2ops/backstage-plugin-day2-node';
import { judgeNamed } from '../__testUtils__/judgeNamed';
import { jobKind } from './job';

describe('Job', () => {
  it.each([
    [
      'degraded_backoffLimit',
      'JobFailed',
      'Failed after 2 tries, with 1 retry allowed. Container `import` has ended: exit code 3.',
    ],
    [
      'degraded_cannotPull',
      'ImagePullBackOff',
      'Image `import:2.0` of container `import` cannot be pulled: the registry refuses access. 0 of 1 completed.',
    ],
    [
      'degraded_deadlineStatusOnly',
      'JobFailed',
      'Failed: it ran longer than its deadline.',
    ],
    [
      'degraded_outOfMemory',
      'OOMKilled',
      'Failed after 2 tries, with 1 retry allowed. Container `import` runs out of memory: OOM-killed at its limit of 512Mi.',
    ],
    ['healthy_completed', 'Completed', 'Completed: 1 of 1 succeeded.'],
    ['progressing_resumed', 'Running', 'Runs: 1 active, 0 of 1 completed.'],
    ['suspended_bySpec', 'Suspended', 'Is suspended: no pod is started.'],
    [
      'unknown_noStatus',
      'Unclear',
      'Its controller has not reported on it yet.',
    ],
    [
      'warning_retrying',
      'Retrying',
      '2 of at most 7 tries failed. Container `import` has ended: exit code 3.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('Job', name);
    expect(judgement).toMatchObject({ reason, message });
  });

  it('is an item unless a CronJob made it', () => {
    const own = judgeNamed('Job', 'healthy_completed').record;
    expect(jobKind.isItem?.(own as never, createLookup([]))).toBe(true);
    const [owner] = [
      {
        group: 'batch',
        kind: 'CronJob',
        name: 'c',
        uid: 'c',
        controller: true,
      },
    ];
    const run = { ...own, head: { ...own.head, owners: [owner] } };
    expect(jobKind.isItem?.(run as never, createLookup([]))).toBe(false);
  });
});
