import {
  at,
  controllerOf,
  count,
  healthy,
  JudgeContext,
  Judgement,
  KindDefinition,
  ObjectRecord,
  progressing,
  text,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { affectedByWorkload } from '../workloads/affectedByWorkload';
import {
  judgeFailingPods,
  judgeShakyPods,
} from '../workloads/judgeFailingPods';
import { judgeRefused } from '../workloads/judgeRefused';
import { judgeScale } from '../workloads/judgeScale';
import { PodFields } from '../Pod/types';
import { pruneWorkload } from '../workloads/pruneWorkload';
import { WorkloadFields } from '../workloads/types';
import {
  readyText,
  viewWorkload,
  WorkloadView,
} from '../workloads/viewWorkload';
import { withWorkload } from '../workloads/workloadEvidence';

export interface ReplicaSetFields extends WorkloadFields {
  /** `deployment.kubernetes.io/revision`: the highest is what the Deployment wants. */
  revision?: number;
  hash?: string;
}

/** A ReplicaSet is an item only without a Deployment; else it tells the Deployment's versions apart. */
export const replicaSetKind: KindDefinition<ReplicaSetFields> = {
  group: 'apps',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['Pod'],
  affects: affectedByWorkload,
  isItem: ({ head }) => controllerOf(head) === undefined,
};

function prune(object: UntrustedObject): ReplicaSetFields {
  const annotations = at(object, 'metadata', 'annotations');
  const revision = count(
    Number(at(annotations, 'deployment.kubernetes.io/revision')),
  );
  const hash = text(at(object, 'metadata', 'labels', 'pod-template-hash'));
  return {
    ...pruneWorkload(object, {
      desired: 'spec.replicas',
      ready: 'status.readyReplicas',
      available: 'status.availableReplicas',
      updated: 'status.fullyLabeledReplicas',
      current: 'status.replicas',
    }),
    ...(revision !== undefined && { revision }),
    ...(hash && { hash }),
  };
}

function judge(
  record: ObjectRecord<ReplicaSetFields>,
  context: JudgeContext,
): Judgement {
  const pods = context.lookup.ownedBy<PodFields>('Pod', record.head.uid);
  const view = viewWorkload(record, pods, { context });
  return withWorkload(
    judgeScale(view) ??
      judgeFailingPods(view) ??
      judgeRefused(view) ??
      judgeReplicas(view) ??
      judgeShakyPods(view) ??
      healthy('Available', { message: readyText(view) }),
    view,
  );
}

function judgeReplicas(view: WorkloadView): Judgement | undefined {
  const { fields, desired, ready } = view;
  const params = { ready, desired };
  if (fields.current > desired) {
    return progressing('ScalingDown', {
      message: `Scales down from ${fields.current} to ${desired}.`,
      params,
    });
  }
  if (ready < desired) {
    return progressing('Starting', {
      message: `Pods are starting. ${readyText(view)}`,
      params,
    });
  }
  return fields.available < desired && fields.minReadySeconds > 0
    ? progressing('Starting', {
        message: `Pods have to stay ready for ${fields.minReadySeconds} s: ${fields.available} of ${desired} have.`,
        params,
      })
    : undefined;
}
