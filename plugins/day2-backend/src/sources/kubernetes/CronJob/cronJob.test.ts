import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('CronJob', () => {
  it.each([
    [
      'degraded_invalidTimeZone',
      'InvalidSchedule',
      'Never runs: schedule `0 2 * * *` in zone `Mars/Olympus` means nothing.',
    ],
    [
      'degraded_lastRunFailed',
      'LastRunFailed',
      'Its last run (2026-11-21 02:00 UTC) failed. Failed after 2 tries, with 6 retries allowed. Container `import` has ended: exit code 3.',
    ],
    [
      'degraded_missedRunsStillActive',
      'MissedRuns',
      'Missed 3 runs: due daily at 02:00, last ran on 2026-11-18 02:00 UTC. Its last Job is still active.',
    ],
    [
      'degraded_notSucceededJobsGone',
      'LastRunFailed',
      'Its last run (2026-11-21 02:00 UTC) did not succeed. The last that did was on 2026-11-19 02:03 UTC.',
    ],
    [
      'degraded_runCannotPull',
      'ImagePullBackOff',
      'Its run is in trouble. Image `import:2.0` of container `import` cannot be pulled. 0 of 1 completed.',
    ],
    [
      'healthy_inTimeZone',
      'LastRunSucceeded',
      'Its last run succeeded on 2026-11-20 04:31 UTC. It is due daily at 23:30 (America/New_York).',
    ],
    [
      'healthy_lastRunSucceeded',
      'LastRunSucceeded',
      'Its last run succeeded on 2026-11-21 02:03 UTC. It is due daily at 02:00.',
    ],
    [
      'progressing_firstRunAhead',
      'WaitingForFirstRun',
      'Has not run yet. It is first due on 2026-12-01 00:00 UTC.',
    ],
    [
      'suspended_bySpec',
      'Suspended',
      'Is suspended. It last ran on 2026-11-21 02:00 UTC.',
    ],
    [
      'warning_missedOnce',
      'MissedRuns',
      'Missed 1 run: due daily at 02:00, last ran on 2026-11-20 02:00 UTC.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('CronJob', name);
    expect(judgement).toMatchObject({ reason, message });
  });

  it('says when it was and will be due, and shows its runs newest first', () => {
    const { judgement } = judgeNamed('CronJob', 'healthy_lastRunSucceeded');
    expect(judgement.evidence?.schedule).toEqual({
      cron: '0 2 * * *',
      lastDueAt: '2026-11-21T02:00:00.000Z',
      lastRunAt: '2026-11-21T02:00:00.000Z',
      nextDueAt: '2026-11-22T02:00:00.000Z',
      missed: 0,
    });
    expect(judgement.evidence?.runs?.map(run => run.name)).toEqual([
      'report-rollup-29389080',
      'report-rollup-29387640',
    ]);
    expect(judgement.dueAt).toBe(Date.parse('2026-11-22T02:02:00Z'));
  });

  it('misses its next run when time goes by and nothing happens', () => {
    const { judgement } = judgeNamed('CronJob', 'healthy_lastRunSucceeded', {
      now: '2026-11-22T02:02:00Z',
    });
    expect(judgement).toMatchObject({
      health: 'warning',
      reason: 'MissedRuns',
      params: { missed: 1 },
    });
  });
});
