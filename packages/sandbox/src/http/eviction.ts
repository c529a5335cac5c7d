import { keyOf } from '../cluster/keys';
import { isRecord } from '../cluster/json';
import { StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import { readObject } from './body';
import type { Answer, ResourceContext } from './context';
import { selectorOf } from './labelSelector';
import { existingObject } from './objects';
import { readDeleteOptions } from './writeOptions';

function budgetAgainst(
  context: ResourceContext,
  pod: KubernetesObject,
): KubernetesObject | undefined {
  return context.cluster.store
    .peekAll('policy', 'PodDisruptionBudget', pod.metadata.namespace)
    .find(
      budget =>
        isRecord(budget.spec?.selector) &&
        selectorOf(budget.spec.selector)(pod.metadata.labels) &&
        !(Number(budget.status?.disruptionsAllowed) > 0),
    );
}

/** `pods/eviction`: deletes a pod unless a disruption budget forbids it (429). */
export async function evict(context: ResourceContext): Promise<Answer> {
  const { request, query, cluster } = context;
  const body = await readObject(request);
  const pod = existingObject(context);
  const budget = budgetAgainst(context, pod);
  const ended =
    pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  if (budget && !ended) {
    const { name } = budget.metadata;
    const { currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
    throw new StatusError({
      code: 429,
      reason: 'TooManyRequests',
      message:
        "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
          },
        ],
      },
    });
  }
  const options = isRecord(body?.deleteOptions)
    ? body.deleteOptions
    : undefined;
  cluster.store.delete(keyOf(pod), readDeleteOptions(query, options));
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {} };
  return { code: 201, body: { ...status, status: 'Success', code: 201 } };
}
