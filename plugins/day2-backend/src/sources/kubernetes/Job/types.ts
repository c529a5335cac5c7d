import { StatusFields } from '@day2ops/backstage-plugin-day2-node';

export interface JobFields extends StatusFields {
  active: number;
  succeeded: number;
  failed: number;
  completions: number;
  backoffLimit: number;
  startedAt?: number;
  completedAt?: number;
  suspendedBySpec: boolean;
  hasStatus: boolean;
  images: readonly string[];
  claims: readonly string[];
}
