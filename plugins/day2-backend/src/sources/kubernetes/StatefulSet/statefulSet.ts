import {
  at,
  count,
  healthy,
  JudgeContext,
  Judgement,
  KindDefinition,
  list,
  ObjectRecord,
  progressing,
  text,
  UntrustedObject,
  verdict,
} from '@day2ops/backstage-plugin-day2-node';
import { PodFields } from '../Pod/types';
import { affectedByWorkload } from '../workloads/affectedByWorkload';
import {
  judgeFailingPods,
  judgeShakyPods,
} from '../workloads/judgeFailingPods';
import { judgeScale } from '../workloads/judgeScale';
import { judgeUnseen } from '../workloads/judgeUnseen';
import { lastReadyChange } from '../workloads/lastReadyChange';
import { pruneWorkload } from '../workloads/pruneWorkload';
import { WorkloadFields } from '../workloads/types';
import {
  readyText,
  viewWorkload,
  WorkloadView,
} from '../workloads/viewWorkload';
import { withWorkload } from '../workloads/workloadEvidence';

/** How long pods may be missing without one that says why. */
const MISSING_MS = 3 * 60_000;

interface StatefulSetFields extends WorkloadFields {
  updateRevision?: string;
  currentRevision?: string;
  /** Pods below this ordinal keep the old version on purpose. */
  partition: number;
  onDelete: boolean;
}

type View = WorkloadView<StatefulSetFields>;

/** Counters and revisions: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies */
export const statefulSetKind: KindDefinition<StatefulSetFields> = {
  group: 'apps',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['Pod'],
  affects: affectedByWorkload,
};

function prune(object: UntrustedObject): StatefulSetFields {
  const strategy = at(object, 'spec', 'updateStrategy');
  const status = at(object, 'status');
  const updateRevision = text(at(status, 'updateRevision'));
  const currentRevision = text(at(status, 'currentRevision'));
  const name = text(at(object, 'metadata', 'name')) ?? '';
  const claimPrefixes = list(at(object, 'spec', 'volumeClaimTemplates'), 50)
    .map(template => text(at(template, 'metadata', 'name')))
    .filter(template => template !== undefined)
    .map(template => `${template}-${name}-`);
  return {
    ...pruneWorkload(object, {
      desired: 'spec.replicas',
      ready: 'status.readyReplicas',
      available: 'status.availableReplicas',
      updated: 'status.updatedReplicas',
      current: 'status.replicas',
    }),
    ...(claimPrefixes.length > 0 && { claimPrefixes }),
    ...(updateRevision && { updateRevision }),
    ...(currentRevision && { currentRevision }),
    partition: count(at(strategy, 'rollingUpdate', 'partition')) ?? 0,
    onDelete: at(strategy, 'type') === 'OnDelete',
  };
}

function judge(
  record: ObjectRecord<StatefulSetFields>,
  context: JudgeContext,
): Judgement {
  const pods = context.lookup.ownedBy<PodFields>('Pod', record.head.uid);
  const newest = record.fields.updateRevision;
  const view = viewWorkload(record, pods, { context, newest });
  const waiting = waitingForDeletion(view);
  return withWorkload(
    judgeScale(view) ??
      judgeFailingPods(view) ??
      judgeUnseen(view, { rollingOut: isUpdating(record.fields) }) ??
      judgeMissing(view) ??
      judgeUpdate(view) ??
      judgeShakyPods(view) ??
      healthy('Available', {
        message: waiting ? `${readyText(view)} ${waiting}` : readyText(view),
        params: { ready: view.ready, desired: view.desired },
        since: lastReadyChange(view),
      }),
    view,
  );
}

function judgeMissing(view: View): Judgement | undefined {
  const { fields, desired, ready, steady, now } = view;
  if (ready >= desired) {
    return undefined;
  }
  const params = { ready, desired };
  const since = lastReadyChange(view);
  const dueAt = since === undefined ? undefined : since + MISSING_MS;
  const starting = view.live.some(({ health }) => health === 'progressing');
  if (dueAt === undefined || now < dueAt || starting) {
    return progressing(fields.updated < desired ? 'RollingOut' : 'Starting', {
      message: `Pods are starting. ${readyText(view)}`,
      params,
      since,
      dueAt,
    });
  }
  return verdict(steady === 0 ? 'critical' : 'degraded', 'NotAvailable', {
    message: `Pods are missing: ${
      fields.current
    } of ${desired} exist. ${readyText(view)}`,
    params: { ...params, current: fields.current },
    since,
  });
}

function judgeUpdate(view: View): Judgement | undefined {
  const { fields, desired } = view;
  const { updated, partition, onDelete, available, minReadySeconds } = fields;
  const wanted = Math.max(0, desired - partition);
  if (!onDelete && updated < wanted && isUpdating(fields)) {
    return progressing('RollingOut', {
      message: `Rolls out: the new version runs in ${updated} of ${wanted} pods. ${readyText(
        view,
      )}`,
      params: { ready: view.ready, desired, updated },
    });
  }
  return minReadySeconds > 0 && available < desired
    ? progressing('Starting', {
        message: `Pods have to stay ready for ${minReadySeconds} s: ${available} of ${desired} have.`,
        params: { ready: view.ready, desired },
      })
    : undefined;
}

function isUpdating(fields: StatefulSetFields): boolean {
  return fields.updateRevision !== fields.currentRevision;
}

/** With strategy OnDelete a new version runs where somebody has deleted the pod. */
function waitingForDeletion({ fields }: View): string | undefined {
  return fields.onDelete && isUpdating(fields)
    ? 'A new version waits until pods are deleted.'
    : undefined;
}
