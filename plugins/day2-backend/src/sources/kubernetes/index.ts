export { kubernetesSource } from './kubernetesSource';
export { judgeCluster } from './cluster/judgeCluster';
