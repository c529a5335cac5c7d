import type { KubernetesObject } from '../cluster/types';
import { createController, keyOf } from './controller';
import { COUNTED_KINDS, usageOf, usedOf } from './quotaUsage';
import type { Actor, ActorContext } from './types';
import { writeStatus } from './writeStatus';

const SOURCE = 'resourcequota-controller';

function reconcile(context: ActorContext, quota: KubernetesObject) {
  const { namespace = '', name } = quota.metadata;
  const hard: Record<string, string> = quota.spec?.hard ?? {};
  const usage = usageOf(context, namespace);
  const used = Object.fromEntries(
    Object.keys(hard).map(resource => [resource, usedOf(resource, usage)]),
  );
  writeStatus(
    context,
    { group: '', kind: 'ResourceQuota', namespace, name },
    () => ({ hard, used }),
  );
  return undefined;
}

/** Says how much of each quota is used. */
export function createQuotaActor(context: ActorContext): Actor {
  return createController(context, {
    name: SOURCE,
    kind: 'ResourceQuota',
    related: (object, kind) =>
      COUNTED_KINDS.has(kind)
        ? context.cache
            .list('ResourceQuota', object.metadata.namespace ?? '')
            .map(keyOf)
        : [],
    reconcile: quota => reconcile(context, quota),
  });
}
