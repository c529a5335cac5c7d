/**
 * Hands the cluster access of the Kubernetes plugin over to Day 2.
 *
 * @packageDocumentation
 */
export { kubernetesModuleDay2 as default } from './module';
