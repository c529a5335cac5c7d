export type {
  Clock,
  KubernetesObject,
  ObjectKey,
  ObjectMeta,
  ObjectStore,
  OwnerReference,
  ResourceType,
  StoreEvent,
} from './cluster/types';
export { createManualClock } from './cluster/manualClock';
export type { ManualClock } from './cluster/manualClock';
export { createSystemClock } from './cluster/systemClock';
export type { SystemClock } from './cluster/systemClock';
export { builtInResources } from './cluster/builtInResources';
export { createObjectStore } from './cluster/objectStore';
export type { ObjectStoreOptions } from './cluster/objectStore';
export type { ClusterStore, DeleteOptions } from './cluster/clusterStore';
export { createRandom } from './cluster/random';
export type { Random } from './cluster/random';
export { StatusError } from './cluster/statusError';
