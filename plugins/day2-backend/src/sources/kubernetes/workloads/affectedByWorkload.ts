import {
  ObjectRecord,
  ObjectSelector,
} from '@day2ops/backstage-plugin-day2-node';
import { WorkloadFields } from './types';

/**
 * What looks at a workload besides its owners: claims that it mounts belong through it, as do autoscalers and budgets of
 * its namespace, and quotas ask whether its next rollout fits.
 */
export function affectedByWorkload({
  head,
  fields,
}: ObjectRecord<WorkloadFields>): ObjectSelector[] {
  const { namespace } = head;
  if (head.owners.length > 0) {
    return [];
  }
  const inNamespace = [
    'HorizontalPodAutoscaler.autoscaling',
    'PodDisruptionBudget.policy',
    'ResourceQuota',
  ].map(kind => ({ kind, namespace }));
  const claims = fields.claimPrefixes
    ? [{ kind: 'PersistentVolumeClaim', namespace }]
    : fields.template.claims.map(name => ({
        kind: 'PersistentVolumeClaim',
        namespace,
        name,
      }));
  return [...inNamespace, ...claims];
}
