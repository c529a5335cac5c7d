export { builtInSources } from './builtInSources';
export { createConfiguredSource } from './configured/createConfiguredSource';
export { judgeCluster } from './kubernetes';
