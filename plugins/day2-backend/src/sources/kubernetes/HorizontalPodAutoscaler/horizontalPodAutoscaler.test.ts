import { judgeNamed } from '../__testUtils__/judgeNamed';

describe('HorizontalPodAutoscaler', () => {
  it.each([
    [
      'degraded_noMetrics',
      'MetricsUnavailable',
      'Scales nothing, since its metrics are missing: the server could not find the requested resource (get pods.metrics.k8s.io).',
    ],
    [
      'degraded_targetMissing',
      'CannotScale',
      'Cannot scale Deployment `api`: deployments/scale.apps "api" not found.',
    ],
    ['healthy_withinRange', 'WithinRange', 'Runs 3 replicas, between 2 and 6.'],
    [
      'progressing_scaling',
      'Scaling',
      'Scales from 3 to 5 replicas, at most 6.',
    ],
    [
      'suspended_targetAtZero',
      'ScalingDisabled',
      'Does not scale while Deployment `api` is scaled to zero.',
    ],
    [
      'warning_atMaximum',
      'AtMaximum',
      'At its ceiling: runs 6 of at most 6 replicas and wants more (CPU 94 %, target 70 %).',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('HorizontalPodAutoscaler', name);
    expect(judgement).toMatchObject({ reason, message });
  });
});
