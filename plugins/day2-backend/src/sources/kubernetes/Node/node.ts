import {
  closeSentence,
  conditionEvidence,
  degraded,
  findCondition,
  flag,
  at,
  formatMoment,
  healthy,
  Judgement,
  KindDefinition,
  map,
  ObjectRecord,
  pruneStatus,
  StatusFields,
  suspended,
  text,
  texts,
  unknown,
  UntrustedObject,
  warning,
} from '@day2ops/backstage-plugin-day2-node';

export interface NodeFields extends StatusFields {
  cordoned: boolean;
  /** For example `v1.36.3`. */
  kubelet: string;
  capacity: Readonly<Record<string, string>>;
}

const pressures: Readonly<Record<string, string>> = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk space',
  PIDPressure: 'process ids',
};

/** Conditions: https://kubernetes.io/docs/reference/node/node-status/#condition */
export const nodeKind: KindDefinition<NodeFields> = {
  group: '',
  kind: 'Node',
  plural: 'nodes',
  versions: ['v1'],
  namespaced: false,
  area: 'workloads',
  prune,
  rule: { judge },
  // Labels of nodes are many, and nothing is joined by them.
  keepLabels: () => false,
};

function prune(object: UntrustedObject): NodeFields {
  const { conditions, malformed } = pruneStatus(object);
  const capacity = texts(map(at(object, 'status', 'allocatable')), key =>
    /^(cpu|memory|pods)$/.test(key),
  );
  return {
    cordoned: flag(at(object, 'spec', 'unschedulable')) ?? false,
    kubelet: text(at(object, 'status', 'nodeInfo', 'kubeletVersion')) ?? '',
    capacity,
    ...(conditions && { conditions }),
    ...(malformed && { malformed }),
  };
}

function judge({ fields }: ObjectRecord<NodeFields>): Judgement {
  return {
    ...judgeNode(fields),
    evidence: {
      facts: [
        { label: 'Kubelet', value: fields.kubelet || 'unknown' },
        ...Object.entries(fields.capacity).map(([resource, value]) => ({
          label: `Allocatable ${resource}`,
          value,
        })),
      ],
      conditions: conditionEvidence(fields.conditions) ?? [],
    },
  };
}

function judgeNode(fields: NodeFields): Judgement {
  const ready = findCondition(fields.conditions, 'Ready');
  if (!ready) {
    return unknown('Unclear', {
      message: 'Its kubelet has not reported on it yet.',
    });
  }
  if (ready.status === 'Unknown') {
    return degraded('NodeSilent', {
      message: `Its kubelet has not reported${
        ready.since === undefined ? '' : ` since ${formatMoment(ready.since)}`
      }. Its pods move away if they can.`,
      since: ready.since,
    });
  }
  if (ready.status !== 'True') {
    return degraded('NodeNotReady', {
      message: `Is not ready: ${closeSentence(
        ready.message ?? ready.reason ?? 'no reason is given',
        90,
      )}`,
      since: ready.since,
    });
  }
  const network = findCondition(fields.conditions, 'NetworkUnavailable');
  if (network?.status === 'True') {
    return degraded('NetworkUnavailable', {
      message: 'Its network is not set up.',
      since: network.since,
    });
  }
  return judgePressure(fields) ?? judgeSchedulable(fields, ready.since);
}

function judgePressure(fields: NodeFields): Judgement | undefined {
  for (const [type, resource] of Object.entries(pressures)) {
    const condition = findCondition(fields.conditions, type);
    if (condition?.status === 'True') {
      return warning(type, {
        message: `Runs short of ${resource}: it takes no new pods and may evict some.`,
        params: { resource },
        since: condition.since,
      });
    }
  }
  return undefined;
}

function judgeSchedulable(
  fields: NodeFields,
  since: number | undefined,
): Judgement {
  return fields.cordoned
    ? suspended('Cordoned', { message: 'Is cordoned: it takes no new pods.' })
    : healthy('Ready', { message: 'Is ready.', since });
}
