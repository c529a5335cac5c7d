import type { KubernetesObject } from '../../cluster/types';
import { isTerminal } from '../pods';
import type { Actor, ActorContext } from '../types';
import type { PodWorker } from './podWorker';
import { createPodWorker } from './podWorker';

/** Every node's kubelet: what is bound to a node runs there. */
export function createKubeletActor(context: ActorContext): Actor {
  const workers = new Map<string, PodWorker>();
  const images = new Map<string, Set<string>>();
  const addresses = new Map<string, number>();
  const stops: (() => void)[] = [];

  const pullMs = (node: string, image: string) => {
    const held = images.get(node) ?? new Set<string>();
    images.set(node, held);
    if (held.has(image)) return 150;
    held.add(image);
    return 1_200 + Math.round(context.random.next() * 2_600);
  };

  const addressOf = (pod: KubernetesObject) => {
    const node = context.cache.get('Node', undefined, pod.spec?.nodeName);
    const host = node?.status?.addresses?.find(
      (address: { type: string }) => address.type === 'InternalIP',
    )?.address;
    if (!node || !host) return undefined;
    if (pod.spec?.hostNetwork) return { host, pod: host };
    const uid = pod.metadata.uid ?? '';
    let address = addresses.get(uid);
    if (address === undefined) {
      address = Math.floor(context.random.next() * 65_000) + 257;
      addresses.set(uid, address);
    }
    return { host, pod: `10.244.${address >> 8}.${address & 255}` };
  };

  const drop = (uid: string) => {
    workers.get(uid)?.stop();
    workers.delete(uid);
    addresses.delete(uid);
  };

  const observe = (
    pod: KubernetesObject | undefined,
    previous?: KubernetesObject,
  ) => {
    const gone = previous?.metadata.uid;
    if (gone && gone !== pod?.metadata.uid) drop(gone);
    if (!pod?.spec?.nodeName) return;
    const uid = pod.metadata.uid ?? '';
    const worker = workers.get(uid);
    if (pod.metadata.deletionTimestamp) {
      const last = worker ?? create(pod);
      last.terminate(pod);
      return;
    }
    if (worker) {
      if (isTerminal(pod)) worker.stop();
      return;
    }
    if (!isTerminal(pod)) create(pod).start();
  };

  const create = (pod: KubernetesObject): PodWorker => {
    const worker = createPodWorker({
      context,
      pod,
      addresses: () => addressOf(pod),
      pullMs: image => pullMs(pod.spec?.nodeName, image),
    });
    workers.set(pod.metadata.uid ?? '', worker);
    return worker;
  };

  return {
    start() {
      if (stops.length) return;
      stops.push(
        context.cache.subscribe(({ kind, current, previous }) => {
          if (kind === 'Pod') observe(current, previous);
        }),
        context.behaviours.subscribe(workload => {
          for (const worker of workers.values()) {
            if (worker.workload === workload) worker.rethink();
          }
        }),
      );
      for (const pod of context.cache.list('Pod')) observe(pod);
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      for (const uid of [...workers.keys()]) drop(uid);
    },
  };
}
