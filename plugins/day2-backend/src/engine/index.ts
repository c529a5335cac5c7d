export { createEngine } from './createEngine';
export type { Engine, EngineProblem } from './Engine';
export { createDirectGateway } from './gateway/direct/createDirectGateway';
export { createProxyGateway } from './gateway/proxy/createProxyGateway';
export { clusterRoleOf } from './roles/clusterRoleOf';
export { createSystemClock } from './time/createSystemClock';
