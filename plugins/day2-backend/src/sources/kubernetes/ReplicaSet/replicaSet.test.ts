import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('ReplicaSet', () => {
  it.each([
    [
      'critical_cannotCreatePods',
      'ReplicaFailure',
      'Pods cannot be created: error looking up service account shop/worker: serviceaccount "worker" not found. None of 2 pods is ready.',
    ],
    [
      'degraded_onePodCrashes',
      'CrashLoopBackOff',
      'Container `api` ends again and again: exit code 2, 3 restarts. 1 of 2 pods is ready.',
    ],
    ['healthy_withoutDeployment', 'Available', '2 of 2 pods are ready.'],
    [
      'suspended_scaledToZero',
      'ScaledToZero',
      'Scaled to zero: no pod is meant to run.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('ReplicaSet', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
