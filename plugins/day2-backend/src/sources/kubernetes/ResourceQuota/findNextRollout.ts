import {
  ObjectRecord,
  parseQuantity,
  RecordLookup,
} from '@day2ops/backstage-plugin-day2-node';
import { DeploymentFields } from '../Deployment/types';
import { TemplateContainer } from '../workloads/pruneTemplate';
import { QuotaFields, QuotaUsage } from './types';

interface BlockedRollout {
  deployment: string;
  usage: QuotaUsage;
  /** What its first pod more needs. */
  needs: number;
}

/**
 * A Deployment of the namespace whose next rollout cannot start, the neediest first: it may take no pod away before a
 * new one is ready (`maxUnavailable` rounds down to 0), and one pod more does not fit.
 */
export function findNextRollout(
  { head, fields }: ObjectRecord<QuotaFields>,
  lookup: RecordLookup,
): BlockedRollout | undefined {
  let worst: BlockedRollout | undefined;
  const deployments = lookup.inNamespace<DeploymentFields>(
    'Deployment.apps',
    head.namespace,
  );
  for (const { head: owner, fields: deployment } of deployments) {
    if (deployment.desired > 0 && addsFirst(deployment)) {
      for (const usage of fields.usage) {
        const needs = needsOf(deployment.template.containers, usage.resource);
        const excess = needs / (usage.hard - usage.used || Number.MIN_VALUE);
        const most = worst
          ? worst.needs /
            (worst.usage.hard - worst.usage.used || Number.MIN_VALUE)
          : 1;
        if (needs > 0 && excess > most) {
          worst = { deployment: owner.name, usage, needs };
        }
      }
    }
  }
  return worst;
}

function addsFirst({ maxUnavailable, desired }: DeploymentFields): boolean {
  if (maxUnavailable === undefined) {
    // Strategy Recreate.
    return false;
  }
  const away =
    typeof maxUnavailable === 'number'
      ? maxUnavailable
      : Math.floor((parseInt(maxUnavailable, 10) / 100) * desired);
  return away === 0;
}

function needsOf(
  containers: readonly TemplateContainer[],
  resource: string,
): number {
  if (resource === 'pods' || resource === 'count/pods') {
    return 1;
  }
  const [, section, name] =
    /^(?:(requests|limits)\.)?(.+)$/.exec(resource) ?? [];
  let sum = 0;
  for (const container of containers) {
    const from = section === 'limits' ? container.limits : container.requests;
    const value = Object.hasOwn(from, name) ? from[name] : undefined;
    sum += parseQuantity(value) ?? 0;
  }
  return sum;
}
