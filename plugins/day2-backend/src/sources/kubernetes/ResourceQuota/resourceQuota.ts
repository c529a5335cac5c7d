import {
  at,
  degraded,
  formatQuantity,
  healthy,
  JudgeContext,
  Judgement,
  KindDefinition,
  ObjectRecord,
  parseQuantity,
  pruneStatus,
  texts,
  UntrustedObject,
  warning,
} from '@day2ops/backstage-plugin-day2-node';
import { findNextRollout } from './findNextRollout';
import { QuotaFields, QuotaUsage } from './types';

const WARN_RATIO = 0.9;

/** What a pod takes from a quota; everything else counts objects. */
const POD_RESOURCE =
  /^(pods|cpu|memory|ephemeral-storage|(?:requests|limits)\..+)$/;

/**
 * What the next rollout would hit: https://kubernetes.io/docs/concepts/policy/resource-quotas/. A quota never stops what
 * runs.
 */
export const resourceQuotaKind: KindDefinition<QuotaFields> = {
  group: '',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['Deployment.apps'],
};

function prune(object: UntrustedObject): QuotaFields {
  const { malformed = [] } = pruneStatus(object);
  const hard = texts(at(object, 'status', 'hard'));
  const used = texts(at(object, 'status', 'used'));
  const wrong = [...malformed];
  const usage: QuotaUsage[] = [];
  for (const [resource, limit] of Object.entries(hard)) {
    const hardValue = parseQuantity(limit);
    const usedText = Object.hasOwn(used, resource) ? used[resource] : '0';
    const usedValue = parseQuantity(usedText);
    if (hardValue === undefined || usedValue === undefined) {
      wrong.push(`status.hard.${resource}`);
    } else {
      usage.push({ resource, hard: hardValue, used: usedValue });
    }
  }
  return {
    usage,
    ...(wrong.length > 0 && { malformed: wrong }),
  };
}

function judge(
  record: ObjectRecord<QuotaFields>,
  context: JudgeContext,
): Judgement | undefined {
  const { usage } = record.fields;
  if (usage.length === 0) {
    return undefined;
  }
  const sorted = [...usage].sort((a, b) => ratioOf(b) - ratioOf(a));
  return {
    ...(judgeFull(sorted) ??
      judgeNextRollout(record, context) ??
      judgeNearlyFull(sorted) ??
      judgeRoomy(sorted)),
    evidence: {
      usage: sorted.map(entry => ({
        resource: entry.resource,
        used: formatQuantity(entry.used, entry.resource),
        hard: formatQuantity(entry.hard, entry.resource),
        ratio: Math.round(ratioOf(entry) * 1_000) / 1_000,
      })),
    },
  };
}

function judgeFull(sorted: readonly QuotaUsage[]): Judgement | undefined {
  const full = sorted.find(
    entry => POD_RESOURCE.test(entry.resource) && ratioOf(entry) >= 1,
  );
  return full
    ? degraded('QuotaExceeded', {
        message: `Used up: ${describe(
          full,
        )}. The next pod is refused; what runs is not affected.`,
        params: paramsOf(full),
      })
    : undefined;
}

function judgeNextRollout(
  record: ObjectRecord<QuotaFields>,
  context: JudgeContext,
): Judgement | undefined {
  const blocked = findNextRollout(record, context.lookup);
  if (!blocked) {
    return undefined;
  }
  const { deployment, usage, needs } = blocked;
  const { resource } = usage;
  const left = formatQuantity(usage.hard - usage.used, resource);
  return warning('NextRolloutBlocked', {
    message: `The next rollout of \`${deployment}\` does not fit: it needs ${formatQuantity(
      needs,
      resource,
    )} ${resource} more, ${left} are left.`,
    params: {
      ...paramsOf(usage),
      deployment,
      needs: formatQuantity(needs, resource),
      left,
    },
  });
}

function judgeNearlyFull(sorted: readonly QuotaUsage[]): Judgement | undefined {
  // One load balancer of one allowed is as planned.
  const full = sorted.find(entry =>
    POD_RESOURCE.test(entry.resource)
      ? ratioOf(entry) >= WARN_RATIO
      : ratioOf(entry) >= WARN_RATIO && entry.hard >= 10,
  );
  return full
    ? warning('QuotaNearlyUsedUp', {
        message: `Nearly used up: ${describe(full)}.`,
        params: paramsOf(full),
      })
    : undefined;
}

function judgeRoomy([fullest]: readonly QuotaUsage[]): Judgement {
  return healthy('WithinQuota', {
    message: `Has room: most used is ${describe(fullest)}.`,
    params: paramsOf(fullest),
  });
}

/** Nothing allowed and nothing used is how some resources are forbidden. */
function ratioOf({ used, hard }: QuotaUsage): number {
  if (hard === 0) {
    return used > 0 ? 1 : 0;
  }
  return used / hard;
}

function describe(entry: QuotaUsage): string {
  const { used, hard, resource } = paramsOf(entry);
  return `${used} of ${hard} ${resource} (${Math.round(
    ratioOf(entry) * 100,
  )} %)`;
}

function paramsOf({ resource, used, hard }: QuotaUsage) {
  return {
    resource,
    used: formatQuantity(used, resource),
    hard: formatQuantity(hard, resource),
  };
}
