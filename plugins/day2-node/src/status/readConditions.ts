import { ConditionEvidence } from '@day2ops/backstage-plugin-day2-common';
import { at, list, moment, text } from '../records/read';
import { readGeneration } from './readGeneration';
import { redact } from './redact';

const MAX_CONDITIONS = 50;

/**
 * A condition as controllers write it, its message redacted.
 *
 * @public
 */
export interface Condition {
  type: string;
  /** `True`, `False` or `Unknown`; anything else is kept as it is and means nothing good. */
  status: string;
  reason?: string;
  message?: string;
  /** `lastTransitionTime`, ms since the epoch. */
  since?: number;
  observedGeneration?: number;
}

/**
 * The conditions of a status; `undefined` when there are none. At most 50: `tooManyConditions` says whether there are
 * more, which nobody can judge.
 *
 * @public
 */
export function readConditions(value: unknown): Condition[] | undefined {
  const conditions: Condition[] = [];
  for (const entry of list(value, MAX_CONDITIONS)) {
    const type = text(at(entry, 'type'));
    const status = text(at(entry, 'status'));
    if (type && status) {
      conditions.push(readCondition(entry, { type, status }));
    }
  }
  return conditions.length > 0 ? conditions : undefined;
}

/** @public */
export function tooManyConditions(value: unknown): boolean {
  return Array.isArray(value) && value.length > MAX_CONDITIONS;
}

function readCondition(
  entry: unknown,
  condition: { type: string; status: string },
): Condition {
  const reason = text(at(entry, 'reason'));
  const message = text(at(entry, 'message'), 4_096);
  const since = moment(at(entry, 'lastTransitionTime'));
  const observedGeneration = readGeneration(at(entry, 'observedGeneration'));
  return {
    ...condition,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message: redact(message) }),
    ...(since !== undefined && { since }),
    ...(observedGeneration !== undefined && { observedGeneration }),
  };
}

/** @public */
export function findCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find(condition => condition.type === type);
}

/** @public */
export function conditionEvidence(
  conditions: readonly Condition[] | undefined,
): ConditionEvidence[] | undefined {
  return conditions?.map(({ type, status, reason, message, since }) => ({
    type,
    status,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
    ...(since !== undefined && {
      lastTransitionTime: new Date(since).toISOString(),
    }),
  }));
}
