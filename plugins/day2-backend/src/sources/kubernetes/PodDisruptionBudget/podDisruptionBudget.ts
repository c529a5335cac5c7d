import {
  at,
  closeSentence,
  conditionEvidence,
  count,
  degraded,
  findCondition,
  healthy,
  Judgement,
  KindDefinition,
  map,
  ObjectRecord,
  progressing,
  pruneStatus,
  RecordLookup,
  StatusFields,
  suspended,
  UntrustedObject,
  warning,
} from '@day2ops/backstage-plugin-day2-node';
import { LabelSelector, matches, readSelector } from '../workloads/selector';
import { WorkloadFields } from '../workloads/types';

interface PdbFields extends StatusFields {
  hasStatus: boolean;
  allowed: number;
  healthy: number;
  desired: number;
  expected: number;
  selector: LabelSelector;
}

const selectable = [
  'Deployment.apps',
  'StatefulSet.apps',
  'DaemonSet.apps',
  'ReplicaSet.apps',
];

/**
 * How counts are made: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/. That no disruption is allowed
 * while a pod is away is what a budget is for; that none ever is blocks every drain.
 */
export const podDisruptionBudgetKind: KindDefinition<PdbFields> = {
  group: 'policy',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  belongsThrough,
};

function prune(object: UntrustedObject): PdbFields {
  const {
    observedGeneration,
    conditions,
    malformed = [],
  } = pruneStatus(object);
  const wrong = [...malformed];
  const read = (field: string) => {
    const value = at(object, 'status', field);
    const number = count(value);
    if (value !== undefined && number === undefined) {
      wrong.push(`status.${field}`);
    }
    return number ?? 0;
  };
  const fields: PdbFields = {
    hasStatus: Object.keys(map(at(object, 'status'))).length > 0,
    allowed: read('disruptionsAllowed'),
    healthy: read('currentHealthy'),
    desired: read('desiredHealthy'),
    expected: read('expectedPods'),
    selector: readSelector(at(object, 'spec', 'selector')),
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(conditions && { conditions }),
  };
  return wrong.length > 0 ? { ...fields, malformed: wrong } : fields;
}

/** The workloads whose pods it protects. */
function belongsThrough(
  { head, fields }: ObjectRecord<PdbFields>,
  lookup: RecordLookup,
): ObjectRecord[] {
  const workloads: ObjectRecord[] = [];
  for (const kind of selectable) {
    for (const workload of lookup.inNamespace<WorkloadFields>(
      kind,
      head.namespace,
    )) {
      if (
        workload.head.owners.length === 0 &&
        matches(fields.selector, workload.fields.template.labels)
      ) {
        workloads.push(workload);
      }
    }
  }
  return workloads;
}

function judge(record: ObjectRecord<PdbFields>): Judgement | undefined {
  const { fields } = record;
  if (!fields.hasStatus) {
    return undefined;
  }
  const conditions = conditionEvidence(fields.conditions);
  return {
    ...judgeBudget(fields),
    evidence: {
      facts: [
        { label: 'Disruptions allowed', value: String(fields.allowed) },
        {
          label: 'Healthy pods',
          value: `${fields.healthy} of ${fields.expected}`,
        },
        { label: 'Must stay', value: String(fields.desired) },
      ],
      ...(conditions && { conditions }),
    },
  };
}

function judgeBudget(fields: PdbFields): Judgement {
  const { allowed, healthy: current, desired, expected } = fields;
  const condition = findCondition(fields.conditions, 'DisruptionAllowed');
  const params = { allowed, healthy: current, desired, expected };
  const since = condition?.since;
  if (condition?.reason === 'SyncFailed') {
    return degraded('SyncFailed', {
      message: `Protects nothing: ${closeSentence(
        condition.message ?? 'its pods cannot be counted',
        90,
      )}`,
      params,
      since,
    });
  }
  if (expected === 0) {
    return suspended('NoPods', {
      message: 'Matches no pod: nothing is protected.',
      params,
      since,
    });
  }
  if (allowed > 0) {
    return healthy('DisruptionAllowed', {
      message: `${allowed} of ${expected} pods may be moved now.`,
      params,
      since,
    });
  }
  if (current < desired) {
    return warning('TooFewHealthyPods', {
      message: `Blocks drains: ${current} of ${expected} pods are healthy, and ${desired} must stay.`,
      params,
      since,
    });
  }
  if (desired >= expected) {
    return warning('BlocksDrains', {
      message: `Blocks every drain: ${desired} of ${expected} pods must stay, so none may ever be moved.`,
      params,
      since,
    });
  }
  return progressing('NoneAllowedNow', {
    message: `No pod may be moved now: ${current} of ${expected} are healthy, ${desired} must stay.`,
    params,
    since,
  });
}
