import type { KubernetesObject } from '../cluster/types';
import { createController } from './controller';
import type { Actor, ActorContext } from './types';

const SOURCE = 'persistentvolume-controller';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
/** The controller says again what it waits for. */
const AGAIN_MS = 15_000;
const PROVISION_MS = 1_800;

function say(
  context: ActorContext,
  claim: KubernetesObject,
  event: { type: 'Normal' | 'Warning'; reason: string; message: string },
) {
  context.events.record({ object: claim, source: SOURCE, ...event });
}

function setPending(context: ActorContext, claim: KubernetesObject) {
  if (claim.status?.phase) return;
  const { namespace, name } = claim.metadata;
  context.store.modify(
    { group: '', kind: 'PersistentVolumeClaim', namespace, name },
    object => {
      object.status = { phase: 'Pending' };
    },
    { status: true },
  );
}

function volumeFor(
  claim: KubernetesObject,
  storageClass: KubernetesObject,
): KubernetesObject {
  const { namespace, name, uid } = claim.metadata;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: `pvc-${uid}`,
      annotations: {
        'pv.kubernetes.io/provisioned-by': storageClass.provisioner,
      },
      finalizers: ['kubernetes.io/pv-protection'],
    },
    spec: {
      capacity: { storage: claim.spec?.resources?.requests?.storage },
      accessModes: claim.spec?.accessModes,
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        name,
        namespace,
        uid,
      },
      csi: {
        driver: storageClass.provisioner,
        fsType: 'ext4',
        volumeHandle: `vol-${uid?.replace(/-/g, '').slice(0, 17)}`,
      },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode: 'Filesystem',
    },
    status: { phase: 'Bound' },
  };
}

function provision(
  context: ActorContext,
  claim: KubernetesObject,
  storageClass: KubernetesObject,
) {
  const { namespace, name } = claim.metadata;
  const volume = volumeFor(claim, storageClass);
  context.store.create(volume);
  const key = { group: '', kind: 'PersistentVolumeClaim', namespace, name };
  context.store.modify(key, object => {
    object.metadata.annotations = {
      ...object.metadata.annotations,
      'pv.kubernetes.io/bind-completed': 'yes',
      'pv.kubernetes.io/bound-by-controller': 'yes',
      'volume.kubernetes.io/storage-provisioner': storageClass.provisioner,
    };
    object.spec = { ...object.spec, volumeName: volume.metadata.name };
  });
  context.store.modify(
    key,
    object => {
      object.status = {
        phase: 'Bound',
        accessModes: claim.spec?.accessModes,
        capacity: volume.spec?.capacity,
      };
    },
    { status: true },
  );
  say(context, claim, {
    type: 'Normal',
    reason: 'ProvisioningSucceeded',
    message: `Successfully provisioned volume ${volume.metadata.name}`,
  });
}

function bind(
  context: ActorContext,
  claim: KubernetesObject,
  due: Map<string, number>,
): number | undefined {
  if (claim.status?.phase === 'Bound' || claim.metadata.deletionTimestamp) {
    return undefined;
  }
  setPending(context, claim);
  const className = claim.spec?.storageClassName;
  if (!className) {
    say(context, claim, {
      type: 'Normal',
      reason: 'FailedBinding',
      message:
        'no persistent volumes available for this claim and no storage class is set',
    });
    return undefined;
  }
  const found = context.cache.get('StorageClass', undefined, className);
  if (!found) {
    say(context, claim, {
      type: 'Warning',
      reason: 'ProvisioningFailed',
      message: `storageclass.storage.k8s.io "${className}" not found`,
    });
    return undefined;
  }
  const waits =
    found.volumeBindingMode === 'WaitForFirstConsumer' &&
    !claim.metadata.annotations?.[SELECTED_NODE];
  if (waits) {
    say(context, claim, {
      type: 'Normal',
      reason: 'WaitForFirstConsumer',
      message: 'waiting for first consumer to be created before binding',
    });
    return undefined;
  }
  const uid = claim.metadata.uid ?? '';
  const now = context.clock.now();
  const at = due.get(uid) ?? now + PROVISION_MS;
  due.set(uid, at);
  if (at > now) return at - now;
  due.delete(uid);
  provision(context, claim, found);
  return undefined;
}

/** Gives claims their volumes, and takes the volumes back. */
export function createVolumeActor(context: ActorContext): Actor {
  const due = new Map<string, number>();
  const releases = new Set<() => void>();
  const claims = createController(context, {
    name: SOURCE,
    kind: 'PersistentVolumeClaim',
    // A class that comes into being is noticed by the repetition.
    reconcile: claim => bind(context, claim, due),
  });
  let unsubscribe: (() => void) | undefined;
  let cancelRepeat: (() => void) | undefined;
  const release = (claim: KubernetesObject) => {
    due.delete(claim.metadata.uid ?? '');
    const name = claim.spec?.volumeName;
    const volume =
      name && context.cache.get('PersistentVolume', undefined, name);
    if (!volume || volume.spec?.claimRef?.uid !== claim.metadata.uid) return;
    const key = { group: '', kind: 'PersistentVolume', name };
    const cancel = context.clock.after(1_000, () => {
      releases.delete(cancel);
      context.store.modify(key, object => {
        object.metadata.finalizers = [];
      });
      if (context.store.peek(key)) context.store.delete(key);
    });
    releases.add(cancel);
  };
  return {
    start() {
      claims.start();
      cancelRepeat ??= context.every(AGAIN_MS, () => {
        for (const claim of context.cache.list('PersistentVolumeClaim')) {
          if (claim.status?.phase !== 'Bound') claims.enqueue(claim);
        }
      });
      unsubscribe ??= context.cache.subscribe(({ kind, current, previous }) => {
        if (kind === 'PersistentVolumeClaim' && !current && previous) {
          release(previous);
        }
      });
    },
    stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      cancelRepeat?.();
      cancelRepeat = undefined;
      for (const cancel of releases) cancel();
      releases.clear();
      claims.stop();
    },
  };
}
