import type { KubernetesObject } from '../../cluster/types';
import { isTerminal } from '../pods';
import type { Actor, ActorContext } from '../types';
import type { PodWorker } from './podWorker';
import { createPodWorker } from './podWorker';

/** As many images as a node keeps before it clears its disk. */
const MAX_IMAGES = 200;

class Kubelets implements Actor {
  private readonly workers = new Map<string, PodWorker>();
  private readonly images = new Map<string, Set<string>>();
  private readonly addresses = new Map<string, number>();
  private readonly stops: (() => void)[] = [];

  constructor(private readonly context: ActorContext) {}

  start() {
    if (this.stops.length) return;
    const { cache, behaviours } = this.context;
    this.stops.push(
      cache.subscribe(({ kind, current, previous }) => {
        if (kind === 'Pod') this.observe(current, previous);
      }),
      behaviours.subscribe(workload => {
        for (const worker of this.workers.values()) {
          if (worker.workload === workload) worker.rethink();
        }
      }),
    );
    for (const pod of cache.list('Pod')) this.observe(pod);
  }

  stop() {
    for (const stop of this.stops.splice(0)) stop();
    for (const uid of [...this.workers.keys()]) this.drop(uid);
  }

  private observe(
    pod: KubernetesObject | undefined,
    previous?: KubernetesObject,
  ) {
    const gone = previous?.metadata.uid;
    if (gone && gone !== pod?.metadata.uid) this.drop(gone);
    if (!pod?.spec?.nodeName) return;
    const worker = this.workers.get(pod.metadata.uid ?? '');
    if (pod.metadata.deletionTimestamp) {
      (worker ?? this.create(pod)).terminate(pod);
    } else if (!worker) {
      if (!isTerminal(pod)) this.create(pod).start();
    } else if (isTerminal(pod)) {
      worker.stop();
    }
  }

  private create(pod: KubernetesObject): PodWorker {
    const worker = createPodWorker({
      context: this.context,
      pod,
      addresses: () => this.addressOf(pod),
      pullMs: image => this.pullMs(pod.spec?.nodeName, image),
    });
    this.workers.set(pod.metadata.uid ?? '', worker);
    return worker;
  }

  private drop(uid: string) {
    this.workers.get(uid)?.stop();
    this.workers.delete(uid);
    this.addresses.delete(uid);
  }

  /** A node keeps the images that it has fetched. */
  private pullMs(node: string, image: string): number {
    const held = this.images.get(node) ?? new Set<string>();
    this.images.set(node, held);
    if (held.has(image)) return 150;
    if (held.size >= MAX_IMAGES) held.clear();
    held.add(image);
    return 1_200 + Math.round(this.context.random.next() * 2_600);
  }

  private addressOf(pod: KubernetesObject) {
    const { cache, random } = this.context;
    const node = cache.get('Node', undefined, pod.spec?.nodeName);
    const host = node?.status?.addresses?.find(
      (address: { type: string }) => address.type === 'InternalIP',
    )?.address;
    if (!host) return undefined;
    if (pod.spec?.hostNetwork) return { host, pod: host };
    const uid = pod.metadata.uid ?? '';
    let address = this.addresses.get(uid);
    if (address === undefined) {
      address = Math.floor(random.next() * 65_000) + 257;
      this.addresses.set(uid, address);
    }
    const [high, low] = [Math.floor(address / 256), address % 256];
    return { host, pod: `10.244.${high}.${low}` };
  }
}

/** Every node's kubelet: what is bound to a node runs there. */
export function createKubeletActor(context: ActorContext): Actor {
  return new Kubelets(context);
}
