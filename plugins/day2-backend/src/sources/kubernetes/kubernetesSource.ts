import { createSource } from '@day2ops/backstage-plugin-day2-node';
import { deploymentKind } from './Deployment/deployment';
import { podKind } from './Pod/pod';
import { replicaSetKind } from './ReplicaSet/replicaSet';

/** What Kubernetes itself runs. */
export const kubernetesSource = createSource({
  id: 'kubernetes',
  title: 'Kubernetes',
  kinds: [deploymentKind, replicaSetKind, podKind],
});
