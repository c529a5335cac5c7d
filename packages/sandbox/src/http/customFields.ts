import { CRD_GROUP, CRD_KIND } from '../cluster/customResources';
import { isRecord } from '../cluster/json';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import type { KubernetesObject, ResourceType } from '../cluster/types';

function definitionOf(
  cluster: SandboxCluster,
  type: ResourceType,
): KubernetesObject | undefined {
  return cluster.store.peek({
    group: CRD_GROUP,
    kind: CRD_KIND,
    name: `${type.plural}.${type.group}`,
  });
}

/** Whether a CustomResourceDefinition serves this type. */
export function isCustom(cluster: SandboxCluster, type: ResourceType): boolean {
  return definitionOf(cluster, type) !== undefined;
}

/** The version of a custom resource as its definition has it. */
export function customVersionOf(
  cluster: SandboxCluster,
  type: ResourceType,
): Record<string, unknown> | undefined {
  const versions: unknown = definitionOf(cluster, type)?.spec?.versions;
  if (!Array.isArray(versions)) return undefined;
  return versions
    .filter(isRecord)
    .find(version => version.name === type.version);
}

/** `selectableFields` of a custom resource. */
export function customFieldsOf(
  cluster: SandboxCluster,
  type: ResourceType,
): string[] {
  const fields = customVersionOf(cluster, type)?.selectableFields;
  if (!Array.isArray(fields)) return [];
  return fields
    .filter(isRecord)
    .map(field => String(field.jsonPath).replace(/^\./, ''));
}
