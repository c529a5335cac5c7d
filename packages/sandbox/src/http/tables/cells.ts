import { isRecord } from '../../cluster/json';
import type { Opaque } from '../../cluster/types';

/** A column of `Table`, as `kubectl get` prints it; `wide` ones only with `-o wide`. */
export interface Column {
  name: string;
  type?: 'string' | 'integer' | 'boolean' | 'date';
  format?: string;
  wide?: boolean;
  cell: (object: Opaque, now: number) => unknown;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** `HumanDuration` of k8s.io/apimachinery/pkg/util/duration. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  const two = (unit: number, small: number, names: [string, string]) => {
    const big = Math.floor(seconds / unit);
    const rest = Math.floor((seconds % unit) / small);
    return rest ? `${big}${names[0]}${rest}${names[1]}` : `${big}${names[0]}`;
  };
  if (seconds < 2 * MINUTE) return `${seconds}s`;
  if (seconds < 10 * MINUTE) return two(MINUTE, 1, ['m', 's']);
  if (seconds < 3 * HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < 8 * HOUR) return two(HOUR, MINUTE, ['h', 'm']);
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)}h`;
  if (seconds < 8 * DAY) return two(DAY, HOUR, ['d', 'h']);
  if (seconds < 2 * YEAR) return `${Math.floor(seconds / DAY)}d`;
  if (seconds < 8 * YEAR) return two(YEAR, DAY, ['y', 'd']);
  return `${Math.floor(seconds / YEAR)}y`;
}

/** How long ago a time was. */
export function since(time: unknown, now: number): string {
  const at = typeof time === 'string' ? Date.parse(time) : NaN;
  return Number.isNaN(at) ? '<unknown>' : humanDuration(now - at);
}

export function list(value: unknown): Opaque[] {
  return Array.isArray(value) ? value : [];
}

/** A `LabelSelector` as a person writes it. */
export function formatSelector(selector: unknown): string {
  if (!isRecord(selector)) return '<none>';
  const labels = isRecord(selector.matchLabels) ? selector.matchLabels : {};
  const terms = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values } of list(selector.matchExpressions)) {
    const set = `(${list(values).join(',')})`;
    if (operator === 'In') terms.push(`${key} in ${set}`);
    if (operator === 'NotIn') terms.push(`${key} notin ${set}`);
    if (operator === 'Exists') terms.push(key);
    if (operator === 'DoesNotExist') terms.push(`!${key}`);
  }
  return terms.join(',') || '<none>';
}

export const NAME: Column = {
  name: 'Name',
  format: 'name',
  cell: object => object.metadata.name,
};

export const AGE: Column = {
  name: 'Age',
  cell: (object, now) => since(object.metadata.creationTimestamp, now),
};

/** Containers, images and selector of what has a pod template. */
export function templateColumns(selector = true): Column[] {
  const containers = (object: Opaque) =>
    list(
      (object.spec?.jobTemplate?.spec ?? object.spec)?.template?.spec
        ?.containers,
    );
  const columns: Column[] = [
    {
      name: 'Containers',
      wide: true,
      cell: object =>
        containers(object)
          .map(({ name }) => name)
          .join(','),
    },
    {
      name: 'Images',
      wide: true,
      cell: object =>
        containers(object)
          .map(({ image }) => image)
          .join(','),
    },
  ];
  if (selector) {
    columns.push({
      name: 'Selector',
      wide: true,
      cell: object => formatSelector(object.spec?.selector),
    });
  }
  return columns;
}
