import type { KubernetesObject } from '../../cluster/types';
import { createController, ownerKey } from '../controller';
import { createPod, deletePod } from '../podControl';
import {
  isActive,
  isAvailable,
  isReady,
  isTerminal,
  createTemplateHashes,
} from '../pods';
import type { TemplateHashes } from '../pods';
import type { Actor, ActorContext } from '../types';

const SOURCE = 'statefulset-controller';
const REVISION = 'controller-revision-hash';
const ORDINAL = 'apps.kubernetes.io/pod-index';

interface View {
  set: KubernetesObject;
  replicas: number;
  updateRevision: string;
  currentRevision: string;
  /** By ordinal. */
  pods: Map<number, KubernetesObject>;
}

function ordinalOf(pod: KubernetesObject): number {
  return Number(pod.metadata.name.split('-').slice(-1)[0]);
}

const revisionOf = (pod: KubernetesObject) => pod.metadata.labels?.[REVISION];

function viewOf(
  context: ActorContext,
  set: KubernetesObject,
  hashes: TemplateHashes,
): View {
  const { name, uid } = set.metadata;
  const updateRevision = `${name}-${hashes.of(set)}`;
  const pods = context.cache.owned('Pod', uid ?? '');
  return {
    set,
    replicas: set.spec?.replicas ?? 1,
    updateRevision,
    currentRevision: set.status?.currentRevision ?? updateRevision,
    pods: new Map(pods.map(pod => [ordinalOf(pod), pod])),
  };
}

const claimName = (template: string, set: string, ordinal: number) =>
  `${template}-${set}-${ordinal}`;

function ensureClaims(
  context: ActorContext,
  set: KubernetesObject,
  ordinal: number,
) {
  const volumes: Record<string, unknown>[] = [];
  const { namespace } = set.metadata;
  for (const template of set.spec?.volumeClaimTemplates ?? []) {
    const name = claimName(template.metadata.name, set.metadata.name, ordinal);
    volumes.push({
      name: template.metadata.name,
      persistentVolumeClaim: { claimName: name },
    });
    if (context.cache.get('PersistentVolumeClaim', namespace, name)) continue;
    context.store.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        namespace,
        labels: {
          ...template.metadata.labels,
          ...set.spec?.selector?.matchLabels,
        },
      },
      spec: template.spec,
    });
  }
  return volumes;
}

function createOrdinal(context: ActorContext, view: View, ordinal: number) {
  const { set, updateRevision } = view;
  const { template } = set.spec ?? {};
  const name = `${set.metadata.name}-${ordinal}`;
  const volumes = ensureClaims(context, set, ordinal);
  createPod(context, {
    owner: set,
    template,
    source: SOURCE,
    pod: {
      name,
      labels: {
        [REVISION]: updateRevision,
        [ORDINAL]: String(ordinal),
        'statefulset.kubernetes.io/pod-name': name,
      },
      spec: {
        hostname: name,
        subdomain: set.spec?.serviceName,
        volumes: [...(template.spec.volumes ?? []), ...volumes],
      },
    },
  });
}

/** Creates what is missing, in order; returns false while it has to wait. */
function fill(context: ActorContext, view: View): boolean {
  const parallel = view.set.spec?.podManagementPolicy === 'Parallel';
  for (let ordinal = 0; ordinal < view.replicas; ordinal++) {
    const pod = view.pods.get(ordinal);
    if (!pod) {
      createOrdinal(context, view, ordinal);
      if (!parallel) return false;
      continue;
    }
    if (isTerminal(pod) && !pod.metadata.deletionTimestamp) {
      deletePod(context, pod);
      return false;
    }
    if (parallel) continue;
    if (pod.metadata.deletionTimestamp || !isReady(pod)) return false;
  }
  return true;
}

function shrink(context: ActorContext, view: View): boolean {
  const surplus = [...view.pods.keys()]
    .filter(ordinal => ordinal >= view.replicas)
    .sort((a, b) => b - a);
  const [highest] = surplus;
  if (highest === undefined) return true;
  const pod = view.pods.get(highest);
  if (pod && !pod.metadata.deletionTimestamp) {
    deletePod(context, pod, { object: view.set, source: SOURCE });
  }
  return false;
}

/** Replaces pods of an old revision from the highest ordinal down, one at a time. */
function roll(context: ActorContext, view: View): void {
  const strategy = view.set.spec?.updateStrategy;
  if (strategy?.type === 'OnDelete') return;
  const partition = strategy?.rollingUpdate?.partition ?? 0;
  for (let ordinal = view.replicas - 1; ordinal >= partition; ordinal--) {
    const pod = view.pods.get(ordinal);
    if (!pod) return;
    if (revisionOf(pod) !== view.updateRevision) {
      if (pod.metadata.deletionTimestamp) return;
      deletePod(context, pod, { object: view.set, source: SOURCE });
      return;
    }
    if (!isReady(pod)) return;
  }
}

function writeStatus(
  context: ActorContext,
  set: KubernetesObject,
  hashes: TemplateHashes,
) {
  const view = viewOf(context, set, hashes);
  const now = context.clock.now();
  const pods = [...view.pods.values()].filter(isActive);
  const updated = pods.filter(pod => revisionOf(pod) === view.updateRevision);
  const ready = pods.filter(isReady);
  const minReady = set.spec?.minReadySeconds ?? 0;
  const available = ready.filter(pod => isAvailable(pod, minReady, now));
  const done =
    updated.length === view.replicas &&
    pods.length === view.replicas &&
    ready.length === view.replicas;
  const currentRevision = done ? view.updateRevision : view.currentRevision;
  const current = pods.filter(pod => revisionOf(pod) === currentRevision);
  const { namespace, name } = set.metadata;
  context.store.modify(
    { group: 'apps', kind: 'StatefulSet', namespace, name },
    object => {
      object.status = {
        observedGeneration: set.metadata.generation,
        replicas: pods.length,
        ...(ready.length ? { readyReplicas: ready.length } : {}),
        availableReplicas: available.length,
        ...(current.length ? { currentReplicas: current.length } : {}),
        ...(updated.length ? { updatedReplicas: updated.length } : {}),
        currentRevision,
        updateRevision: view.updateRevision,
        collisionCount: 0,
      };
    },
    { status: true },
  );
  return available.length < ready.length ? minReady * 1000 : undefined;
}

/** Keeps numbered pods with their own claims, in order. */
export function createStatefulSetActor(context: ActorContext): Actor {
  const hashes = createTemplateHashes();
  return createController(context, {
    name: SOURCE,
    forget: key => hashes.forget(key),
    kind: 'StatefulSet',
    related: (object, kind) =>
      kind === 'Pod' ? [ownerKey(object, 'StatefulSet')] : [],
    reconcile: set => {
      if (set.metadata.deletionTimestamp) return undefined;
      const view = viewOf(context, set, hashes);
      const settled = fill(context, view) && shrink(context, view);
      const broken = [...view.pods.values()].some(
        pod => !isReady(pod) && revisionOf(pod) !== view.updateRevision,
      );
      if (settled || broken) roll(context, view);
      return writeStatus(context, set, hashes);
    },
  });
}
