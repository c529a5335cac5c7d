import { customFieldsOf } from './customFields';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import { isRecord } from '../cluster/json';
import { badRequest } from '../cluster/statusError';
import type { KubernetesObject, ResourceType } from '../cluster/types';

export type ObjectMatcher = (object: KubernetesObject) => boolean;

const EVENT_FIELDS = [
  ...['apiVersion', 'fieldPath', 'kind', 'name', 'namespace', 'uid'].map(
    field => `involvedObject.${field}`,
  ),
  'involvedObject.resourceVersion',
  'reason',
  'reportingComponent',
  'source',
  'type',
];

// What each kind can be selected by, beside name and namespace (k8s.io/kubernetes/pkg/apis/*/v1/conversion.go).
const FIELDS: Record<string, readonly string[]> = {
  '/Pod': [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  '/Event': EVENT_FIELDS,
  'events.k8s.io/Event': EVENT_FIELDS,
  '/Node': ['spec.unschedulable'],
  '/Namespace': ['status.phase'],
  '/Secret': ['type'],
  '/Service': ['spec.clusterIP', 'spec.type'],
  'batch/Job': ['status.successful'],
  'apps/ReplicaSet': ['status.replicas'],
  '/ReplicationController': ['status.replicas'],
};

// Fields that are selected by another name than the object has, or that are absent when they have their zero value.
function valueOf(object: KubernetesObject, field: string): string {
  if (field === 'source') return String(object.source?.component ?? '');
  if (field === 'status.successful') {
    return String(object.status?.succeeded ?? 0);
  }
  let value: unknown = object;
  for (const step of field.split('.')) {
    value = isRecord(value) ? value[step] : undefined;
  }
  if (value !== undefined) return String(value);
  if (field === 'spec.unschedulable' || field === 'spec.hostNetwork') {
    return 'false';
  }
  return field === 'status.replicas' ? '0' : '';
}

/** Parses `fieldSelector` of a list or a watch. Throws 400 for a field that the kind cannot be selected by. */
export function parseFieldSelector(options: {
  text: string;
  type: ResourceType;
  cluster: SandboxCluster;
}): ObjectMatcher {
  const { text, type, cluster } = options;
  const supported = new Set([
    'metadata.name',
    ...(type.namespaced ? ['metadata.namespace'] : []),
    ...(FIELDS[`${type.group}/${type.kind}`] ?? []),
    ...customFieldsOf(cluster, type),
  ]);
  const matchers = text
    .split(',')
    .filter(term => term !== '')
    .map(term => {
      const match = /^([^=!]+)(==|!=|=)(.*)$/.exec(term);
      if (!match) {
        throw badRequest(
          `invalid selector: '${term}'; can't understand '${term}'`,
        );
      }
      const [, named, operator, value] = match;
      const field = named.replace(/^regarding\./, 'involvedObject.');
      if (!supported.has(field)) {
        throw badRequest(`field label not supported: ${named}`);
      }
      const wanted = operator !== '!=';
      return (object: KubernetesObject) =>
        (valueOf(object, field) === value) === wanted;
    });
  return object => matchers.every(matches => matches(object));
}
