import type { KubernetesObject } from '../cluster/types';

interface Requirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values?: string[];
}

/** `LabelSelector` of meta/v1. */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: Requirement[];
}

/** Whether a value meets one requirement of a label or node selector. */
export function meets(
  value: string | undefined,
  { operator, values = [] }: { operator: string; values?: string[] },
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** An absent selector selects nothing, an empty one everything. */
export function matchesLabels(
  selector: LabelSelector | undefined,
  object: KubernetesObject,
): boolean {
  if (!selector) return false;
  const labels = object.metadata.labels ?? {};
  return (
    Object.entries(selector.matchLabels ?? {}).every(
      ([key, value]) => labels[key] === value,
    ) &&
    (selector.matchExpressions ?? []).every(requirement =>
      meets(labels[requirement.key], requirement),
    )
  );
}
