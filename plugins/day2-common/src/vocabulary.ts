/**
 * What a person asks about. Sources contribute items to areas; the order is the one that pages use.
 *
 * @public
 */
export const areas = [
  'workloads',
  'alerts',
  'certificates',
  'delivery',
  'backups',
] as const;

/** @public */
export type Area = (typeof areas)[number];

/**
 * Why an item belongs to an entity, strongest first: the object says so, app-config allows the claim, or only the
 * entity's own annotations say so.
 *
 * @public
 */
export const proofs = ['object', 'config', 'claim'] as const;

/** @public */
export type Proof = (typeof proofs)[number];

/**
 * Labels and annotations that Day 2 reads, on Kubernetes objects and on catalog entities.
 *
 * @public
 */
export const annotationNames = Object.freeze({
  /** On an object: the entity that it belongs to, as `component:default/name`. */
  entity: 'day2ops.io/entity',
  /** On an object or a namespace: overrides the environment of the cluster. */
  environment: 'day2ops.io/environment',
  /** On an object (label) and on an entity (annotation): the kubernetes plugin's own join. */
  kubernetesId: 'backstage.io/kubernetes-id',
  /** On an entity: a label selector, as the kubernetes plugin reads it. */
  kubernetesLabelSelector: 'backstage.io/kubernetes-label-selector',
  /** On an entity: the one namespace that its claims are limited to. */
  kubernetesNamespace: 'backstage.io/kubernetes-namespace',
  /** On an entity: the one cluster that its claims are limited to. */
  kubernetesCluster: 'backstage.io/kubernetes-cluster',
});

/**
 * What a collector knows of one kind in one cluster. Missing kind (`absent`), missing right (`forbidden`) and trouble
 * (`backoff`) are different states with different ways out.
 *
 * @public
 */
export const kindStates = [
  'init',
  'listing',
  'synced',
  'backoff',
  'forbidden',
  'absent',
  'unsupported',
] as const;

/** @public */
export type KindState = (typeof kindStates)[number];

/**
 * Whether and why a cluster can be seen. `silent`: it answered once and does not now; `neverSynced`: it has not
 * answered yet; `unauthenticated`: it refuses the credential; `clientAuth`: it needs a browser's token, which a
 * backend does not have; `duplicate`: another name for a cluster that is collected already.
 *
 * @public
 */
export const clusterStates = [
  'connected',
  'silent',
  'neverSynced',
  'unauthenticated',
  'clientAuth',
  'duplicate',
] as const;

/** @public */
export type ClusterState = (typeof clusterStates)[number];
