import type { ResourceType } from './types';

interface Row {
  kind: string;
  plural: string;
  short?: string[];
  categories?: string[];
  cluster?: boolean;
  sub?: string[];
}

function resources(
  group: string,
  version: string,
  rows: Row[],
): ResourceType[] {
  return rows.map(row => ({
    group,
    version,
    kind: row.kind,
    plural: row.plural,
    singular: row.kind.toLowerCase(),
    shortNames: row.short ?? [],
    categories: row.categories ?? [],
    namespaced: !row.cluster,
    subresources: row.sub ?? [],
  }));
}

const ALL = ['all'];
const EXTENSIONS = ['api-extensions'];

/** What every cluster serves before any CustomResourceDefinition, as Kubernetes 1.3x does (the part that Day 2 meets). */
export const builtInResources: readonly ResourceType[] = [
  ...resources('', 'v1', [
    { kind: 'ConfigMap', plural: 'configmaps', short: ['cm'] },
    { kind: 'Endpoints', plural: 'endpoints', short: ['ep'] },
    { kind: 'Event', plural: 'events', short: ['ev'] },
    { kind: 'LimitRange', plural: 'limitranges', short: ['limits'] },
    {
      kind: 'Namespace',
      plural: 'namespaces',
      short: ['ns'],
      cluster: true,
      sub: ['status'],
    },
    {
      kind: 'Node',
      plural: 'nodes',
      short: ['no'],
      cluster: true,
      sub: ['status'],
    },
    {
      kind: 'PersistentVolumeClaim',
      plural: 'persistentvolumeclaims',
      short: ['pvc'],
      sub: ['status'],
    },
    {
      kind: 'PersistentVolume',
      plural: 'persistentvolumes',
      short: ['pv'],
      cluster: true,
      sub: ['status'],
    },
    {
      kind: 'Pod',
      plural: 'pods',
      short: ['po'],
      categories: ALL,
      sub: ['eviction', 'log', 'status'],
    },
    {
      kind: 'ReplicationController',
      plural: 'replicationcontrollers',
      short: ['rc'],
      categories: ALL,
      sub: ['scale', 'status'],
    },
    {
      kind: 'ResourceQuota',
      plural: 'resourcequotas',
      short: ['quota'],
      sub: ['status'],
    },
    { kind: 'Secret', plural: 'secrets' },
    { kind: 'ServiceAccount', plural: 'serviceaccounts', short: ['sa'] },
    {
      kind: 'Service',
      plural: 'services',
      short: ['svc'],
      categories: ALL,
      sub: ['status'],
    },
  ]),
  ...resources('apps', 'v1', [
    { kind: 'ControllerRevision', plural: 'controllerrevisions' },
    {
      kind: 'DaemonSet',
      plural: 'daemonsets',
      short: ['ds'],
      categories: ALL,
      sub: ['status'],
    },
    {
      kind: 'Deployment',
      plural: 'deployments',
      short: ['deploy'],
      categories: ALL,
      sub: ['scale', 'status'],
    },
    {
      kind: 'ReplicaSet',
      plural: 'replicasets',
      short: ['rs'],
      categories: ALL,
      sub: ['scale', 'status'],
    },
    {
      kind: 'StatefulSet',
      plural: 'statefulsets',
      short: ['sts'],
      categories: ALL,
      sub: ['scale', 'status'],
    },
  ]),
  ...resources('autoscaling', 'v2', [
    {
      kind: 'HorizontalPodAutoscaler',
      plural: 'horizontalpodautoscalers',
      short: ['hpa'],
      categories: ALL,
      sub: ['status'],
    },
  ]),
  ...resources('batch', 'v1', [
    {
      kind: 'CronJob',
      plural: 'cronjobs',
      short: ['cj'],
      categories: ALL,
      sub: ['status'],
    },
    { kind: 'Job', plural: 'jobs', categories: ALL, sub: ['status'] },
  ]),
  ...resources('coordination.k8s.io', 'v1', [
    { kind: 'Lease', plural: 'leases' },
  ]),
  ...resources('discovery.k8s.io', 'v1', [
    { kind: 'EndpointSlice', plural: 'endpointslices' },
  ]),
  ...resources('networking.k8s.io', 'v1', [
    { kind: 'IngressClass', plural: 'ingressclasses', cluster: true },
    {
      kind: 'Ingress',
      plural: 'ingresses',
      short: ['ing'],
      sub: ['status'],
    },
    { kind: 'NetworkPolicy', plural: 'networkpolicies', short: ['netpol'] },
  ]),
  ...resources('policy', 'v1', [
    {
      kind: 'PodDisruptionBudget',
      plural: 'poddisruptionbudgets',
      short: ['pdb'],
      sub: ['status'],
    },
  ]),
  ...resources('storage.k8s.io', 'v1', [
    {
      kind: 'StorageClass',
      plural: 'storageclasses',
      short: ['sc'],
      cluster: true,
    },
  ]),
  ...resources('apiextensions.k8s.io', 'v1', [
    {
      kind: 'CustomResourceDefinition',
      plural: 'customresourcedefinitions',
      short: ['crd', 'crds'],
      categories: EXTENSIONS,
      cluster: true,
      sub: ['status'],
    },
  ]),
  ...resources('authorization.k8s.io', 'v1', [
    {
      kind: 'SelfSubjectAccessReview',
      plural: 'selfsubjectaccessreviews',
      cluster: true,
    },
    {
      kind: 'SelfSubjectRulesReview',
      plural: 'selfsubjectrulesreviews',
      cluster: true,
    },
  ]),
  ...resources('authentication.k8s.io', 'v1', [
    {
      kind: 'SelfSubjectReview',
      plural: 'selfsubjectreviews',
      cluster: true,
    },
  ]),
  // The same objects as events of the core group, in the newer shape.
  ...resources('events.k8s.io', 'v1', [
    { kind: 'Event', plural: 'events', short: ['ev'] },
  ]),
];
