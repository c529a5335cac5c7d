import {
  at,
  list,
  map,
  text,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';

const MAX_METRICS = 10;

export interface MetricFields {
  name: string;
  target: string;
  current?: string;
}

const sections = [
  'resource',
  'containerResource',
  'pods',
  'object',
  'external',
] as const;

/** What it scales by, with target and current value in one unit. */
export function readMetrics(object: UntrustedObject): MetricFields[] {
  const current = list(at(object, 'status', 'currentMetrics'), MAX_METRICS).map(
    metric => readValue(metric, 'current'),
  );
  const metrics: MetricFields[] = [];
  for (const metric of list(at(object, 'spec', 'metrics'), MAX_METRICS)) {
    const { name, value } = readValue(metric, 'target');
    const now = current.find(entry => entry.name === name)?.value;
    if (name && value) {
      metrics.push({ name, target: value, ...(now && { current: now }) });
    }
  }
  return metrics;
}

function readValue(
  metric: unknown,
  key: 'target' | 'current',
): { name: string; value: string | undefined } {
  const section = sections.find(
    name => Object.keys(map(at(metric, name))).length > 0,
  );
  const details = section ? at(metric, section) : undefined;
  const value = at(details, key);
  const utilization = at(value, 'averageUtilization');
  const container = text(at(details, 'container'));
  const name =
    text(at(details, 'name')) ?? text(at(details, 'metric', 'name')) ?? '';
  return {
    name: container ? `${name} of ${container}` : name,
    value:
      typeof utilization === 'number'
        ? `${utilization} %`
        : text(at(value, 'averageValue'), 64) ?? text(at(value, 'value'), 64),
  };
}
