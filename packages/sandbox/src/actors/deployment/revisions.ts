import type { KubernetesObject } from '../../cluster/types';
import type { TemplateHashes } from '../pods';
import { controllerReference } from '../pods';
import type { ActorContext } from '../types';

export const REVISION = 'deployment.kubernetes.io/revision';
export const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAXIMUM = 'deployment.kubernetes.io/max-replicas';
const HASH = 'pod-template-hash';
export const SOURCE = 'deployment-controller';

/** A Deployment with its ReplicaSets, newest revision apart. */
export interface Rollout {
  deployment: KubernetesObject;
  /** Of the present template. */
  hash: string;
  /** The ReplicaSet of the present template; undefined until it is made. */
  current?: KubernetesObject;
  older: KubernetesObject[];
}

export function revisionOf(object: KubernetesObject): number {
  return Number(object.metadata.annotations?.[REVISION] ?? 0);
}

export function replicasOf(object: KubernetesObject): number {
  return object.spec?.replicas ?? 1;
}

export function availableOf(object: KubernetesObject): number {
  return object.status?.availableReplicas ?? 0;
}

export function rolloutOf(
  context: ActorContext,
  deployment: KubernetesObject,
  hashes: TemplateHashes,
): Rollout {
  const hash = hashes.of(deployment);
  const sets = context.cache
    .owned('ReplicaSet', deployment.metadata.uid ?? '')
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const current = sets.find(set => set.metadata.labels?.[HASH] === hash);
  return {
    deployment,
    hash,
    current,
    older: sets.filter(set => set !== current),
  };
}

/** Absolute numbers of `maxSurge` and `maxUnavailable`; never both zero. */
export function budget(deployment: KubernetesObject): {
  surge: number;
  unavailable: number;
} {
  const replicas = replicasOf(deployment);
  if (deployment.spec?.strategy?.type === 'Recreate') {
    return { surge: 0, unavailable: replicas };
  }
  const rolling = deployment.spec?.strategy?.rollingUpdate ?? {};
  const absolute = (value: unknown, round: (n: number) => number) => {
    if (typeof value === 'number') return value;
    const percent = Number(String(value).replace('%', ''));
    return round((replicas * percent) / 100);
  };
  const surge = absolute(rolling.maxSurge ?? '25%', Math.ceil);
  const unavailable = absolute(rolling.maxUnavailable ?? '25%', Math.floor);
  return surge === 0 && unavailable === 0
    ? { surge, unavailable: 1 }
    : { surge, unavailable: Math.min(unavailable, replicas) };
}

function annotationsFor(deployment: KubernetesObject, revision: number) {
  const replicas = replicasOf(deployment);
  return {
    [DESIRED]: String(replicas),
    [MAXIMUM]: String(replicas + budget(deployment).surge),
    [REVISION]: String(revision),
  };
}

/** Makes the ReplicaSet of the present template. */
export function createCurrent(
  context: ActorContext,
  rollout: Rollout,
  replicas: number,
): void {
  const { deployment, hash, older } = rollout;
  const revision = Math.max(0, ...older.map(revisionOf)) + 1;
  const name = `${deployment.metadata.name}-${hash}`;
  const { template } = deployment.spec ?? {};
  const labels = { ...template?.metadata?.labels, [HASH]: hash };
  context.store.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: annotationsFor(deployment, revision),
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      ...(deployment.spec?.minReadySeconds
        ? { minReadySeconds: deployment.spec.minReadySeconds }
        : {}),
      selector: {
        ...deployment.spec?.selector,
        matchLabels: {
          ...deployment.spec?.selector?.matchLabels,
          [HASH]: hash,
        },
      },
      template: {
        ...template,
        metadata: { ...template?.metadata, labels },
      },
    },
    status: { replicas: 0 },
  });
  if (replicas > 0) sayScaled(context, deployment, { name, from: 0, replicas });
  setRevision(context, deployment, revision);
}

/** A template that was rolled back to becomes the newest revision again. */
export function renewCurrent(context: ActorContext, rollout: Rollout): void {
  const { current, older, deployment } = rollout;
  if (!current) return;
  const newest = Math.max(0, ...older.map(revisionOf));
  const revision = Math.max(revisionOf(current), newest + 1);
  annotate(context, current, annotationsFor(deployment, revision));
  setRevision(context, deployment, revision);
}

function annotate(
  context: ActorContext,
  set: KubernetesObject,
  annotations: Record<string, string>,
) {
  const before = set.metadata.annotations ?? {};
  if (Object.keys(annotations).every(key => before[key] === annotations[key])) {
    return;
  }
  const { namespace, name } = set.metadata;
  context.store.modify(
    { group: 'apps', kind: 'ReplicaSet', namespace, name },
    object => {
      object.metadata.annotations = {
        ...object.metadata.annotations,
        ...annotations,
      };
    },
  );
}

function setRevision(
  context: ActorContext,
  deployment: KubernetesObject,
  revision: number,
) {
  if (revisionOf(deployment) === revision) return;
  const { namespace, name } = deployment.metadata;
  context.store.modify(
    { group: 'apps', kind: 'Deployment', namespace, name },
    object => {
      object.metadata.annotations = {
        ...object.metadata.annotations,
        [REVISION]: String(revision),
      };
    },
  );
}

function sayScaled(
  context: ActorContext,
  deployment: KubernetesObject,
  change: { name: string; from: number; replicas: number },
) {
  const { name, from, replicas } = change;
  const direction = replicas > from ? 'up' : 'down';
  context.events.record({
    object: deployment,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${direction} replica set ${name} from ${from} to ${replicas}`,
    source: SOURCE,
  });
}

/** Sets how many pods a ReplicaSet of the rollout keeps; returns whether that was a change. */
export function scaleSet(
  context: ActorContext,
  rollout: Rollout,
  set: KubernetesObject,
  replicas: number,
): boolean {
  const from = replicasOf(set);
  const wanted = Math.max(0, replicas);
  const { deployment } = rollout;
  annotate(context, set, annotationsFor(deployment, revisionOf(set)));
  if (from === wanted) return false;
  const { namespace, name } = set.metadata;
  context.store.modify(
    { group: 'apps', kind: 'ReplicaSet', namespace, name },
    object => {
      object.spec = { ...object.spec, replicas: wanted };
    },
  );
  sayScaled(context, deployment, { name, from, replicas: wanted });
  return true;
}

/** Forgets revisions beyond `revisionHistoryLimit`, oldest first. */
export function dropOldRevisions(
  context: ActorContext,
  { deployment, older }: Rollout,
): void {
  const limit = deployment.spec?.revisionHistoryLimit ?? 10;
  const empty = older.filter(
    set => replicasOf(set) === 0 && !set.status?.replicas,
  );
  for (const set of empty.slice(0, Math.max(0, empty.length - limit))) {
    const { namespace, name } = set.metadata;
    context.store.delete({
      group: 'apps',
      kind: 'ReplicaSet',
      namespace,
      name,
    });
  }
}
