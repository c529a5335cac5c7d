import {
  at,
  controllerOf,
  critical,
  JudgeContext,
  Judgement,
  KindDefinition,
  list,
  ObjectRecord,
  UntrustedObject,
  verdict,
} from '@day2ops/backstage-plugin-day2-node';
import { judgePod } from '../pods/judgePod';
import { podEvidence } from '../pods/podEvidence';
import { prunePod } from './prunePod';
import { PodFields } from './types';

/**
 * A pod without a controller is an item; every other is folded into its workload. Phases and conditions:
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
 */
export const podKind: KindDefinition<PodFields> = {
  group: '',
  kind: 'Pod',
  plural: 'pods',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune: prunePod,
  rule: { judge },
  isItem: ({ head }) => controllerOf(head) === undefined,
  affects: ({ head, fields }) =>
    (fields.claims ?? []).map(name => ({
      kind: 'PersistentVolumeClaim',
      namespace: head.namespace,
      name,
    })),
  keepLabels: hasNoController,
};

function judge(
  record: ObjectRecord<PodFields>,
  { now }: JudgeContext,
): Judgement | undefined {
  const { fields, head } = record;
  if (fields.phase === '' && fields.containers.length === 0) {
    return undefined;
  }
  const finding = judgePod(record, now);
  const { health, reason, message, params, since, dueAt } = finding;
  const text = {
    message,
    params,
    since,
    dueAt,
    evidence: { pods: podEvidence([finding]) },
  };
  // Nothing replaces a bare pod: while it fails, what it is there for is not done.
  const serves =
    fields.restartPolicy === 'Always' && controllerOf(head) === undefined;
  if (health === 'degraded' && serves && !finding.steady) {
    return critical(reason, text);
  }
  if (fields.phase === 'Running' && fields.restartPolicy !== 'Always') {
    return health === 'healthy'
      ? verdict('progressing', 'Running', { ...text, message: 'Is running.' })
      : verdict(health, reason, text);
  }
  return verdict(health, reason, text);
}

function hasNoController(object: UntrustedObject): boolean {
  return list(at(object, 'metadata', 'ownerReferences')).length === 0;
}
