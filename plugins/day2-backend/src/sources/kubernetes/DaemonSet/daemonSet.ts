import {
  at,
  healthy,
  JudgeContext,
  Judgement,
  KindDefinition,
  ObjectRecord,
  progressing,
  suspended,
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

interface DaemonSetFields extends WorkloadFields {
  onDelete: boolean;
}

type View = WorkloadView<DaemonSetFields>;

/** Counters: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/daemon-set-v1/#DaemonSetStatus */
export const daemonSetKind: KindDefinition<DaemonSetFields> = {
  group: 'apps',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['Pod'],
  affects: affectedByWorkload,
};

function prune(object: UntrustedObject): DaemonSetFields {
  return {
    ...pruneWorkload(object, {
      desired: 'status.desiredNumberScheduled',
      ready: 'status.numberReady',
      available: 'status.numberAvailable',
      updated: 'status.updatedNumberScheduled',
      current: 'status.currentNumberScheduled',
    }),
    onDelete: at(object, 'spec', 'updateStrategy', 'type') === 'OnDelete',
  };
}

function judge(
  record: ObjectRecord<DaemonSetFields>,
  context: JudgeContext,
): Judgement {
  const pods = [...context.lookup.ownedBy<PodFields>('Pod', record.head.uid)];
  const view = viewWorkload(record, pods, {
    context,
    newest: newestRevision(pods),
  });
  return withWorkload(
    judgeNoNodes(view) ??
      judgeScale(view) ??
      judgeFailingPods(view) ??
      judgeUpdate(view) ??
      judgeUnseen(view, { rollingOut: false }) ??
      judgeMissing(view) ??
      judgeShakyPods(view) ??
      healthy('Available', {
        message: readyText(view),
        params: { ready: view.ready, desired: view.desired },
        since: lastReadyChange(view),
      }),
    view,
  );
}

/** The revision of the youngest pod: a DaemonSet's status does not name its own. */
function newestRevision(
  pods: readonly ObjectRecord<PodFields>[],
): string | undefined {
  const [youngest] = [...pods].sort(
    (a, b) => (b.head.createdAt ?? 0) - (a.head.createdAt ?? 0),
  );
  return youngest?.fields.revision;
}

function judgeNoNodes({ fields }: View): Judgement | undefined {
  return fields.hasStatus && fields.desired === 0 && fields.current === 0
    ? suspended('NoMatchingNodes', {
        message: 'No node matches: no pod is meant to run.',
      })
    : undefined;
}

function judgeUpdate(view: View): Judgement | undefined {
  const { fields, desired, ready } = view;
  return !fields.onDelete && fields.updated < desired
    ? progressing('RollingOut', {
        message: `Rolls out: the new version runs in ${
          fields.updated
        } of ${desired} pods. ${readyText(view)}`,
        params: { ready, desired, updated: fields.updated },
      })
    : undefined;
}

function judgeMissing(view: View): Judgement | undefined {
  const { fields, desired, ready, steady, now } = view;
  if (ready >= desired && fields.available >= desired) {
    return undefined;
  }
  const params = { ready, desired };
  const since = lastReadyChange(view);
  const dueAt =
    since === undefined
      ? undefined
      : since + MISSING_MS + fields.minReadySeconds * 1_000;
  const starting = view.live.some(({ health }) => health === 'progressing');
  if (dueAt === undefined || now < dueAt || starting) {
    return progressing('Starting', {
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
