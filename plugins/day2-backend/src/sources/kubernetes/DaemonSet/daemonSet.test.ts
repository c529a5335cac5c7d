import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('DaemonSet', () => {
  it.each([
    [
      'critical_allCrash',
      'CrashLoopBackOff',
      'Container `collector` ends again and again: exit code 1, 5 restarts. None of 2 pods is ready.',
    ],
    [
      'critical_podsNotSeen',
      'NotAvailable',
      'None of 2 pods is ready. The pods themselves are not seen.',
    ],
    [
      'degraded_nodeSilent',
      'NodeLost',
      'Node `node-2` has not reported on its pods. 1 of 2 pods is ready.',
    ],
    [
      'degraded_oneNodeCrashes',
      'CrashLoopBackOff',
      'Container `collector` ends again and again: exit code 1, 5 restarts. 2 of 3 pods are ready.',
    ],
    ['healthy_onEachNode', 'Available', '3 of 3 pods are ready.'],
    [
      'progressing_rollingOut',
      'RollingOut',
      'Rolls out: the new version runs in 1 of 3 pods. 3 of 3 pods are ready.',
    ],
    [
      'suspended_noMatchingNodes',
      'NoMatchingNodes',
      'No node matches: no pod is meant to run.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('DaemonSet', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
