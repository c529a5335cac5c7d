import type { KubernetesObject } from '../cluster/types';
import type { Condition } from './conditions';
import { withCondition } from './conditions';
import { createController, keyOf } from './controller';
import { isActive, isReady } from './pods';
import { cpuText, quantity } from './quantities';
import { timestamp } from './time';
import type { Actor, ActorContext } from './types';

const SOURCE = 'horizontal-pod-autoscaler';
/** `--horizontal-pod-autoscaler-sync-period` */
const SYNC_MS = 15_000;
/** Nothing happens within 10 % of the target. */
const TOLERANCE = 0.1;
/** Scaling down waits for the highest recommendation of this window. */
const STABILIZATION_MS = 300_000;

interface Reading {
  /** Percent of the requests, over all pods. */
  utilization: number;
  /** Cores per pod. */
  average: number;
}

function readingOf(
  context: ActorContext,
  target: KubernetesObject,
): Reading | undefined {
  const { namespace } = target.metadata;
  const load = context.behaviours.load(`${namespace}/${target.metadata.name}`);
  const containers = target.spec?.template.spec.containers ?? [];
  const request = containers.reduce(
    (sum: number, container: any) =>
      sum + quantity(container.resources?.requests?.cpu),
    0,
  );
  const labels = Object.entries<string>(
    target.spec?.selector?.matchLabels ?? {},
  );
  const pods = context.cache
    .list('Pod', namespace)
    .filter(
      pod =>
        isActive(pod) &&
        labels.every(([key, value]) => pod.metadata.labels?.[key] === value),
    );
  // A pod that is not ready uses nothing, and counts.
  if (load === undefined || !request || !pods.some(isReady)) return undefined;
  const average = load / pods.length;
  return { average, utilization: Math.round((average / request) * 100) };
}

function targetPercent(autoscaler: KubernetesObject): number | undefined {
  const [metric] = autoscaler.spec?.metrics ?? [];
  return metric?.type === 'Resource' && metric.resource?.name === 'cpu'
    ? metric.resource.target?.averageUtilization
    : undefined;
}

interface Decision {
  desired: number;
  conditions: Condition[];
}

const condition = (
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
): Condition => ({ type, status, reason, message });

function limited(wanted: number, min: number, max: number): Condition {
  if (wanted > max) {
    return condition(
      'ScalingLimited',
      'True',
      'TooManyReplicas',
      'the desired replica count is more than the maximum replica count',
    );
  }
  if (wanted < min) {
    return condition(
      'ScalingLimited',
      'True',
      'TooFewReplicas',
      'the desired replica count is less than the minimum replica count',
    );
  }
  return condition(
    'ScalingLimited',
    'False',
    'DesiredWithinRange',
    'the desired count is within the acceptable range',
  );
}

function decide(options: {
  autoscaler: KubernetesObject;
  current: number;
  reading: Reading;
  percent: number;
  recommended: number;
}): Decision {
  const { autoscaler, current, recommended } = options;
  const { minReplicas: min = 1, maxReplicas: max } = autoscaler.spec ?? {};
  const desired = Math.min(max, Math.max(min, recommended));
  const held = options.recommended > rawOf(options);
  const able = held
    ? condition(
        'AbleToScale',
        'True',
        'ScaleDownStabilized',
        'recent recommendations were higher than current one, applying the highest recent recommendation',
      )
    : condition(
        'AbleToScale',
        'True',
        'ReadyForNewScale',
        'recommended size matches current size',
      );
  const rescaled =
    desired === current
      ? able
      : condition(
          'AbleToScale',
          'True',
          'SucceededRescale',
          `the HPA controller was able to update the target scale to ${desired}`,
        );
  return {
    desired,
    conditions: [
      rescaled,
      condition(
        'ScalingActive',
        'True',
        'ValidMetricFound',
        'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
      ),
      limited(recommended, min, max),
    ],
  };
}

/** What the metric alone asks for. */
function rawOf(options: {
  current: number;
  reading: Reading;
  percent: number;
}): number {
  const { current, reading, percent } = options;
  const ratio = reading.utilization / percent;
  return Math.abs(ratio - 1) <= TOLERANCE
    ? current
    : Math.ceil(current * ratio);
}

type Recommendations = { at: number; replicas: number }[];

/** The highest recommendation of the window before: what keeps a scale-down waiting. */
function stabilized(
  recent: Recommendations,
  raw: number,
  current: number,
  now: number,
): number {
  const kept = recent.filter(({ at }) => at > now - STABILIZATION_MS);
  kept.push({ at: now, replicas: raw });
  recent.splice(0, recent.length, ...kept);
  const highest = Math.max(...kept.map(({ replicas }) => replicas));
  return raw >= current ? raw : Math.min(current, highest);
}

function write(
  context: ActorContext,
  autoscaler: KubernetesObject,
  change: (status: Record<string, any>) => Record<string, unknown>,
) {
  const { namespace, name } = autoscaler.metadata;
  context.store.modify(
    {
      group: 'autoscaling',
      kind: 'HorizontalPodAutoscaler',
      namespace,
      name,
    },
    object => {
      object.status = change(object.status ?? {});
    },
    { status: true },
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
    currentMetrics: [
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          current: {
            averageUtilization: reading.utilization,
            averageValue: cpuText(reading.average),
          },
        },
      },
    ],
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
