import { Item } from '@day2ops/backstage-plugin-day2-common';
import { Ago } from './moments';

export function createItem(ago: Ago, part: Partial<Item>): Item {
  const kind = part.kind ?? 'Deployment';
  const name = part.name ?? 'gsv-api';
  const environment = part.environment ?? 'production';
  return {
    id: `${environment}-${kind}-${name}`.toLocaleLowerCase('en-US'),
    area: 'workloads',
    health: 'healthy',
    reason: 'AsExpected',
    params: {},
    message: '3 of 3 pods are ready.',
    environment,
    cluster: environment,
    source: 'kubernetes',
    apiVersion: 'apps/v1',
    kind,
    namespace: 'gsv-prod',
    name,
    since: ago('6 d'),
    sinceSource: 'object',
    observedAt: ago('4 s'),
    proof: 'object',
    evidence: {},
    links: [],
    ...part,
  };
}

const image = 'registry.gsv.example/gsv/gsv-api';

export function oomKilled(ago: Ago): Item {
  const exit = (finished: string, started: string) => ({
    reason: 'OOMKilled',
    code: 137,
    startedAt: ago(started),
    finishedAt: ago(finished),
  });
  return createItem(ago, {
    health: 'degraded',
    reason: 'OOMKilled',
    params: {
      container: 'api',
      times: 7,
      limit: '256Mi',
      ready: 1,
      desired: 3,
    },
    message:
      'Container `api` was OOM-killed 7 times: it needs more than its limit of 256Mi. 1 of 3 pods is ready.',
    since: ago('36 min'),
    links: [
      {
        title: 'GSV API golden signals',
        url: 'https://grafana.gsv.example/d/gsv-api',
        type: 'dashboard',
      },
    ],
    evidence: {
      pods: {
        total: 3,
        ready: 1,
        desired: 3,
        counts: { degraded: 2, healthy: 1 },
        worst: [
          {
            name: 'gsv-api-7d9f8b6c54-2xkqp',
            node: 'prod-node-3',
            health: 'degraded',
            reason: 'CrashLoopBackOff',
            message: 'Container `api` restarts again and again.',
            containers: [
              {
                name: 'api',
                role: 'container',
                health: 'degraded',
                state: 'waiting',
                reason: 'CrashLoopBackOff',
                message: 'back-off 2m40s restarting failed container',
                ready: false,
                restarts: 3,
                lastExit: exit('2 min', '4 min 5 s'),
              },
              {
                name: 'otel-collector',
                role: 'sidecar',
                health: 'healthy',
                state: 'running',
                ready: true,
                startedAt: ago('39 min'),
                restarts: 0,
              },
            ],
          },
          {
            name: 'gsv-api-7d9f8b6c54-m8w4d',
            node: 'prod-node-5',
            health: 'degraded',
            reason: 'NotReady',
            message: 'Container `api` is not ready.',
            containers: [
              {
                name: 'api',
                role: 'container',
                health: 'degraded',
                state: 'running',
                ready: false,
                startedAt: ago('41 s'),
                restarts: 2,
                lastExit: exit('1 min', '4 min 12 s'),
              },
            ],
          },
          {
            name: 'gsv-api-7d9f8b6c54-tt9zn',
            node: 'prod-node-1',
            health: 'healthy',
            reason: 'Ready',
            message: 'Ready.',
            containers: [
              {
                name: 'api',
                role: 'container',
                health: 'healthy',
                state: 'running',
                ready: true,
                startedAt: ago('6 min'),
                restarts: 2,
                lastExit: exit('6 min', '14 min 40 s'),
              },
            ],
          },
        ],
      },
      resources: [
        {
          container: 'api',
          image: `${image}:1.42.0`,
          requests: { cpu: '250m', memory: '128Mi' },
          limits: { memory: '256Mi' },
        },
      ],
      change: {
        at: ago('39 min'),
        container: 'api',
        from: `${image}:1.41.3`,
        to: `${image}:1.42.0`,
      },
    },
  });
}

