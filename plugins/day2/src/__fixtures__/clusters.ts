import {
  Cluster,
  ClusterKind,
  ClusterList,
} from '@day2ops/backstage-plugin-day2-common';
import { createItem } from './items';
import { Ago, momentsBefore } from './moments';

function createKind(ago: Ago, part: Partial<ClusterKind>): ClusterKind {
  return {
    source: 'kubernetes',
    group: 'apps/v1',
    kind: 'Deployment',
    state: 'synced',
    since: ago('6 d'),
    lastContactAt: ago('4 s'),
    objects: 63,
    quarantined: 0,
    message: null,
    ...part,
  };
}

export function createCluster(ago: Ago, part: Partial<Cluster>): Cluster {
  return {
    name: 'production',
    title: null,
    environment: part.name ?? 'production',
    uid: '4f0e6f2a',
    version: 'v1.33.4',
    state: 'connected',
    health: 'healthy',
    reason: 'AsExpected',
    params: {},
    message: 'Every kind that is wanted is read.',
    since: ago('6 d'),
    lastContactAt: ago('1 s'),
    nextAttemptAt: null,
    services: 12,
    items: 214,
    unowned: 41,
    kinds: [
      createKind(ago, {}),
      createKind(ago, {
        group: 'v1',
        kind: 'Pod',
        objects: 412,
        lastContactAt: ago('1 s'),
      }),
      createKind(ago, {
        group: 'batch/v1',
        kind: 'CronJob',
        objects: 17,
        lastContactAt: ago('12 s'),
      }),
    ],
    nodes: ['1', '2', '4', '5'].map(number =>
      createItem(ago, {
        kind: 'Node',
        apiVersion: 'v1',
        namespace: null,
        name: `prod-node-${number}`,
        message: 'Ready.',
      }),
    ),
    warnings: [],
    missingRules: null,
    ...part,
  };
}

export function createClusters(now: number): ClusterList {
  const ago = momentsBefore(now);
  const production = createCluster(ago, {});
  return {
    problem: null,
    items: [
      createCluster(ago, {
        ...production,
        health: 'warning',
        reason: 'MissingRules',
        message: 'One kind may not be read.',
        kinds: [
          ...production.kinds,
          createKind(ago, {
            source: 'app-config',
            group: 'orchestrator.example/v1',
            kind: 'TaskRun',
            state: 'forbidden',
            objects: 0,
            lastContactAt: null,
            since: ago('5 h'),
            message: 'taskruns.orchestrator.example is forbidden (403)',
          }),
          createKind(ago, {
            source: 'volcano',
            group: 'scheduling.volcano.sh',
            kind: 'PodGroup',
            state: 'unsupported',
            objects: 0,
            lastContactAt: null,
            message: 'Serves v1alpha2; v1beta1 is needed.',
          }),
          createKind(ago, {
            source: 'flux',
            group: 'kustomize.toolkit.fluxcd.io',
            kind: 'Kustomization',
            state: 'absent',
            objects: 0,
            lastContactAt: null,
          }),
        ],
        nodes: [
          ...production.nodes,
          createItem(ago, {
            kind: 'Node',
            apiVersion: 'v1',
            namespace: null,
            name: 'prod-node-3',
            health: 'warning',
            reason: 'MemoryPressure',
            message:
              'Runs short of memory: it takes no new pods and may evict some.',
            since: ago('31 min'),
          }),
          createItem(ago, {
            kind: 'Node',
            apiVersion: 'v1',
            namespace: null,
            name: 'prod-node-6',
            health: 'suspended',
            reason: 'Cordoned',
            message: 'Is cordoned: it takes no new pods.',
            since: ago('2 d'),
          }),
        ],
        missingRules:
          '- apiGroups: [orchestrator.example]\n  resources: [taskruns]\n  verbs: [get, list, watch]\n',
        warnings: [
          {
            reason: 'CanListSecrets',
            message: 'The token may list secrets, which Day 2 never needs.',
          },
        ],
      }),
      createCluster(ago, {
        name: 'staging',
        state: 'silent',
        health: 'unknown',
        reason: 'Stale',
        message: 'connection timed out',
        lastContactAt: ago('18 min'),
        since: ago('18 min'),
        nextAttemptAt: new Date(now + 22_000).toISOString(),
        services: 9,
        items: 187,
        kinds: production.kinds.map(kind => ({
          ...kind,
          lastContactAt: ago('18 min'),
        })),
        nodes: [],
      }),
      createCluster(ago, {
        name: 'analytics',
        state: 'clientAuth',
        health: 'unknown',
        reason: 'Forbidden',
        message: 'Its authentication is `oidc`.',
        uid: null,
        version: null,
        lastContactAt: null,
        since: null,
        services: 0,
        items: 0,
        unowned: 0,
        kinds: [],
        nodes: [],
      }),
    ],
  };
}
