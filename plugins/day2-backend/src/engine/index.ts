export type {
  ClusterFacts,
  ClusterRegistry,
  EngineRules,
  EngineSource,
} from './collector/types';
export { createEngine } from './createEngine';
export type { Engine, EngineOptions, EngineProblem } from './Engine';
export { ClusterUnreachableError } from './gateway/ClusterUnreachableError';
export { createDirectGateway } from './gateway/direct/createDirectGateway';
export { createProxyGateway } from './gateway/proxy/createProxyGateway';
export { clusterRoleOf } from './roles/clusterRoleOf';
export { createSystemClock } from './time/createSystemClock';
