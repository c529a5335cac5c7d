export { kubernetesSource } from './kubernetesSource';
export { judgeCluster } from './cluster/judgeCluster';
export type { ClusterFacts } from './cluster/judgeCluster';
