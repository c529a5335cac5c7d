import {
  at,
  closeSentence,
  Condition,
  conditionEvidence,
  count,
  degraded,
  findCondition,
  healthy,
  Judgement,
  KindDefinition,
  kindName,
  ObjectRecord,
  progressing,
  pruneStatus,
  RecordLookup,
  StatusFields,
  suspended,
  text,
  UntrustedObject,
  warning,
} from '@day2ops/backstage-plugin-day2-node';
import { MetricFields, readMetrics } from './readMetrics';

interface HpaFields extends StatusFields {
  min: number;
  max: number;
  current: number;
  desired: number;
  target: { group: string; kind: string; name: string } | undefined;
  metrics: readonly MetricFields[];
}

/** Conditions and their reasons: pkg/controller/podautoscaler/horizontal.go of Kubernetes. */
export const horizontalPodAutoscalerKind: KindDefinition<HpaFields> = {
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  versions: ['v2'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  belongsThrough,
};

function prune(object: UntrustedObject): HpaFields {
  const { conditions, malformed = [] } = pruneStatus(object);
  const wrong = [...malformed];
  const read = (path: string, fallback: number) => {
    const value = at(object, ...path.split('.'));
    const number = count(value);
    if (value !== undefined && number === undefined) {
      wrong.push(path);
    }
    return number ?? fallback;
  };
  const fields: HpaFields = {
    min: read('spec.minReplicas', 1),
    max: read('spec.maxReplicas', 0),
    current: read('status.currentReplicas', 0),
    desired: read('status.desiredReplicas', 0),
    target: readTarget(at(object, 'spec', 'scaleTargetRef')),
    metrics: readMetrics(object),
    ...(conditions && { conditions }),
  };
  return wrong.length > 0 ? { ...fields, malformed: wrong } : fields;
}

function readTarget(reference: unknown): HpaFields['target'] {
  const kind = text(at(reference, 'kind'));
  const name = text(at(reference, 'name'));
  const apiVersion = text(at(reference, 'apiVersion')) ?? '';
  const [group] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return kind && name ? { group, kind, name } : undefined;
}

function belongsThrough(
  { head, fields }: ObjectRecord<HpaFields>,
  lookup: RecordLookup,
): ObjectRecord[] {
  const { target } = fields;
  const workload =
    target && lookup.get(kindName(target), head.namespace, target.name);
  return workload ? [workload] : [];
}

function judge(record: ObjectRecord<HpaFields>): Judgement | undefined {
  const { fields } = record;
  if (!fields.conditions) {
    return undefined;
  }
  const { current, desired, min, max } = fields;
  const metrics = fields.metrics.map(metric => ({ ...metric }));
  return {
    ...(judgeConditions(fields) ?? judgeScale(fields)),
    evidence: {
      scale: { current, desired, min, max, metrics },
      conditions: conditionEvidence(fields.conditions),
    },
  };
}

function judgeConditions(fields: HpaFields): Judgement | undefined {
  const able = findCondition(fields.conditions, 'AbleToScale');
  const active = findCondition(fields.conditions, 'ScalingActive');
  // Other reasons are pauses between two scalings.
  if (able?.status === 'False' && /^Failed/.test(able.reason ?? 'Failed')) {
    return degraded('CannotScale', {
      message: `Cannot scale ${targetText(fields)}: ${detail(able)}`,
      params: { cause: able.reason ?? '' },
      since: able.since,
    });
  }
  if (active?.status === 'False' && active.reason === 'ScalingDisabled') {
    return suspended('ScalingDisabled', {
      message: `Does not scale while ${targetText(fields)} is scaled to zero.`,
      since: active.since,
    });
  }
  if (active?.status === 'False') {
    return degraded('MetricsUnavailable', {
      message: `Scales nothing, since its metrics are missing: ${detail(
        active,
      )}`,
      params: { cause: active.reason ?? '' },
      since: active.since,
    });
  }
  return undefined;
}

function judgeScale(fields: HpaFields): Judgement {
  const { current, desired, min, max } = fields;
  const params = { current, desired, min, max };
  const limited = findCondition(fields.conditions, 'ScalingLimited');
  if (
    limited?.status === 'True' &&
    limited.reason === 'TooManyReplicas' &&
    current >= max
  ) {
    return warning('AtMaximum', {
      message: `At its ceiling: runs ${current} of at most ${max} replicas and wants more${measure(
        fields,
      )}.`,
      params,
      since: limited.since,
    });
  }
  const active = findCondition(fields.conditions, 'ScalingActive');
  if (active?.status !== 'True') {
    return progressing('Starting', {
      message: 'Has not read its metrics yet.',
      params,
      since: active?.since,
    });
  }
  if (current !== desired) {
    return progressing('Scaling', {
      message: `Scales from ${current} to ${desired} replicas, at most ${max}.`,
      params,
    });
  }
  return healthy('WithinRange', {
    message: `Runs ${current} replicas, between ${min} and ${max}.`,
    params,
    since: active.since,
  });
}

function targetText({ target }: HpaFields): string {
  return target ? `${target.kind} \`${target.name}\`` : 'its target';
}

/** ` (CPU 94 %, target 70 %)` of the metric that is furthest over its target, as far as one can tell. */
function measure({ metrics }: HpaFields): string {
  const known = metrics.filter(metric => metric.current !== undefined);
  const over = known.find(
    ({ current = '', target }) =>
      current.endsWith('%') && parseInt(current, 10) > parseInt(target, 10),
  );
  const metric = over ?? known[0];
  if (!metric) {
    return '';
  }
  const name = metric.name === 'cpu' ? 'CPU' : metric.name;
  return ` (${name} ${metric.current}, target ${metric.target})`;
}

/** The last of the causes that the controller strings together says what is missing. */
function detail({ message, reason }: Condition): string {
  const cause = (message ?? reason ?? 'no reason is given')
    .replace(
      /^the HPA (?:controller )?was unable to (?:compute the replica count|get the target's current scale): /i,
      '',
    )
    .replace(/^.*metrics API: /, '');
  return closeSentence(cause, 80);
}
