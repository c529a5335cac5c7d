import {
  Health,
  healths,
  ServiceList,
  ServiceSummary,
  sortRank,
} from '@day2ops/backstage-plugin-day2-common';
import { Query } from '../api/types';
import { Ago, momentsBefore } from './moments';

type Row = [
  name: string,
  system: string,
  type: string,
  health: Health,
  reason: string,
  since: string,
  owner: string,
  message: string,
  part?: Partial<ServiceSummary>,
];

const onStaging: Partial<ServiceSummary> = { silentClusters: ['staging'] };

const rows: Row[] = [
  [
    'keycloak',
    'gsv-platform',
    'service',
    'critical',
    'NoReadyPod',
    '3 h 12 min',
    'gsv-sre',
    'No pod of `keycloak` is ready. Sign-in at `sso.gsv.example` fails for everybody.',
  ],
  [
    'skillforge-postgres',
    'skillforge',
    'database',
    'critical',
    'Unschedulable',
    '48 min',
    'skillforge',
    'No ready instance: pod `skillforge-postgres-1` fits on none of 6 nodes (needs 8Gi, largest gap 3.1Gi).',
    onStaging,
  ],
  [
    'gsv-api',
    'gsv-platform',
    'service',
    'degraded',
    'OOMKilled',
    '36 min',
    'gsv-sre',
    'Container `api` was OOM-killed 7 times: it needs more than its limit of 256Mi. 1 of 3 pods is ready.',
    onStaging,
  ],
  [
    'platform-go-worker',
    'platform-go',
    'worker',
    'degraded',
    'MissedRuns',
    '2 d 1 h',
    'platform-core',
    'Missed 3 runs: due daily at 02:00, last ran on 18 Nov. Its last Job is still active.',
    { item: { kind: 'CronJob', name: 'report-rollup' } },
  ],
  [
    'skillforge-media-transcoder-for-mobile-clients',
    'skillforge',
    'service',
    'warning',
    'ImagePullFailed',
    '52 min',
    'skillforge',
    'Rollout waits: image `media-transcoder:2.8.0` does not exist. The 2 pods of the old version still serve.',
  ],
  [
    'gsv-worker',
    'gsv-platform',
    'service',
    'warning',
    'AtMaximum',
    '2 h 4 min',
    'gsv-sre',
    'At its ceiling: HPA runs 6 of at most 6 replicas and wants more (CPU 94 %, target 70 %).',
  ],
  [
    'lifecycle-controller',
    'gitops-lifecycle',
    'service',
    'unknown',
    'Stale',
    '18 min',
    'gitops-core',
    'Cluster `staging` does not answer.',
    {
      silentClusters: ['staging'],
      lastKnown: {
        health: 'warning',
        reason: 'AtMaximum',
        params: {},
        message: 'At its ceiling.',
        since: null,
      },
      sinceSource: 'observed',
    },
  ],
  [
    'orchestrator-taskruns',
    'orchestrator',
    'service',
    'unknown',
    'Forbidden',
    '5 h',
    'orchestration',
    'May not read `taskruns.orchestrator.example` in production: one ClusterRole rule is missing.',
  ],
  [
    'gsv-portal',
    'gsv-platform',
    'website',
    'unknown',
    'Stale',
    '18 min',
    'gsv-sre',
    'Cluster `staging` does not answer.',
    onStaging,
  ],
  [
    'workspace-store',
    'orchestrator',
    'service',
    'progressing',
    'RollingOut',
    '2 min',
    'orchestration',
    'Rolls out: 2 of 4 pods are updated.',
    { sinceSource: 'observedLate' },
  ],
  [
    'cmp-importer',
    'gsv-platform',
    'worker',
    'suspended',
    'ScaledToZero',
    '12 d',
    'gsv-sre',
    'Scaled to 0 on purpose.',
  ],
  [
    'platform-go-api',
    'platform-go',
    'service',
    'healthy',
    'AsExpected',
    '9 d',
    'platform-core',
    '3 of 3 pods are ready.',
  ],
  [
    'skillforge-api',
    'skillforge',
    'service',
    'healthy',
    'AsExpected',
    '11 d',
    'skillforge',
    '2 of 2 pods are ready.',
  ],
];

function toSummary(ago: Ago, row: Row): ServiceSummary {
  const [name, system, type, health, reason, since, owner, message, part] = row;
  const kind = type === 'database' ? 'resource' : 'component';
  const verdict = { health, reason, since: ago(since) };
  return {
    ...verdict,
    entityRef: `${kind}:default/${name}`,
    params: {},
    message,
    title: null,
    type,
    system: `system:default/${system}`,
    owners: [`group:default/${owner}`],
    area: 'workloads',
    environment: 'production',
    cluster: 'production',
    item: { kind: 'Deployment', name },
    sinceSource: 'object',
    observedAt: ago('4 s'),
    areas: [{ area: 'workloads', ...verdict, lastKnown: part?.lastKnown }],
    environments: ['production', 'staging'],
    clusters: ['production', 'staging'],
    silentClusters: [],
    ...part,
  };
}

export function createServices(now: number): ServiceSummary[] {
  const ago = momentsBefore(now);
  return rows.map(row => toSummary(ago, row));
}

/** A list as the backend answers it, for health, text, system, owner and limit. */
export function listServices(
  services: readonly ServiceSummary[],
  query: Query,
): ServiceList {
  const has = (name: string, values: readonly (string | null)[]) => {
    const wanted = [query[name] ?? []].flat().map(String);
    return (
      wanted.length === 0 || values.some(value => wanted.includes(value ?? ''))
    );
  };
  const text = String(query.text ?? '');
  const left = services.filter(
    service =>
      has('system', [service.system]) &&
      has('owner', service.owners) &&
      has('environment', service.environments) &&
      has('cluster', service.clusters) &&
      has(
        'area',
        service.areas.map(each => each.area),
      ) &&
      `${service.entityRef} ${service.message}`.includes(text),
  );
  const chosen = left
    .filter(service => has('health', [service.health]))
    .sort(
      (a, b) =>
        sortRank(b.health, b.lastKnown?.health) -
        sortRank(a.health, a.lastKnown?.health),
    );
  const counts = Object.fromEntries(
    healths.map(health => [
      health,
      left.filter(service => service.health === health).length,
    ]),
  ) as ServiceList['counts'];
  const from = Number(query.cursor ?? 0);
  const limit = Number(query.limit ?? 15);
  return {
    items: chosen.slice(from, from + limit),
    totalItems: chosen.length,
    counts,
    facets: facetsOf(services),
    nextCursor: from + limit < chosen.length ? `${from + limit}` : undefined,
    previousCursor: from > 0 ? `${Math.max(0, from - limit)}` : undefined,
  };
}

function facetsOf(
  services: readonly ServiceSummary[],
): NonNullable<ServiceList['facets']> {
  const facet = (valuesOf: (service: ServiceSummary) => readonly string[]) => {
    const counts = new Map<string, number>();
    for (const value of services.flatMap(valuesOf)) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].map(([value, count]) => ({ value, count }));
  };
  return {
    system: facet(service => (service.system ? [service.system] : [])),
    environment: facet(service => service.environments),
    cluster: facet(service => service.clusters),
    area: facet(service => service.areas.map(each => each.area)),
    owner: facet(service => service.owners),
  };
}
