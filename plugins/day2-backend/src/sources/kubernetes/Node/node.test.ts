import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('Node', () => {
  it.each([
    [
      'degraded_notReady',
      'NodeNotReady',
      'Is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady…',
    ],
    [
      'degraded_silent',
      'NodeSilent',
      'Its kubelet has not reported since 2026-11-21 02:59 UTC. Its pods move away if they can.',
    ],
    ['healthy_ready', 'Ready', 'Is ready.'],
    ['suspended_cordoned', 'Cordoned', 'Is cordoned: it takes no new pods.'],
    [
      'warning_memoryPressure',
      'MemoryPressure',
      'Runs short of memory: it takes no new pods and may evict some.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('Node', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
