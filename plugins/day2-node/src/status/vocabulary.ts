import { Health } from '@day2ops/backstage-plugin-day2-common';

/** What a condition or a word means, when nobody has written a rule for its kind. */
export type Meaning = Extract<
  Health,
  'healthy' | 'suspended' | 'progressing' | 'degraded'
>;

type Polarity =
  /** True is good, and enough to be called healthy. False is bad. */
  | 'good'
  /** True is good, False only means "not yet". */
  | 'completion'
  /** Necessary, not sufficient: False is bad, True says little. */
  | 'required'
  /** True is bad. */
  | 'bad'
  /** True means on its way. */
  | 'busy'
  /** True means switched off. */
  | 'off';

/**
 * Conditions whose meaning is the same wherever they are used, see
 * https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties
 */
const polarities: Readonly<Record<Polarity, readonly string[]>> = {
  good: [
    'Ready',
    'Available',
    'Succeeded',
    'Synced',
    'Healthy',
    'Established',
    'Programmed',
    'Reconciled',
    'Deployed',
    'Released',
    'Connected',
    'Online',
  ],
  completion: ['Complete', 'Completed', 'SuccessCriteriaMet', 'Finished'],
  required: [
    'Accepted',
    'ResolvedRefs',
    'Valid',
    'NamesAccepted',
    'ContainersReady',
    'ContinuousArchiving',
    'AbleToScale',
    'ScalingActive',
  ],
  bad: [
    'Degraded',
    'Failed',
    'Failure',
    'Failing',
    'Stalled',
    'Error',
    'Errored',
    'Unhealthy',
    'Unavailable',
    'NotReady',
    'Blocked',
    'Invalid',
    'Broken',
    'OutOfSync',
    'NetworkUnavailable',
    'NonStructuralSchema',
    'FailureTarget',
  ],
  busy: [
    'Progressing',
    'Reconciling',
    'Updating',
    'Upgrading',
    'Creating',
    'Deleting',
    'Terminating',
    'Pending',
    'Issuing',
    'Initializing',
    'Provisioning',
    'Scaling',
    'Resizing',
    'Restarting',
    'RollingOut',
    'Waiting',
    'Running',
  ],
  off: ['Suspended', 'Paused', 'Hibernated', 'Disabled'],
};

const polarityOfType: ReadonlyMap<string, Polarity> = new Map(
  Object.entries(polarities).flatMap(([polarity, types]) =>
    types.map(type => [type, polarity as Polarity] as const),
  ),
);

/** Names that end so say something bad whoever made them up: `DiskPressure`, `ReconcileError`, `SyncFailed`. */
const BAD_ENDING =
  /(Pressure|Errors?|Failed|Failure|Degraded|Stalled|Exceeded)$/;

export function polarityOf(type: string): Polarity | undefined {
  return (
    polarityOfType.get(type) ?? (BAD_ENDING.test(type) ? 'bad' : undefined)
  );
}

const words: Readonly<Record<Meaning, readonly string[]>> = {
  healthy: [
    'active',
    'alive',
    'available',
    'bound',
    'clusterinhealthystate',
    'complete',
    'completed',
    'connected',
    'deployed',
    'done',
    'enabled',
    'established',
    'finished',
    'green',
    'healthy',
    'insync',
    'ok',
    'online',
    'operational',
    'passed',
    'provisioned',
    'ready',
    'reconciled',
    'running',
    'succeeded',
    'success',
    'successful',
    'synced',
    'up',
  ],
  suspended: [
    'canceled',
    'cancelled',
    'disabled',
    'hibernated',
    'hibernating',
    'inactive',
    'paused',
    'scaledtozero',
    'skipped',
    'sleeping',
    'stopped',
    'suspended',
  ],
  progressing: [
    'accepted',
    'applying',
    'applyingconfiguration',
    'bootstrapping',
    'building',
    'configuring',
    'creating',
    'deleting',
    'deploying',
    'failingover',
    'finalizing',
    'inprogress',
    'initializing',
    'inqueue',
    'installing',
    'migrating',
    'new',
    'pending',
    'processing',
    'progressing',
    'provisioning',
    'queued',
    'reconciling',
    'recovering',
    'restarting',
    'restoring',
    'rollingout',
    'scaling',
    'scheduled',
    'scheduling',
    'starting',
    'stopping',
    'switchoverinprogress',
    'syncing',
    'terminating',
    'updating',
    'upgrading',
    'waiting',
  ],
  degraded: [
    'aborted',
    'bad',
    'blocked',
    'broken',
    'crashed',
    'crashloopbackoff',
    'critical',
    'dead',
    'degraded',
    'denied',
    'disconnected',
    'down',
    'error',
    'errored',
    'evicted',
    'expired',
    'failed',
    'failedvalidation',
    'failing',
    'failure',
    'faulted',
    'imagepullbackoff',
    'invalid',
    'lost',
    'notready',
    'offline',
    'outofsync',
    'partiallyfailed',
    'red',
    'rejected',
    'stalled',
    'timedout',
    'timeout',
    'unavailable',
    'unhealthy',
    'unreachable',
    'unrecoverable',
    'yellow',
  ],
};

const meaningOfWord: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(words).flatMap(([meaning, all]) =>
    all.map(word => [word, meaning as Meaning] as const),
  ),
);

/** Of these, one that runs has not yet done what it is there for. */
const RUN_LIKE =
  /(Run|Job|Task|Workflow|Backup|Restore|Build|Migration|Execution|Operation|Upload|Download|Test)$/;

/**
 * What a word of a phase, state or health field means: `undefined` when nobody can tell.
 */
export function meaningOf(word: string, kind: string): Meaning | undefined {
  const plain = word.toLowerCase().replace(/[\s_.-]+/g, '');
  if (/^(running|active)$/.test(plain) && RUN_LIKE.test(kind)) {
    return 'progressing';
  }
  return (
    meaningOfWord.get(plain) ??
    (/(failed|failure|error)$/.test(plain) ? 'degraded' : undefined)
  );
}

/** Reasons of a `Ready` that is False because something is under way, not because something went wrong. */
const BUSY_REASON =
  /^(Progressing|Pending|InProgress|DependencyNotReady|NotReadyYet|\w*(?:Creating|Waiting|Initializing|Initialising|Provisioning|Reconciling|Updating|Upgrading|Starting|Scheduling|Installing|Deploying|Syncing|Scaling|Issuing|InProgress|Pending))\w*$/;

export function isBusyReason(reason: string | undefined): boolean {
  return (
    reason !== undefined &&
    !/(Fail|Error|Timeout|Exceeded)/i.test(reason) &&
    BUSY_REASON.test(reason)
  );
}
