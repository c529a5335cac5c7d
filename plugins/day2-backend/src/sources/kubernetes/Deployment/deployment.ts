import {
  at,
  controllerOf,
  count,
  flag,
  healthy,
  findCondition,
  JudgeContext,
  Judgement,
  KindDefinition,
  ObjectRecord,
  RecordLookup,
  suspended,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { PodFields } from '../Pod/types';
import { ReplicaSetFields } from '../ReplicaSet/replicaSet';
import { affectedByWorkload } from '../workloads/affectedByWorkload';
import {
  judgeFailingPods,
  judgeShakyPods,
} from '../workloads/judgeFailingPods';
import { judgeScale } from '../workloads/judgeScale';
import { pruneWorkload } from '../workloads/pruneWorkload';
import { readyText, viewWorkload } from '../workloads/viewWorkload';
import { withWorkload } from '../workloads/workloadEvidence';
import { judgeRollout } from './judgeRollout';
import { DeploymentFields, DeploymentView } from './types';
import { findVersions, lastChange } from './versions';

/**
 * Conditions and counters as the deployment controller writes them:
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
export const deploymentKind: KindDefinition<DeploymentFields> = {
  group: 'apps',
  kind: 'Deployment',
  plural: 'deployments',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['ReplicaSet.apps', 'Pod'],
  affects: affectedByWorkload,
};

function prune(object: UntrustedObject): DeploymentFields {
  const rolling = at(object, 'spec', 'strategy', 'rollingUpdate');
  const recreate = at(object, 'spec', 'strategy', 'type') === 'Recreate';
  return {
    ...pruneWorkload(object, {
      desired: 'spec.replicas',
      ready: 'status.readyReplicas',
      available: 'status.availableReplicas',
      updated: 'status.updatedReplicas',
      current: 'status.replicas',
    }),
    paused: flag(at(object, 'spec', 'paused')) ?? false,
    progressDeadlineSeconds:
      count(at(object, 'spec', 'progressDeadlineSeconds')) ?? 600,
    ...(!recreate && {
      maxSurge: share(at(rolling, 'maxSurge')),
      maxUnavailable: share(at(rolling, 'maxUnavailable')),
    }),
  };
}

/** An absolute number or a percentage; 25% is what an API server fills in. */
function share(value: unknown): string | number {
  return typeof value === 'string' && /^\d{1,5}%$/.test(value)
    ? value
    : count(value) ?? '25%';
}

function judge(
  record: ObjectRecord<DeploymentFields>,
  context: JudgeContext,
): Judgement {
  const { lookup } = context;
  const versions = findVersions(
    lookup.ownedBy<ReplicaSetFields>('ReplicaSet.apps', record.head.uid),
  );
  const pods =
    versions.all.length > 0
      ? versions.all.flatMap(({ head }) =>
          lookup.ownedBy<PodFields>('Pod', head.uid),
        )
      : findPodsByName(record, lookup);
  const view = viewWorkload(record, pods, {
    context,
    newest: versions.newest?.fields.hash,
  });
  return withWorkload(
    judgeScale(view) ??
      judgeFailingPods(view) ??
      judgePaused(view) ??
      judgeRollout(view) ??
      judgeShakyPods(view) ??
      judgeHealthy(view),
    view,
    { change: lastChange(versions) },
  );
}

/** Without its ReplicaSets, pods still say by name which one made them. */
function findPodsByName(
  { head, fields }: ObjectRecord<DeploymentFields>,
  lookup: RecordLookup,
): ObjectRecord<PodFields>[] {
  if (fields.current === 0) {
    return [];
  }
  const pods = [...lookup.inNamespace<PodFields>('Pod', head.namespace)];
  return pods.filter(pod => {
    const owner = controllerOf(pod.head);
    return (
      owner?.kind === 'ReplicaSet' &&
      owner.name === `${head.name}-${pod.fields.revision}`
    );
  });
}

function judgePaused(view: DeploymentView): Judgement | undefined {
  return view.fields.paused
    ? suspended('Paused', {
        message: `Its rollout is paused. ${readyText(view)}`,
        params: { ready: view.ready, desired: view.desired },
        since: findCondition(view.fields.conditions, 'Progressing')?.since,
      })
    : undefined;
}

function judgeHealthy(view: DeploymentView): Judgement {
  return healthy('Available', {
    message: readyText(view),
    params: { ready: view.ready, desired: view.desired },
    since: findCondition(view.fields.conditions, 'Available')?.since,
  });
}
