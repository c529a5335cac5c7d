import type { KubernetesObject } from '../../cluster/types';
import type { Condition } from '../conditions';
import type { Fields } from '../fields';
import { isActive, isReady } from '../pods';
import { quantity } from '../quantities';
import type { ActorContext } from '../types';

/** Nothing happens within 10 % of the target. */
const TOLERANCE = 0.1;
/** Scaling down waits for the highest recommendation of this window. */
const STABILIZATION_MS = 300_000;

/** What the metrics say of a workload. */
export interface Reading {
  /** Percent of the requests, over all pods. */
  utilization: number;
  /** Cores per pod. */
  average: number;
}

export function readingOf(
  context: ActorContext,
  target: KubernetesObject,
): Reading | undefined {
  const { namespace } = target.metadata;
  const load = context.behaviours.load(`${namespace}/${target.metadata.name}`);
  const containers = target.spec?.template.spec.containers ?? [];
  const request = containers.reduce(
    (sum: number, container: Fields) =>
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

export function targetPercent(
  autoscaler: KubernetesObject,
): number | undefined {
  const [metric] = autoscaler.spec?.metrics ?? [];
  return metric?.type === 'Resource' && metric.resource?.name === 'cpu'
    ? metric.resource.target?.averageUtilization
    : undefined;
}

/** How many pods there shall be, and why. */
export interface Decision {
  desired: number;
  conditions: Condition[];
}

export const condition = (
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

export function decide(options: {
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
export function rawOf(options: {
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

export type Recommendations = { at: number; replicas: number }[];

/** The highest recommendation of the window before: what keeps a scale-down waiting. */
export function stabilized(
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
