import type { KubernetesObject } from '../cluster/types';
import type { Fields } from './fields';
import { isTerminal } from './pods';
import { cpuText, memoryText, podRequests, quantity } from './quantities';
import type { ActorContext } from './types';

/** Resource names of `count/…` and their kinds, as far as actors read them. */
const COUNTED: Readonly<Record<string, string>> = Object.freeze({
  pods: 'Pod',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  'count/pods': 'Pod',
  'count/persistentvolumeclaims': 'PersistentVolumeClaim',
  'count/jobs.batch': 'Job',
  'count/cronjobs.batch': 'CronJob',
  'count/deployments.apps': 'Deployment',
  'count/statefulsets.apps': 'StatefulSet',
});

/** Kinds whose number a quota may limit. */
export const COUNTED_KINDS = new Set(Object.values(COUNTED));

/** What stands in a namespace. */
export interface Usage {
  pods: KubernetesObject[];
  claims: KubernetesObject[];
  count(kind: string): number;
}

export function usageOf(context: ActorContext, namespace: string): Usage {
  const live = context.cache
    .list('Pod', namespace)
    .filter(pod => !isTerminal(pod));
  return {
    pods: live,
    claims: context.cache.list('PersistentVolumeClaim', namespace),
    count: kind =>
      kind === 'Pod' ? live.length : context.cache.list(kind, namespace).length,
  };
}

/** How much of one resource of a quota is used. */
export function usedOf(resource: string, usage: Usage): string {
  const kind = COUNTED[resource];
  if (kind) return String(usage.count(kind));
  const sum = (of: (pod: KubernetesObject) => number) =>
    usage.pods.reduce((total, pod) => total + of(pod), 0);
  switch (resource) {
    case 'cpu':
    case 'requests.cpu':
      return cpuText(sum(pod => podRequests(pod.spec ?? {}).cpu));
    case 'memory':
    case 'requests.memory':
      return memoryText(sum(pod => podRequests(pod.spec ?? {}).memory));
    case 'limits.cpu':
      return cpuText(sum(pod => podRequests(pod.spec ?? {}, 'limits').cpu));
    case 'limits.memory':
      return memoryText(
        sum(pod => podRequests(pod.spec ?? {}, 'limits').memory),
      );
    case 'requests.storage':
      return memoryText(
        usage.claims.reduce(
          (total, claim) =>
            total + quantity(claim.spec?.resources?.requests?.storage),
          0,
        ),
      );
    default:
      return '0';
  }
}

/** Limited resources that some container does not name: `limits.memory for: main; requests.cpu for: main`. */
function unspecified(spec: Fields, limited: readonly string[]): string {
  const missing: string[] = [];
  for (const resource of [...limited].sort()) {
    const [first, second] = resource.split('.');
    const field = second === undefined ? 'requests' : first;
    const name = second ?? first;
    if (!['requests', 'limits'].includes(field)) continue;
    if (!['cpu', 'memory'].includes(name)) continue;
    const containers: Fields[] = spec.containers ?? [];
    const silent = containers
      .filter(({ resources }) => resources?.[field]?.[name] === undefined)
      .map(container => container.name);
    if (silent.length) missing.push(`${resource} for: ${silent.join(',')}`);
  }
  return missing.join('; ');
}

/**
 * What the admission plug-in of the API server answers to a pod that would break a quota: the message of its 403, or
 * nothing when there is room.
 */
export function quotaRefusal(
  context: ActorContext,
  pod: { name: string; namespace: string; spec: Fields },
): string | undefined {
  const { namespace } = pod;
  const usage = usageOf(context, namespace);
  const candidate: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod.name },
    spec: pod.spec,
  };
  const after: Usage = {
    ...usage,
    pods: [...usage.pods, candidate],
    count: kind => usage.count(kind) + (kind === 'Pod' ? 1 : 0),
  };
  const alone: Usage = {
    pods: [candidate],
    claims: [],
    count: kind => (kind === 'Pod' ? 1 : 0),
  };
  for (const quota of context.cache.list('ResourceQuota', namespace)) {
    const hard = Object.entries<string>(quota.spec?.hard ?? {});
    const unsaid = unspecified(pod.spec, Object.keys(quota.spec?.hard ?? {}));
    if (unsaid) {
      return `pods "${pod.name}" is forbidden: failed quota: ${quota.metadata.name}: must specify ${unsaid}`;
    }
    const over = hard.filter(
      ([resource, limit]) =>
        quantity(usedOf(resource, alone)) > 0 &&
        quantity(usedOf(resource, after)) > quantity(limit) + 1e-9,
    );
    if (!over.length) continue;
    const list = (of: (resource: string, limit: string) => string) =>
      over
        .map(([resource, limit]) => `${resource}=${of(resource, limit)}`)
        .join(',');
    return `pods "${pod.name}" is forbidden: exceeded quota: ${
      quota.metadata.name
    }, requested: ${list(r => usedOf(r, alone))}, used: ${list(r =>
      usedOf(r, usage),
    )}, limited: ${list((_, limit) => limit)}`;
  }
  return undefined;
}
