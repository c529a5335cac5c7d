import {
  findCondition,
  Judgement,
  progressing,
  verdict,
} from '@day2ops/backstage-plugin-day2-node';
import { judgeRefused } from '../workloads/judgeRefused';
import { judgeUnseen } from '../workloads/judgeUnseen';
import { readyText } from '../workloads/viewWorkload';
import { DeploymentView } from './types';

/** How long a Deployment may have too few available pods without a word from its pods. */
const AVAILABLE_MS = 3 * 60_000;

/** What the Deployment's own status says of a rollout that hangs, is refused, or is under way. */
export function judgeRollout(view: DeploymentView): Judgement | undefined {
  return (
    judgeRefused(view) ??
    judgeHung(view) ??
    judgeUnavailable(view) ??
    judgeUnseen(view, { rollingOut: underWay(view) || !isDone(view) }) ??
    judgeUnderWay(view)
  );
}

function judgeHung(view: DeploymentView): Judgement | undefined {
  const { fields, desired } = view;
  const condition = findCondition(fields.conditions, 'Progressing');
  if (
    condition?.status !== 'False' ||
    condition.reason !== 'ProgressDeadlineExceeded'
  ) {
    return undefined;
  }
  return verdict(worstFor(view), 'ProgressDeadlineExceeded', {
    message: `Rollout hangs: the new version runs in ${
      fields.updated
    } of ${desired} pods after ${fields.progressDeadlineSeconds} s. ${readyText(
      view,
    )}`,
    params: {
      ...params(view),
      updated: fields.updated,
      deadline: fields.progressDeadlineSeconds,
    },
    since: condition.since,
  });
}

/** `Available` is False long after the pods had time to become so, whatever the deadline of the rollout. */
function judgeUnavailable(view: DeploymentView): Judgement | undefined {
  const { fields, now } = view;
  const available = findCondition(fields.conditions, 'Available');
  if (available?.status !== 'False') {
    return undefined;
  }
  const since = available.since ?? view.record.head.createdAt;
  if (since === undefined) {
    return undefined;
  }
  const dueAt = since + fields.minReadySeconds * 1_000 + AVAILABLE_MS;
  const text = { params: params(view), since };
  const starting = view.live.find(({ health }) => health === 'progressing');
  return now >= dueAt
    ? verdict(worstFor(view), 'NotAvailable', {
        ...text,
        message: `Too few pods are available: ${fields.available} of ${
          fields.desired
        }.${starting ? ` ${starting.message}` : ''}`,
      })
    : progressing(underWay(view) ? 'RollingOut' : 'Starting', {
        ...text,
        message: `Pods are starting. ${readyText(view)}`,
        dueAt,
      });
}

function judgeUnderWay(view: DeploymentView): Judgement | undefined {
  const { fields, desired, ready } = view;
  const since = findCondition(fields.conditions, 'Progressing')?.since;
  if (underWay(view)) {
    return progressing('RollingOut', {
      message: `Rolls out: the new version runs in ${
        fields.updated
      } of ${desired} pods. ${readyText(view)}`,
      params: { ...params(view), updated: fields.updated },
      since,
    });
  }
  if (ready < desired || fields.available < desired) {
    return progressing('Starting', {
      message: `Pods are starting. ${readyText(view)}`,
      params: params(view),
    });
  }
  return undefined;
}

/** As `kubectl rollout status` asks. */
function underWay({ fields, desired }: DeploymentView): boolean {
  return fields.updated < desired || fields.current > fields.updated;
}

/** The controller has seen the newest version through. */
function isDone({ fields }: DeploymentView): boolean {
  const { reason } = findCondition(fields.conditions, 'Progressing') ?? {};
  return reason === 'NewReplicaSetAvailable';
}

function worstFor({ steady }: DeploymentView): 'critical' | 'degraded' {
  return steady === 0 ? 'critical' : 'degraded';
}

function params({ ready, desired }: DeploymentView) {
  return { ready, desired };
}
