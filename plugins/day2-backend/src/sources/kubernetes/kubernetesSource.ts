import { createSource } from '@day2ops/backstage-plugin-day2-node';
import { cronJobKind } from './CronJob/cronJob';
import { daemonSetKind } from './DaemonSet/daemonSet';
import { deploymentKind } from './Deployment/deployment';
import { horizontalPodAutoscalerKind } from './HorizontalPodAutoscaler/horizontalPodAutoscaler';
import { jobKind } from './Job/job';
import { namespaceKind } from './Namespace/namespace';
import { nodeKind } from './Node/node';
import { persistentVolumeClaimKind } from './PersistentVolumeClaim/persistentVolumeClaim';
import { podKind } from './Pod/pod';
import { podDisruptionBudgetKind } from './PodDisruptionBudget/podDisruptionBudget';
import { replicaSetKind } from './ReplicaSet/replicaSet';
import { resourceQuotaKind } from './ResourceQuota/resourceQuota';
import { statefulSetKind } from './StatefulSet/statefulSet';

/** What Kubernetes itself runs. */
export const kubernetesSource = createSource({
  id: 'kubernetes',
  title: 'Kubernetes',
  kinds: [
    namespaceKind,
    nodeKind,
    deploymentKind,
    statefulSetKind,
    daemonSetKind,
    replicaSetKind,
    podKind,
    jobKind,
    cronJobKind,
    horizontalPodAutoscalerKind,
    podDisruptionBudgetKind,
    persistentVolumeClaimKind,
    resourceQuotaKind,
  ],
});
