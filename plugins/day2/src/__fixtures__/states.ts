import { ServiceReport } from '@day2ops/backstage-plugin-day2-common';
import { Day2RequestError } from '../api/Day2RequestError';
import { createItem, oomKilled, otherItems, workloadItems } from './items';
import { Ago, momentsBefore } from './moments';
import { createReport } from './reports';

const unknownItem = (ago: Ago, reason: string, message: string) =>
  createItem(ago, {
    environment: 'staging',
    namespace: 'gsv-dev',
    health: 'unknown',
    reason,
    params: { cluster: 'staging' },
    message,
    since: ago('18 min'),
    sinceSource: 'observed',
    observedAt: reason === 'NeverSynced' ? null : ago('18 min'),
  });

/** What the portal's backend answers in each state, by the state's name. */
export const reportStates: Readonly<
  Record<string, (now: number) => ServiceReport | Promise<ServiceReport>>
> = Object.freeze({
  data: (now: number) => createReport(now),
  'all-areas': (now: number) => {
    const ago = momentsBefore(now);
    return createReport(now, [...workloadItems(ago), ...otherItems(ago)]);
  },
  healthy: (now: number) => {
    const ago = momentsBefore(now);
    return createReport(now, [createItem(ago, {})]);
  },
  finding: (now: number) => createReport(now, [oomKilled(momentsBefore(now))]),
  loading: () => new Promise<ServiceReport>(() => {}),
  error: (now: number) => {
    throw new Day2RequestError('upstream connect error', {
      kind: 'failed',
      status: 503,
      statusText: 'Service Unavailable',
      requestId: '7f3a91',
      at: now,
    });
  },
  unreachable: (now: number) => {
    throw new Day2RequestError('Failed to fetch', {
      kind: 'unreachable',
      at: now,
    });
  },
  denied: (now: number) => {
    throw new Day2RequestError('Not found', {
      kind: 'missing',
      status: 404,
      at: now,
    });
  },
  stale: (now: number) =>
    createReport(now, [
      {
        ...unknownItem(
          momentsBefore(now),
          'Stale',
          'Cluster `staging` does not answer.',
        ),
        lastKnown: {
          health: 'degraded',
          reason: 'OOMKilled',
          params: {},
          message: 'Container `api` was OOM-killed 7 times.',
          since: momentsBefore(now)('36 min'),
        },
      },
    ]),
  'never-read': (now: number) =>
    createReport(now, [
      unknownItem(
        momentsBefore(now),
        'NeverSynced',
        'Cluster `staging` is being read for the first time.',
      ),
    ]),
  forbidden: (now: number) => ({
    ...createReport(now, [
      unknownItem(
        momentsBefore(now),
        'Forbidden',
        'Day 2 may not read Deployments in `staging`. One ClusterRole rule is missing.',
      ),
    ]),
    unknown: [
      {
        cluster: 'staging',
        source: 'kubernetes',
        kind: 'Deployment',
        why: 'Forbidden',
        message: 'May not read `deployments.apps` in `staging`.',
        since: momentsBefore(now)('5 h'),
      },
    ],
  }),
  'not-installed': (now: number) =>
    createReport(now, [
      unknownItem(
        momentsBefore(now),
        'NotInstalled',
        'Cluster `staging` does not know kind TaskRun.',
      ),
    ]),
  unsupported: (now: number) =>
    createReport(now, [
      unknownItem(
        momentsBefore(now),
        'UnsupportedVersion',
        'Serves v1alpha2; v1beta1 is needed.',
      ),
    ]),
  'source-error': (now: number) =>
    createReport(now, [
      unknownItem(
        momentsBefore(now),
        'SourceError',
        'The rule of Deployment failed on this object.',
      ),
    ]),
  'no-destination': (now: number) =>
    createReport(now, [
      unknownItem(
        momentsBefore(now),
        'UnknownDestination',
        'Application `gsv-api-dev` deploys to a cluster that Day 2 does not know (`staging-2`).',
      ),
    ]),
  'nothing-found': (now: number) => createReport(now, []),
});
