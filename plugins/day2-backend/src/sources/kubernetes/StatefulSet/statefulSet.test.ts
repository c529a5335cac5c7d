import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('StatefulSet', () => {
  it.each([
    [
      'critical_firstPodUnschedulable',
      'Unschedulable',
      'A pod fits on none of 3 nodes: a claim is not bound. None of 3 pods is ready.',
    ],
    [
      'degraded_newVersionCrashes',
      'CrashLoopBackOff',
      'Container `db` ends again and again: exit code 1, 8 restarts. 2 of 3 pods are ready.',
    ],
    [
      'degraded_podsMissing',
      'NotAvailable',
      'Pods are missing: 2 of 3 exist. 2 of 3 pods are ready.',
    ],
    [
      'degraded_podsNotSeen',
      'NotAvailable',
      '1 of 3 pods is ready. The pods themselves are not seen.',
    ],
    ['healthy_allReady', 'Available', '3 of 3 pods are ready.'],
    [
      'healthy_onDeleteWaits',
      'Available',
      '3 of 3 pods are ready. A new version waits until pods are deleted.',
    ],
    ['healthy_partitionReached', 'Available', '3 of 3 pods are ready.'],
    [
      'progressing_rollingOut',
      'RollingOut',
      'Rolls out: the new version runs in 1 of 3 pods. 3 of 3 pods are ready.',
    ],
    [
      'progressing_starting',
      'Starting',
      'Pods are starting. Its only pod is not ready.',
    ],
    [
      'suspended_scaledToZero',
      'ScaledToZero',
      'Scaled to zero: no pod is meant to run.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('StatefulSet', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
