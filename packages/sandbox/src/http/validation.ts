import { equalJson, isRecord } from '../cluster/json';
import type { StatusCause } from '../cluster/statusError';
import { invalid } from '../cluster/statusError';
import type { KubernetesObject, ResourceType } from '../cluster/types';
import { selectorOf } from './labelSelector';

const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

const WITH_SELECTOR = new Set([
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
]);
const WITH_TEMPLATE = new Set([...WITH_SELECTOR, 'batch/Job']);

function required(field: string, why = ''): StatusCause {
  return {
    reason: 'FieldValueRequired',
    message: `Required value${why && `: ${why}`}`,
    field,
  };
}

function wrong(field: string, value: unknown, why: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
    field,
  };
}

function checkName(object: KubernetesObject): StatusCause[] {
  const { name } = object.metadata;
  if (!name || (name.length <= 253 && SUBDOMAIN.test(name))) return [];
  // Names of RBAC objects and the like may hold more; none of them is served here.
  return [wrong('metadata.name', name, SUBDOMAIN_RULE)];
}

function checkPodSpec(spec: unknown, path: string): StatusCause[] {
  const containers: unknown = isRecord(spec) ? spec.containers : undefined;
  if (!Array.isArray(containers) || !containers.length) {
    return [required(`${path}.containers`)];
  }
  const seen = new Set<unknown>();
  return containers.flatMap((container, index) => {
    const at = `${path}.containers[${index}]`;
    const { name, image } = isRecord(container) ? container : {};
    const causes: StatusCause[] = [];
    if (!name) causes.push(required(`${at}.name`));
    if (!image) causes.push(required(`${at}.image`));
    if (seen.has(name)) {
      causes.push({
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: ${JSON.stringify(name)}`,
        field: `${at}.name`,
      });
    }
    seen.add(name);
    return causes;
  });
}

function checkSelector(
  object: KubernetesObject,
  existing: KubernetesObject | undefined,
): StatusCause[] {
  const selector = object.spec?.selector;
  const labels = object.spec?.template?.metadata?.labels;
  const causes: StatusCause[] = [];
  if (!isRecord(selector)) {
    causes.push(required('spec.selector'));
  } else if (!selectorOf(selector)(labels)) {
    causes.push(
      wrong(
        'spec.template.metadata.labels',
        labels ?? {},
        '`selector` does not match template `labels`',
      ),
    );
  }
  if (existing && !equalJson(selector, existing.spec?.selector)) {
    causes.push(wrong('spec.selector', selector, 'field is immutable'));
  }
  return causes;
}

function checkReplicas(object: KubernetesObject): StatusCause[] {
  const replicas: unknown = object.spec?.replicas;
  if (
    replicas === undefined ||
    (Number.isInteger(replicas) && Number(replicas) >= 0)
  ) {
    return [];
  }
  const why = 'must be greater than or equal to 0';
  return [wrong('spec.replicas', replicas, why)];
}

/** The part of validation that people run into. Throws 422 with every cause. */
export function validate(options: {
  object: KubernetesObject;
  existing?: KubernetesObject;
  type: ResourceType;
}): void {
  const { object, existing, type } = options;
  const kind = `${type.group}/${type.kind}`;
  const causes = existing ? [] : checkName(object);
  if (WITH_SELECTOR.has(kind)) {
    causes.push(...checkReplicas(object), ...checkSelector(object, existing));
  }
  if (WITH_TEMPLATE.has(kind)) {
    const spec: unknown = object.spec?.template?.spec;
    causes.push(...checkPodSpec(spec, 'spec.template.spec'));
  }
  if (kind === '/Pod') causes.push(...checkPodSpec(object.spec, 'spec'));
  if (!causes.length) return;
  throw invalid({
    group: type.group,
    kind: type.kind,
    name: object.metadata.name ?? '',
    causes,
  });
}
