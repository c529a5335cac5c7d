export { kubernetesSource } from './kubernetesSource';
