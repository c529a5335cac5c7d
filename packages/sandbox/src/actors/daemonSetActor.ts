import { equalJson } from '../cluster/json';
import type { KubernetesObject } from '../cluster/types';
import { createController, keyOf, ownerKey } from './controller';
import { createPod, deletePod } from './podControl';
import {
  isActive,
  isAvailable,
  isReady,
  isTerminal,
  createTemplateHashes,
} from './pods';
import { refusals, roomOf } from './scheduler/fit';
import type { Actor, ActorContext } from './types';

const SOURCE = 'daemonset-controller';
const REVISION = 'controller-revision-hash';

/** The nodes that get a pod, and the revision that it should have. */
interface Target {
  nodes: Set<string>;
  hash: string;
}

/** What the controller adds to every pod, so that nodes in trouble keep theirs. */
const TOLERATIONS = [
  { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
].map(toleration => ({ ...toleration, operator: 'Exists' }));

function podSpec(set: KubernetesObject, node: string) {
  const spec = set.spec?.template.spec;
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchFields: [
                { key: 'metadata.name', operator: 'In', values: [node] },
              ],
            },
          ],
        },
      },
    },
    tolerations: [...(spec.tolerations ?? []), ...TOLERATIONS],
  };
}

/** Where a pod belongs, by the affinity that the controller gave it. */
function nodeOf(pod: KubernetesObject): string {
  return (
    pod.spec?.nodeName ??
    pod.spec?.affinity?.nodeAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms?.[0]
      ?.matchFields?.[0]?.values?.[0] ??
    ''
  );
}

/** Nodes whose taints and labels let a pod of the set run; room is the scheduler's business. */
function eligible(context: ActorContext, set: KubernetesObject): Set<string> {
  const names = new Set<string>();
  for (const node of context.cache.list('Node')) {
    const { name } = node.metadata;
    const pod: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: '' },
      spec: { ...set.spec?.template.spec, ...podSpec(set, name) },
    };
    const why = refusals(pod, roomOf(node, []));
    if (!why.some(reason => reason.startsWith('node(s)'))) names.add(name);
  }
  return names;
}

function place(
  context: ActorContext,
  set: KubernetesObject,
  { nodes, hash }: Target,
) {
  const pods = context.cache.owned('Pod', set.metadata.uid ?? '');
  const held = new Set<string>();
  for (const pod of pods) {
    const node = nodeOf(pod);
    if (pod.metadata.deletionTimestamp) {
      held.add(node);
    } else if (isTerminal(pod) || !nodes.has(node) || held.has(node)) {
      deletePod(context, pod, { object: set, source: SOURCE });
    } else {
      held.add(node);
    }
  }
  for (const node of nodes) {
    if (held.has(node)) continue;
    createPod(context, {
      owner: set,
      template: set.spec?.template,
      source: SOURCE,
      pod: {
        name: `${set.metadata.name}-${context.random.suffix(5)}`,
        labels: { [REVISION]: hash, 'pod-template-generation': '1' },
        spec: podSpec(set, node),
      },
    });
  }
}

/** Replaces old pods, at most `maxUnavailable` of them at a time. */
function roll(
  context: ActorContext,
  set: KubernetesObject,
  { nodes, hash }: Target,
) {
  const total = nodes.size;
  if (set.spec?.updateStrategy?.type === 'OnDelete') return;
  const wanted = set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1;
  const limit =
    typeof wanted === 'number'
      ? wanted
      : Math.ceil((total * Number.parseInt(wanted, 10)) / 100);
  const pods = context.cache.owned('Pod', set.metadata.uid ?? '');
  const old = pods.filter(
    pod => isActive(pod) && pod.metadata.labels?.[REVISION] !== hash,
  );
  const missing =
    total - pods.filter(pod => isActive(pod) && isReady(pod)).length;
  const broken = old.filter(pod => !isReady(pod));
  const sound = old.filter(isReady).slice(0, Math.max(0, limit - missing));
  for (const pod of [...broken, ...sound]) {
    deletePod(context, pod, { object: set, source: SOURCE });
  }
}

function writeStatus(
  context: ActorContext,
  set: KubernetesObject,
  { nodes, hash }: Target,
) {
  const now = context.clock.now();
  const pods = context.cache
    .owned('Pod', set.metadata.uid ?? '')
    .filter(isActive);
  const placed = pods.filter(pod => nodes.has(nodeOf(pod)));
  const ready = placed.filter(isReady);
  const minReady = set.spec?.minReadySeconds ?? 0;
  const available = ready.filter(pod => isAvailable(pod, minReady, now)).length;
  const { namespace, name } = set.metadata;
  context.store.modify(
    { group: 'apps', kind: 'DaemonSet', namespace, name },
    object => {
      object.status = {
        currentNumberScheduled: placed.length,
        desiredNumberScheduled: nodes.size,
        numberMisscheduled: pods.length - placed.length,
        numberReady: ready.length,
        observedGeneration: set.metadata.generation,
        updatedNumberScheduled: placed.filter(
          pod => pod.metadata.labels?.[REVISION] === hash,
        ).length,
        ...(available ? { numberAvailable: available } : {}),
        ...(nodes.size - available
          ? { numberUnavailable: nodes.size - available }
          : {}),
      };
    },
    { status: true },
  );
}

/** A heartbeat is no reason to look again. */
function isSamePlace(node: KubernetesObject, previous: KubernetesObject) {
  return (
    node !== previous &&
    equalJson(node.spec, previous.spec) &&
    equalJson(node.metadata.labels, previous.metadata.labels)
  );
}

/** One pod on every node that takes it. */
export function createDaemonSetActor(context: ActorContext): Actor {
  const hashes = createTemplateHashes();
  return createController(context, {
    name: SOURCE,
    forget: key => hashes.forget(key),
    kind: 'DaemonSet',
    related: (object, kind, previous) => {
      if (kind === 'Pod') return [ownerKey(object, 'DaemonSet')];
      if (kind !== 'Node') return [];
      return previous && isSamePlace(object, previous)
        ? []
        : context.cache.list('DaemonSet').map(keyOf);
    },
    reconcile: set => {
      if (set.metadata.deletionTimestamp) return undefined;
      const nodes = eligible(context, set);
      const target = { nodes, hash: hashes.of(set) };
      place(context, set, target);
      roll(context, set, target);
      writeStatus(context, set, target);
      return undefined;
    },
  });
}
