import { at, list, text, texts } from '@day2ops/backstage-plugin-day2-node';

interface Requirement {
  key: string;
  operator: string;
  values: readonly string[];
}

/** A label selector as objects carry it. */
export interface LabelSelector {
  labels: Readonly<Record<string, string>>;
  expressions: readonly Requirement[];
}

export function readSelector(value: unknown): LabelSelector {
  const expressions: Requirement[] = [];
  for (const entry of list(at(value, 'matchExpressions'), 50)) {
    expressions.push({
      key: text(at(entry, 'key'), 320) ?? '',
      operator: text(at(entry, 'operator'), 20) ?? '',
      values: list(at(entry, 'values'), 100)
        .map(item => text(item))
        .filter(item => item !== undefined),
    });
  }
  return { labels: texts(at(value, 'matchLabels')), expressions };
}

/**
 * Whether labels match. An empty selector matches nothing here: what selects a whole namespace says nothing about whom
 * it belongs to.
 */
export function matches(
  selector: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector.labels);
  if (wanted.length + selector.expressions.length === 0) {
    return false;
  }
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    selector.expressions.every(requirement => holds(requirement, labels))
  );
}

function holds(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
