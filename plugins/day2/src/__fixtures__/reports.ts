import {
  areas,
  Item,
  ServiceReport,
  ServiceTimeline,
} from '@day2ops/backstage-plugin-day2-common';
import { worstFirst } from '../entity/reportAreas';
import { workloadItems } from './items';
import { Ago, momentsBefore } from './moments';

export const gsvApi = 'component:default/gsv-api';

/** A report of these items, as the backend makes it. */
export function createReport(
  now: number,
  items: readonly Item[] = workloadItems(momentsBefore(now)),
): ServiceReport {
  const ago = momentsBefore(now);
  const [worst] = [...items].sort(worstFirst);
  const parts = areas.flatMap(area =>
    [...new Set(items.map(item => item.environment))].map(environment => ({
      area,
      environment,
      items: items.filter(
        item => item.area === area && item.environment === environment,
      ),
    })),
  );
  return {
    entityRef: gsvApi,
    health: worst?.health ?? 'unknown',
    reason: worst?.reason ?? 'NothingFound',
    params: worst?.params ?? {},
    message:
      worst?.message ??
      'The annotations of `gsv-api` name namespace `gsv-prtl`, and nothing there matches.',
    since: worst?.since ?? null,
    lastKnown: worst?.lastKnown,
    areas: parts
      .filter(part => part.items.length > 0)
      .map(part => {
        const [first] = [...part.items].sort(worstFirst);
        const { health, reason, since, lastKnown } = first;
        return { ...part, health, reason, since, lastKnown };
      }),
    unknown: [],
    freshness: freshness(ago, items),
  };
}

function freshness(
  ago: Ago,
  items: readonly Item[],
): ServiceReport['freshness'] {
  const clusters = [...new Set(items.map(item => item.cluster))];
  return clusters.map(cluster => {
    const silent = cluster === 'staging';
    return {
      cluster,
      environment: cluster,
      state: silent ? 'silent' : 'connected',
      since: ago(silent ? '18 min' : '6 d'),
      lastContactAt: ago(silent ? '18 min' : '4 s'),
      message: silent ? 'connection timed out' : null,
    };
  });
}

export function createTimeline(now: number): ServiceTimeline {
  const ago = momentsBefore(now);
  const span = (
    from: string,
    to: string,
    verdict: Pick<
      ServiceTimeline['lanes'][number]['spans'][number],
      'health' | 'reason' | 'message'
    >,
  ) => ({ from: ago(from), to: ago(to), ...verdict });
  const well = {
    health: 'healthy',
    reason: 'AsExpected',
    message: '3 of 3 pods are ready.',
  } as const;
  return {
    from: ago('7 d'),
    to: ago('0 s'),
    lanes: [
      {
        area: 'workloads',
        spans: [
          span('7 d', '3 d 17 h', well),
          span('3 d 17 h', '3 d 16 h', {
            health: 'progressing',
            reason: 'RollingOut',
            message: 'Rolls out: 2 of 3 pods are updated.',
          }),
          span('3 d 16 h', '3 d 4 h', well),
          span('3 d 4 h', '3 d 3 h', {
            health: 'unknown',
            reason: 'Stale',
            message: 'The collector was restarted.',
          }),
          span('3 d 3 h', '2 d 5 h', well),
          span('2 d 5 h', '2 d 4 h', {
            health: 'degraded',
            reason: 'NotReady',
            message: 'Readiness probe failed.',
          }),
          span('2 d 4 h', '39 min', well),
          span('39 min', '36 min', {
            health: 'progressing',
            reason: 'RollingOut',
            message: 'Rolls out: 1 of 3 pods is updated.',
          }),
          span('36 min', '0 s', {
            health: 'degraded',
            reason: 'OOMKilled',
            message: 'Container `api` was OOM-killed 7 times.',
          }),
        ],
      },
    ],
    deploys: [
      ['6 d 11 h', '1.41.1'],
      ['3 d 17 h', '1.41.2'],
      ['2 d 5 h', '1.41.3'],
      ['39 min', '1.42.0'],
    ].map(([at, version]) => ({
      at: ago(at),
      itemId: 'production-deployment-gsv-api',
      environment: 'production',
      cluster: 'production',
      name: 'gsv-api',
      from: null,
      to: `registry.gsv.example/gsv/gsv-api:${version}`,
    })),
    transitions: [
      {
        id: '2',
        at: ago('36 min'),
        itemId: 'production-deployment-gsv-api',
        area: 'workloads',
        environment: 'production',
        cluster: 'production',
        kind: 'Deployment',
        namespace: 'gsv-prod',
        name: 'gsv-api',
        from: 'progressing',
        to: 'degraded',
        reason: 'OOMKilled',
        message: 'Container `api` was OOM-killed 7 times.',
        observedLate: false,
        times: 1,
      },
      {
        id: '1',
        at: ago('2 d 5 h'),
        itemId: 'production-deployment-gsv-api',
        area: 'workloads',
        environment: 'production',
        cluster: 'production',
        kind: 'Deployment',
        namespace: 'gsv-prod',
        name: 'gsv-api',
        from: 'healthy',
        to: 'degraded',
        reason: 'NotReady',
        message: 'Readiness probe failed.',
        observedLate: true,
        times: 7,
      },
    ],
    truncated: false,
  };
}
