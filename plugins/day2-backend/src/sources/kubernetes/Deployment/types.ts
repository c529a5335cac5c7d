import { WorkloadFields } from '../workloads/types';
import { WorkloadView } from '../workloads/viewWorkload';

export interface DeploymentFields extends WorkloadFields {
  paused: boolean;
  progressDeadlineSeconds: number;
  /** `spec.strategy.rollingUpdate`, as it stands there; both absent for `Recreate`. */
  maxSurge?: string | number;
  maxUnavailable?: string | number;
}

export type DeploymentView = WorkloadView<DeploymentFields>;
