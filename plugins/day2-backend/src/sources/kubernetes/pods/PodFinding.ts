import { Health, Params } from '@day2ops/backstage-plugin-day2-common';
import { ObjectRecord } from '@day2ops/backstage-plugin-day2-node';
import { ContainerFields, PodFields } from '../Pod/types';

/** What is wrong with a container, or why it is not ready yet. */
export interface ContainerFinding {
  container: ContainerFields;
  health: Extract<Health, 'progressing' | 'warning' | 'degraded'>;
  reason: string;
  message: string;
  params: Params;
  /** Runs now and has crashed again and again just before. */
  looping?: boolean;
  dueAt?: number;
}

/** What one pod contributes to the verdict of its workload. */
export interface PodFinding {
  record: ObjectRecord<PodFields>;
  health: Health;
  reason: string;
  message: string;
  params: Params;
  /** Serves now and has not crashed again and again just before. */
  steady: boolean;
  looping: boolean;
  /** Counts for the workload: neither leaving nor over. */
  live: boolean;
  since?: number;
  dueAt?: number;
  containers: readonly ContainerFinding[];
}
