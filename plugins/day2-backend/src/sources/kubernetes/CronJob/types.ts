export interface CronJobFields {
  schedule: string;
  timeZone?: string;
  suspended: boolean;
  concurrencyPolicy: string;
  startingDeadlineSeconds?: number;
  lastScheduledAt?: number;
  lastSucceededAt?: number;
  /** Names of Jobs that run. */
  active: readonly string[];
  /** Whether it keeps failed Jobs, so that one that is not there has not failed. */
  keepsFailed: boolean;
  images: readonly string[];
  claims: readonly string[];
  malformed?: readonly string[];
}
