import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('ResourceQuota', () => {
  it.each([
    [
      'degraded_usedUp',
      'QuotaExceeded',
      'Used up: 4Gi of 4Gi limits.memory (100 %). The next pod is refused; what runs is not affected.',
    ],
    [
      'healthy_oneLoadBalancerOfOne',
      'WithinQuota',
      'Has room: most used is 1 of 1 services.loadbalancers (100 %).',
    ],
    [
      'healthy_room',
      'WithinQuota',
      'Has room: most used is 7 of 20 pods (35 %).',
    ],
    [
      'warning_nearlyUsedUp',
      'QuotaNearlyUsedUp',
      'Nearly used up: 7.5Gi of 8Gi limits.memory (94 %).',
    ],
    [
      'warning_nextRolloutBlocked',
      'NextRolloutBlocked',
      'The next rollout of `api` does not fit: it needs 1.5Gi limits.memory more, 1Gi are left.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('ResourceQuota', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
