import type { Column } from './cells';
import {
  AGE,
  humanDuration,
  list,
  NAME,
  since,
  templateColumns,
} from './cells';
import type { Opaque } from '../../cluster/types';

const integer = (name: string, value: (object: Opaque) => unknown): Column => ({
  name,
  type: 'integer',
  cell: object => value(object) ?? 0,
});

const readyOf: Column = {
  name: 'Ready',
  cell: object =>
    `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`,
};

export const deploymentColumns: Column[] = [
  NAME,
  readyOf,
  integer('Up-to-date', object => object.status?.updatedReplicas),
  integer('Available', object => object.status?.availableReplicas),
  AGE,
  ...templateColumns(),
];

export const replicaSetColumns: Column[] = [
  NAME,
  integer('Desired', object => object.spec?.replicas),
  integer('Current', object => object.status?.replicas),
  integer('Ready', object => object.status?.readyReplicas),
  AGE,
  ...templateColumns(),
];

export const statefulSetColumns: Column[] = [
  NAME,
  readyOf,
  AGE,
  ...templateColumns(false),
];

export const daemonSetColumns: Column[] = [
  NAME,
  integer('Desired', object => object.status?.desiredNumberScheduled),
  integer('Current', object => object.status?.currentNumberScheduled),
  integer('Ready', object => object.status?.numberReady),
  integer('Up-to-date', object => object.status?.updatedNumberScheduled),
  integer('Available', object => object.status?.numberAvailable),
  {
    name: 'Node Selector',
    cell: object =>
      Object.entries(object.spec?.template?.spec?.nodeSelector ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(',') || '<none>',
  },
  AGE,
  ...templateColumns(),
];

function jobStatus(job: Opaque): string {
  const holds = (wanted: string) =>
    list(job.status?.conditions).some(
      ({ type, status }) => type === wanted && status === 'True',
    );
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp) return 'Terminating';
  if (holds('Suspended')) return 'Suspended';
  if (holds('FailureTarget')) return 'FailureTarget';
  return holds('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function jobDuration(job: Opaque, now: number): string {
  const { startTime, completionTime } = job.status ?? {};
  if (!startTime) return '';
  const end = completionTime ? Date.parse(completionTime) : now;
  return humanDuration(end - Date.parse(startTime));
}

export const jobColumns: Column[] = [
  NAME,
  { name: 'Status', cell: jobStatus },
  {
    name: 'Completions',
    cell: job =>
      `${job.status?.succeeded ?? 0}/${
        job.spec?.completions ?? `1 of ${job.spec?.parallelism ?? 1}`
      }`,
  },
  { name: 'Duration', cell: jobDuration },
  AGE,
  ...templateColumns(),
];

export const cronJobColumns: Column[] = [
  NAME,
  { name: 'Schedule', cell: object => object.spec?.schedule },
  { name: 'Timezone', cell: object => object.spec?.timeZone ?? '<none>' },
  {
    name: 'Suspend',
    type: 'boolean',
    cell: object => object.spec?.suspend ?? false,
  },
  integer('Active', object => list(object.status?.active).length),
  {
    name: 'Last Schedule',
    cell: (object, now) =>
      object.status?.lastScheduleTime
        ? since(object.status.lastScheduleTime, now)
        : '<none>',
  },
  AGE,
  ...templateColumns(),
];

function metricText(spec: Opaque, status: Opaque): string {
  const source = spec.resource ?? spec.containerResource ?? spec.pods;
  const target = (source ?? spec.object ?? spec.external)?.target ?? {};
  const current =
    (
      status?.resource ??
      status?.containerResource ??
      status?.pods ??
      status?.object ??
      status?.external
    )?.current ?? {};
  const prefix = (spec.resource ?? spec.containerResource)?.name;
  const text =
    target.averageUtilization === undefined
      ? `${current.averageValue ?? current.value ?? '<unknown>'}/${
          target.averageValue ?? target.value ?? '<auto>'
        }`
      : `${
          current.averageUtilization === undefined
            ? '<unknown>'
            : `${current.averageUtilization}%`
        }/${target.averageUtilization}%`;
  return prefix ? `${prefix}: ${text}` : text;
}

export const horizontalPodAutoscalerColumns: Column[] = [
  NAME,
  {
    name: 'Reference',
    cell: ({ spec }) =>
      `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`,
  },
  {
    name: 'Targets',
    cell: ({ spec, status }) =>
      list(spec?.metrics)
        .map((metric, index) =>
          metricText(metric, list(status?.currentMetrics)[index]),
        )
        .join(', ') || '<none>',
  },
  {
    name: 'MinPods',
    cell: ({ spec }) => String(spec?.minReplicas ?? '<unset>'),
  },
  { name: 'MaxPods', cell: ({ spec }) => String(spec?.maxReplicas ?? '') },
  {
    name: 'Replicas',
    cell: ({ status }) => String(status?.currentReplicas ?? 0),
  },
  AGE,
];

export const podDisruptionBudgetColumns: Column[] = [
  NAME,
  {
    name: 'Min Available',
    cell: ({ spec }) => String(spec?.minAvailable ?? 'N/A'),
  },
  {
    name: 'Max Unavailable',
    cell: ({ spec }) => String(spec?.maxUnavailable ?? 'N/A'),
  },
  integer('Allowed Disruptions', ({ status }) => status?.disruptionsAllowed),
  AGE,
];
