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
export { allowEverything } from './cluster/access';
export type { AccessRule, ClusterUser } from './cluster/access';
export { createSandboxCluster } from './cluster/sandboxCluster';
export type {
  LogSource,
  SandboxCluster,
  SandboxClusterOptions,
} from './cluster/sandboxCluster';
export type { RequestCount, RequestLog } from './cluster/requestLog';
export { FAULT_KINDS } from './faults/faults';
export type { Fault, FaultKind, FaultSwitches } from './faults/faults';
export { startSandboxServer } from './server';
export type { SandboxServer, SandboxServerOptions } from './server';
export type { AdminAction, AdminOptions } from './adminServer';
export { createCertificates, createToken } from './certificates';
export type { Certificates } from './certificates';
export { startSandbox } from './sandbox';
export type { Sandbox, SandboxOptions } from './sandbox';
export { createCompany } from './company/company';
export type {
  Company,
  CompanyCluster,
  CompanyOptions,
} from './company/company';
export { companyEntities } from './company/entities';
export type { CompanyEntity } from './company/entities';
export { writeCatalog } from './company/writeCatalog';
export { createCredentials, ensureCredentials } from './company/credentials';
export type { Credentials, SandboxTokens } from './company/credentials';
export { companyUsers, READER_RULES } from './company/access';
export { TROUBLES } from './company/trouble';
export type {
  Hand,
  Trouble,
  WorkloadName,
  WorkloadState,
} from './company/trouble';
export type { ClusterName } from './company/types';
export type { Behaviour } from './actors/behaviours';
