import { StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import { controllerReference } from './pods';
import { quotaRefusal } from './quotaUsage';
import type { ActorContext, PodTemplate } from './types';

/** What a new pod differs in from its template. */
export interface PodDetails {
  name: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  spec?: Record<string, unknown>;
}

/** The StatefulSet controller has its own words for it. */
function describeChange(
  change: 'create' | 'delete',
  owner: KubernetesObject,
  pod: string,
): string {
  if (owner.kind === 'StatefulSet') {
    return `${change} Pod ${pod} in StatefulSet ${owner.metadata.name} successful`;
  }
  return change === 'create' ? `Created pod: ${pod}` : `Deleted pod: ${pod}`;
}

/** Creates a pod of a template for its controller and says so in an event; a refusal is thrown as the store throws it. */
export function createPod(
  context: ActorContext,
  options: {
    owner: KubernetesObject;
    template: PodTemplate;
    source: string;
    pod: PodDetails;
  },
): KubernetesObject {
  const { owner, template, pod } = options;
  const spec = { ...template.spec, ...pod.spec };
  const { namespace = '' } = owner.metadata;
  const refusal = quotaRefusal(context, { name: pod.name, namespace, spec });
  if (refusal) {
    const details = { name: pod.name, kind: 'pods' };
    throw new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: refusal,
      details,
    });
  }
  const created = context.store.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      labels: { ...template.metadata?.labels, ...pod.labels },
      ...(template.metadata?.annotations || pod.annotations
        ? {
            annotations: {
              ...template.metadata?.annotations,
              ...pod.annotations,
            },
          }
        : {}),
      ownerReferences: [controllerReference(owner)],
    },
    spec,
  });
  context.events.record({
    object: owner,
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: describeChange('create', owner, pod.name),
    source: options.source,
  });
  return created;
}

/** Asks the kubelet to end a pod, with the grace that the pod names. */
export function deletePod(
  context: ActorContext,
  pod: KubernetesObject,
  owner?: { object: KubernetesObject; source: string },
): void {
  const { namespace, name } = pod.metadata;
  context.store.delete(
    { group: '', kind: 'Pod', namespace, name },
    {
      gracePeriodSeconds: pod.spec?.nodeName
        ? pod.spec.terminationGracePeriodSeconds ?? 30
        : 0,
    },
  );
  if (!owner) return;
  context.events.record({
    object: owner.object,
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: describeChange('delete', owner.object, name),
    source: owner.source,
  });
}
