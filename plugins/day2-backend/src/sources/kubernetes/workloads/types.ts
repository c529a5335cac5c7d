import { Condition } from '@day2ops/backstage-plugin-day2-node';
import { TemplateFields } from './pruneTemplate';

/** What Deployments, StatefulSets and DaemonSets keep in common. */
export interface WorkloadFields {
  observedGeneration?: number;
  conditions?: readonly Condition[];
  malformed?: readonly string[];
  /** Whether the controller has written a status at all. */
  hasStatus: boolean;
  desired: number;
  ready: number;
  available: number;
  updated: number;
  /** Pods that exist. */
  current: number;
  minReadySeconds: number;
  template: TemplateFields;
  /** What its pods are called by, for who selects pods. */
  claimPrefixes?: readonly string[];
}
