import { isRecord } from '../../cluster/json';

// patchMergeKey of the types in k8s.io/api, by the name of the field: no two of them disagree but `ports`.
const MERGE_KEYS: Record<string, string> = {
  addresses: 'type',
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  secrets: 'name',
  taints: 'key',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

const SETS = new Set(['finalizers', 'podCIDRs']);

/** The member that tells the elements of a list apart; undefined for a list that is replaced as a whole. */
export function mergeKeyOf(
  field: string,
  elements: readonly unknown[],
): string | undefined {
  if (field !== 'ports') {
    return Object.hasOwn(MERGE_KEYS, field) ? MERGE_KEYS[field] : undefined;
  }
  const ofContainer = elements.some(
    element => isRecord(element) && 'containerPort' in element,
  );
  return ofContainer ? 'containerPort' : 'port';
}

/** Whether a list of plain values is merged as a set. */
export function isSet(field: string): boolean {
  return SETS.has(field);
}
