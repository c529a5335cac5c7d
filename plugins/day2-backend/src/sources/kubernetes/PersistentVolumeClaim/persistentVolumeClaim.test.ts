import { createLookup } from '@day2ops/backstage-plugin-day2-node';
import { judgeNamed } from '../__testUtils__/judgeNamed';
import { persistentVolumeClaimKind } from './persistentVolumeClaim';

describe('PersistentVolumeClaim', () => {
  it.each([
    ['critical_lost', 'VolumeLost', 'The volume that it was bound to is gone.'],
    [
      'degraded_unboundPodWaits',
      'Unbound',
      'Is not bound: no volume was made for 20Gi of storage class `fast-ssd`. 1 pod waits for it.',
    ],
    [
      'degraded_unboundPodsUnreadable',
      'Unbound',
      'Is not bound: no volume was made for 20Gi of storage class `fast-ssd`.',
    ],
    ['healthy_bound', 'Bound', 'Is bound to a volume of 20Gi.'],
    [
      'progressing_justMade',
      'Binding',
      'Waits for 20Gi of storage class `fast-ssd`.',
    ],
    [
      'progressing_noConsumer',
      'WaitingForConsumer',
      'No pod mounts it yet; it waits for 20Gi of storage class `fast-ssd`.',
    ],
    [
      'progressing_resizing',
      'Resizing',
      'Is being resized to 40Gi and has 20Gi yet.',
    ],
    [
      'warning_unboundNobodyMounts',
      'Unbound',
      'Is not bound: no volume was made for 20Gi of storage class `fast-ssd`, and no pod mounts it.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('PersistentVolumeClaim', name);
    expect(judgement).toMatchObject({ reason, message });
  });

  it('belongs through the workload that mounts it', () => {
    const { record: claim } = judgeNamed(
      'PersistentVolumeClaim',
      'healthy_bound',
    );
    const { record: workload } = judgeNamed('StatefulSet', 'healthy_allReady');
    const { record: stranger } = judgeNamed('Deployment', 'healthy_allReady');
    const users = persistentVolumeClaimKind.belongsThrough?.(
      claim as never,
      createLookup([workload, stranger]),
    );
    expect(users).toEqual([workload]);
  });
});
