import { judgeNamed } from '../__testUtils__/judgeNamed';
import { deploymentKind } from './deployment';

describe('Deployment', () => {
  it.each([
    [
      'critical_betweenTwoCrashes',
      'CrashLoopBackOff',
      'Container `api` ends again and again: exit code 1, 6 restarts. Its only pod does not stay ready.',
    ],
    [
      'critical_configMissing',
      'CreateContainerError',
      'Container `api` cannot be created: secret "api-database" not found. Its only pod is not ready.',
    ],
    [
      'critical_crashLoop',
      'CrashLoopBackOff',
      'Container `api` ends again and again: exit code 1, 12 restarts. None of 2 pods is ready.',
    ],
    [
      'critical_endsWellAgainAndAgain',
      'CrashLoopBackOff',
      'Container `api` ends again and again: exit code 0, 6 restarts. Its only pod does not stay ready.',
    ],
    [
      'critical_notAvailableStatusOnly',
      'NotAvailable',
      'Too few pods are available: 0 of 2.',
    ],
    [
      'critical_sidecarCrashes',
      'CrashLoopBackOff',
      'Sidecar `proxy` ends again and again: exit code 139 (segmentation fault), 9 restarts. Its only pod is not ready.',
    ],
    [
      'critical_unschedulable',
      'Unschedulable',
      'A pod fits on none of 6 nodes (needs 8Gi memory): too little memory on 4, taints on 2. Its only pod is not ready.',
    ],
    [
      'degraded_hungRollout',
      'ProgressDeadlineExceeded',
      'Rollout hangs: the new version runs in 1 of 3 pods after 600 s. 3 of 3 pods are ready.',
    ],
    [
      'degraded_imagePullOfNewVersion',
      'ImagePullBackOff',
      'Image `api:1.5.O` of container `api` cannot be pulled: the registry does not have it. The old version still serves: 3 of 3 pods are ready.',
    ],
    [
      'degraded_initContainerCrashes',
      'CrashLoopBackOff',
      'Init container `migrate` ends again and again: exit code 1, 4 restarts. 2 of 3 pods are ready.',
    ],
    [
      'degraded_outOfMemory',
      'OOMKilled',
      'Container `api` runs out of memory: OOM-killed at its limit of 256Mi, 7 restarts. 1 of 3 pods is ready.',
    ],
    [
      'degraded_podsNotSeen',
      'NotAvailable',
      '3 of 4 pods are ready. The pods themselves are not seen.',
    ],
    [
      'degraded_quotaExceeded',
      'QuotaExceeded',
      'Pods cannot be created: quota `compute` is used up. 3 of 3 pods are ready.',
    ],
    [
      'degraded_readinessFailing',
      'ReadinessFailing',
      'Container `api` runs, but its readiness probe fails. 2 of 3 pods are ready.',
    ],
    ['healthy_allReady', 'Available', '3 of 3 pods are ready.'],
    ['healthy_crashLoopOver', 'Available', '1 of 1 pod is ready.'],
    ['healthy_evictedPodReplaced', 'Available', '3 of 3 pods are ready.'],
    ['healthy_statusOnly', 'Available', '2 of 2 pods are ready.'],
    [
      'progressing_generationNotObserved',
      'GenerationNotObserved',
      'The last change has not been taken up: generation 5, its controller has seen 4.',
    ],
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
      'suspended_paused',
      'Paused',
      'Its rollout is paused. 3 of 3 pods are ready.',
    ],
    [
      'suspended_scaledToZero',
      'ScaledToZero',
      'Scaled to zero: no pod is meant to run.',
    ],
    [
      'unknown_noStatus',
      'Unclear',
      'Its controller has not reported on it yet.',
    ],
    [
      'warning_restartedOnce',
      'Restarted',
      'Container `api` was started again after an OOM kill at 2026-11-21 03:02 UTC. 1 of 1 pod is ready.',
    ],
    [
      'warning_stuckInDeletion',
      'StuckTerminating',
      'Deletion hangs since 2026-11-21 01:00 UTC: finalizers `foregroundDeletion`, `example.com/protect` hold it.',
    ],
    [
      'warning_stuckTerminatingPod',
      'StuckTerminating',
      'A pod does not go away. Deletion hangs since 2026-11-21 02:00 UTC: its node has not confirmed it. 3 of 3 pods are ready.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('Deployment', name);
    expect(judgement).toMatchObject({ reason, message });
  });

  it('says what runs, what changed, and what the pods need', () => {
    const { judgement } = judgeNamed('Deployment', 'degraded_outOfMemory');
    expect(judgement.params).toEqual({
      container: 'api',
      restarts: 7,
      exitCode: 137,
      limit: '256Mi',
      pods: 2,
      ready: 1,
      desired: 3,
    });
    expect(judgement.since).toBe(Date.parse('2026-11-21T02:49:10Z'));
    expect(judgement.evidence?.resources).toEqual([
      {
        container: 'api',
        image: 'registry.example/shop/api:1.4.2',
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { memory: '256Mi' },
      },
    ]);
    expect(judgement.evidence?.pods).toMatchObject({
      total: 3,
      ready: 1,
      desired: 3,
      counts: { healthy: 1, degraded: 2 },
    });
    const [worst] = judgement.evidence?.pods?.worst ?? [];
    expect(worst).toMatchObject({ health: 'degraded', node: 'node-1' });
    expect(worst.containers).toEqual([
      {
        name: 'api',
        role: 'container',
        health: 'degraded',
        state: 'waiting',
        reason: 'CrashLoopBackOff',
        message: expect.stringContaining('back-off 5m0s'),
        ready: false,
        restarts: 7,
        lastExit: {
          reason: 'OOMKilled',
          code: 137,
          startedAt: '2026-11-21T03:04:02.000Z',
          finishedAt: '2026-11-21T03:04:41.000Z',
        },
      },
    ]);
  });

  it('names the revision that runs and the last change of an image', () => {
    const { judgement } = judgeNamed('Deployment', 'progressing_rollingOut');
    expect(judgement.revision).toEqual({
      id: '84b9f7c6d5',
      label: 'api:1.5.0',
    });
    expect(judgement.evidence?.change).toEqual({
      at: '2026-11-21T03:06:20.000Z',
      container: 'api',
      from: 'registry.example/shop/api:1.4.2',
      to: 'registry.example/shop/api:1.5.0',
    });
  });

  it('believes the end of a crash loop once a run has lasted three times the one before, at least a minute', () => {
    const name = 'critical_betweenTwoCrashes';
    const { judgement } = judgeNamed('Deployment', name);
    expect(judgement.dueAt).toBe(Date.parse('2026-11-21T03:14:31Z'));
    const now = '2026-11-21T03:14:31Z';
    expect(judgeNamed('Deployment', name, { now }).judgement.health).toBe(
      'healthy',
    );
  });

  it('takes a pod that never starts for broken once its time is over', () => {
    const name = 'progressing_starting';
    const { judgement } = judgeNamed('Deployment', name);
    expect(judgement.dueAt).toBe(Date.parse('2026-11-21T03:09:00Z'));
    const later = judgeNamed('Deployment', name, {
      now: '2026-11-21T03:12:00Z',
    });
    expect(later.judgement).toMatchObject({
      health: 'critical',
      reason: 'ContainerCreating',
    });
  });

  it('keeps nothing of environment, arguments and applied configuration', () => {
    const record = deploymentKind.prune({
      metadata: {
        name: 'api',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': 'S3CRET',
        },
      },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'api',
                image: 'api:1',
                args: ['--password=S3CRET'],
                env: [{ name: 'PASSWORD', value: 'S3CRET' }],
              },
            ],
          },
        },
      },
      status: {
        conditions: [
          {
            type: 'Available',
            status: 'False',
            message: 'postgres://u:S3CRET@db/x',
          },
        ],
      },
    });
    expect(JSON.stringify(record)).not.toContain('S3CRET');
  });
});
