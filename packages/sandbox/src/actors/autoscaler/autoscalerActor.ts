import type { KubernetesObject } from '../../cluster/types';
import type { Condition } from '../conditions';
import { withCondition } from '../conditions';
import { createController, keyOf } from '../controller';
import type { Fields } from '../fields';
import { cpuText } from '../quantities';
import { timestamp } from '../time';
import type { Actor, ActorContext } from '../types';
import { writeStatus } from '../writeStatus';
import type { Reading, Recommendations } from './decide';
import {
  condition,
  decide,
  rawOf,
  readingOf,
  stabilized,
  targetPercent,
} from './decide';

const SOURCE = 'horizontal-pod-autoscaler';
/** `--horizontal-pod-autoscaler-sync-period` */
const SYNC_MS = 15_000;
function write(
  context: ActorContext,
  autoscaler: KubernetesObject,
  change: (status: Fields) => Record<string, unknown>,
) {
  const { namespace, name } = autoscaler.metadata;
  writeStatus(
    context,
    { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', namespace, name },
    object => change(object.status ?? {}),
  );
}

function withConditions(
  before: Condition[] | undefined,
  next: readonly Condition[],
  now: number,
): Condition[] {
  let conditions = before ?? [];
  for (const one of next) conditions = withCondition(conditions, one, now);
  return conditions;
}

function scaleTarget(
  context: ActorContext,
  autoscaler: KubernetesObject,
  target: KubernetesObject,
  change: { from: number; to: number },
) {
  const { namespace, name } = target.metadata;
  context.store.modify(
    { group: 'apps', kind: target.kind, namespace, name },
    object => {
      object.spec = { ...object.spec, replicas: change.to };
    },
  );
  const above = change.to > change.from;
  context.events.record({
    object: autoscaler,
    type: 'Normal',
    reason: 'SuccessfulRescale',
    message: `New size: ${change.to}; reason: ${
      above
        ? 'cpu resource utilization (percentage of request) above target'
        : 'All metrics below target'
    }`,
    source: SOURCE,
  });
}

function fail(
  context: ActorContext,
  autoscaler: KubernetesObject,
  why: Condition,
) {
  const now = context.clock.now();
  write(context, autoscaler, status => ({
    ...status,
    currentReplicas: status.currentReplicas ?? 0,
    desiredReplicas: status.desiredReplicas ?? 0,
    conditions: withConditions(status.conditions, [why], now),
  }));
  context.events.record({
    object: autoscaler,
    type: 'Warning',
    reason: why.reason ?? '',
    message: why.message ?? '',
    source: SOURCE,
  });
}

function metricOf({ utilization, average }: Reading) {
  return {
    type: 'Resource',
    resource: {
      name: 'cpu',
      current: {
        averageUtilization: utilization,
        averageValue: cpuText(average),
      },
    },
  };
}

function reconcile(
  context: ActorContext,
  autoscaler: KubernetesObject,
  recent: Recommendations,
) {
  const now = context.clock.now();
  const { namespace } = autoscaler.metadata;
  const { kind, name } = autoscaler.spec?.scaleTargetRef ?? {};
  const target = context.cache.get(kind, namespace, name);
  if (!target) {
    const message = `the HPA controller was unable to get the target's current scale: ${String(
      kind,
    ).toLowerCase()}s.apps "${name}" not found`;
    const why = condition('AbleToScale', 'False', 'FailedGetScale', message);
    fail(context, autoscaler, why);
    return;
  }
  const current = target.spec?.replicas ?? 1;
  const reading = readingOf(context, target);
  const percent = targetPercent(autoscaler);
  if (!reading || !percent) {
    const message =
      'the HPA was unable to compute the replica count: failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)';
    const reason = 'FailedGetResourceMetric';
    fail(
      context,
      autoscaler,
      condition('ScalingActive', 'False', reason, message),
    );
    return;
  }
  const raw = rawOf({ current, reading, percent });
  const recommended = stabilized(recent, raw, current, now);
  const options = { autoscaler, current, reading, percent, recommended };
  const { desired, conditions } = decide(options);
  if (desired !== current) {
    scaleTarget(context, autoscaler, target, { from: current, to: desired });
  }
  write(context, autoscaler, status => ({
    ...(desired !== current || status.lastScaleTime
      ? {
          lastScaleTime:
            desired === current ? status.lastScaleTime : timestamp(now),
        }
      : {}),
    currentReplicas: target.status?.replicas ?? 0,
    desiredReplicas: desired,
    currentMetrics: [metricOf(reading)],
    conditions: withConditions(status.conditions, conditions, now),
  }));
}

/** Scales Deployments and StatefulSets by what their workload would use. */
export function createAutoscalerActor(context: ActorContext): Actor {
  const recent = new Map<string, Recommendations>();
  const stops: (() => void)[] = [];
  const controller = createController(context, {
    name: SOURCE,
    kind: 'HorizontalPodAutoscaler',
    isWork: (current, previous) =>
      JSON.stringify(current.spec) !== JSON.stringify(previous?.spec),
    reconcile: autoscaler => {
      const uid = autoscaler.metadata.uid ?? '';
      const known = recent.get(uid) ?? [];
      recent.set(uid, known);
      reconcile(context, autoscaler, known);
      return undefined;
    },
    forget: () => {
      const list = context.cache.list('HorizontalPodAutoscaler');
      const alive = new Set(list.map(({ metadata }) => metadata.uid));
      for (const uid of [...recent.keys()]) {
        if (!alive.has(uid)) recent.delete(uid);
      }
    },
  });
  const all = () => {
    for (const object of context.cache.list('HorizontalPodAutoscaler')) {
      controller.enqueue(object);
    }
  };
  return {
    start() {
      if (stops.length) return;
      controller.start();
      stops.push(
        context.every(SYNC_MS, all),
        context.behaviours.subscribe(workload => {
          for (const object of context.cache.list('HorizontalPodAutoscaler')) {
            const { namespace } = keyOf(object);
            const { name } = object.spec?.scaleTargetRef ?? {};
            if (`${namespace}/${name}` === workload) controller.enqueue(object);
          }
        }),
      );
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      controller.stop();
    },
  };
}