/** What runs of gsv-api, as the entity page shows it. */
export function workloadItems(ago: Ago): Item[] {
  return [
    oomKilled(ago),
    createItem(ago, {
      kind: 'PodDisruptionBudget',
      apiVersion: 'policy/v1',
      health: 'warning',
      reason: 'DisruptionsBlocked',
      params: { healthy: 1, desired: 2 },
      message: 'Blocks node drains: 1 pod is ready, 2 must stay.',
      since: ago('36 min'),
      evidence: {
        conditions: [
          {
            type: 'DisruptionAllowed',
            status: 'False',
            reason: 'InsufficientPods',
            lastTransitionTime: ago('36 min'),
          },
        ],
      },
    }),
    createItem(ago, {
      environment: 'staging',
      namespace: 'gsv-dev',
      health: 'unknown',
      reason: 'Stale',
      params: { cluster: 'staging' },
      message: 'Cluster `staging` does not answer.',
      since: ago('18 min'),
      sinceSource: 'observed',
      observedAt: ago('18 min'),
      lastKnown: {
        health: 'healthy',
        reason: 'AsExpected',
        params: {},
        message: '1 of 1 pod is ready.',
        since: ago('6 d'),
      },
    }),
    createItem(ago, {
      kind: 'HorizontalPodAutoscaler',
      apiVersion: 'autoscaling/v2',
      message: 'Runs 3 replicas, free to go from 2 to 6.',
      evidence: {
        scale: {
          current: 3,
          desired: 3,
          min: 2,
          max: 6,
          metrics: [{ name: 'cpu', current: '41 %', target: '70 %' }],
        },
      },
    }),
    createItem(ago, {
      kind: 'CronJob',
      apiVersion: 'batch/v1',
      name: 'gsv-api-token-cleanup',
      proof: 'claim',
      message: 'Ran at 03:00 in 14 s, next at 04:00.',
      evidence: {
        schedule: {
          cron: '0 * * * *',
          timeZone: 'Etc/UTC',
          lastDueAt: ago('7 min'),
          lastRunAt: ago('7 min'),
          nextDueAt: ago('0 s'),
        },
        runs: [
          {
            name: 'gsv-api-token-cleanup-1',
            health: 'healthy',
            reason: 'Completed',
            startedAt: ago('7 min'),
            finishedAt: ago('6 min'),
          },
          {
            name: 'gsv-api-token-cleanup-0',
            health: 'degraded',
            reason: 'Failed',
            startedAt: ago('1 h 7 min'),
            finishedAt: ago('1 h 6 min'),
          },
        ],
      },
    }),
  ];
}

const otherAreas: Partial<Item>[] = [
  {
    area: 'alerts',
    kind: 'Alert',
    name: 'GsvApiHighErrorRate',
    health: 'degraded',
    reason: 'Firing',
    message:
      '`GsvApiHighErrorRate` is firing: 6.2 % of requests fail, limit 1 %.',
  },
  {
    area: 'certificates',
    kind: 'Certificate',
    name: 'gsv-api-tls',
    health: 'warning',
    reason: 'RenewalStuck',
    message:
      'Renewal of `gsv-api-tls` is stuck: the DNS provider refuses the challenge record (403). The certificate still holds for 8 days.',
  },
  {
    area: 'delivery',
    kind: 'Application',
    name: 'gsv-api-dev',
    health: 'unknown',
    reason: 'Stale',
    message:
      'Cannot tell whether dev runs what Git says: Argo CD last compared it 19 min ago, due every 3 min.',
  },
  {
    area: 'backups',
    kind: 'BackupPlan',
    name: 'gsv-nightly',
    message:
      'Volume `gsv-uploads` was backed up; the plan asks for every 24 h.',
  },
];

/** One item in each of the areas that other sources bring: pages need nothing but data for them. */
export function otherItems(ago: Ago): Item[] {
  return otherAreas.map(part => createItem(ago, part));
}
