import { timestamp } from './time';

/** What a condition says, whatever its type. */
export interface ConditionState {
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
}

/** A condition as workload controllers write it. */
export interface Condition extends ConditionState {
  type: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  [field: string]: unknown;
}

export function findCondition(
  conditions: Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find(condition => condition.type === type);
}

export function isTrue(
  conditions: Condition[] | undefined,
  type: string,
): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/** Puts `next` in its place; the transition time moves only when the status does. */
export function withCondition(
  conditions: Condition[] | undefined,
  next: Condition,
  now: number,
): Condition[] {
  const before = findCondition(conditions, next.type);
  const lastTransitionTime =
    before?.status === next.status && before.lastTransitionTime
      ? before.lastTransitionTime
      : timestamp(now);
  const condition = { ...next, lastTransitionTime };
  if (!before) return [...(conditions ?? []), condition];
  return (conditions ?? []).map(old => (old === before ? condition : old));
}

export function withoutCondition(
  conditions: Condition[] | undefined,
  type: string,
): Condition[] {
  return (conditions ?? []).filter(condition => condition.type !== type);
}
