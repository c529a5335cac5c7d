/**
 * One step that helps, by reason code, with the verdict's params as places. `[text](clusters)` links to the page of
 * clusters. A reason without a step that surely helps is not here.
 */
export const nextMessages = {
  AtMaximum: 'Raise the maximum of {{max}} replicas',
  BlocksDrains: 'Run one replica more, or let the budget spare one',
  Cordoned: 'Uncordon the node when the work on it is done',
  Forbidden: 'Give Day 2 the right that is missing: [see the rule](clusters)',
  ImagePullBackOff:
    'Push the image, correct its name, or give the namespace a pull secret for the registry',
  InvalidSchedule: 'Correct the schedule of the CronJob',
  KindsForbidden:
    'Give Day 2 the rights that are missing: [see the rules](clusters)',
  MetricsUnavailable:
    'See that metrics-server answers, and give the pods requests to measure against',
  NeverSynced: 'See how far [the cluster](clusters) has been read',
  NextRolloutBlocked: 'Raise the quota before the next rollout',
  NodePressure: 'Free memory or disk on the node, or drain it',
  NothingFound:
    'Compare the annotations of the entity with the labels of the objects',
  OOMKilled:
    'Raise the memory limit of container `{{container}}`, or roll back what made it grow',
  ProgressDeadlineExceeded: 'Roll back to the version before',
  QuotaExceeded: 'Raise the quota, or lower what the namespace asks for',
  QuotaNearlyUsedUp: 'Raise the quota, or lower what the namespace asks for',
  Stale: 'See why [the cluster](clusters) does not answer',
  StuckTerminating:
    'Remove the finalizer that holds the pod, or delete it by force when its node is gone',
  Unbound: 'Name a storage class that the cluster has, or provide a volume',
  UnknownDestination: 'Add the destination to `day2.clusters[].aliases`',
  Unschedulable: 'Make room: lower the requests of the pod, or add a node',
  UnsupportedVersion: 'Upgrade it, or switch the source off',
  VersionSkew: 'Upgrade the nodes that lag behind',
  VolumeLost: 'Restore the data from a backup into a new claim',
} as const;
