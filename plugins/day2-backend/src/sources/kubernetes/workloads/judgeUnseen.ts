import { Judgement, verdict } from '@day2ops/backstage-plugin-day2-node';
import { readyText, WorkloadView } from './viewWorkload';

/** After this long a workload that rolls nothing out has had the time to start. */
const SETTLED_MS = 10 * 60_000;

/** When a workload must have settled whose pods cannot be looked at; `undefined` when they can, or none is missing. */
export function settledAt(view: WorkloadView): number | undefined {
  const { live, ready, desired, record } = view;
  const { createdAt } = record.head;
  return live.length > 0 || ready >= desired || createdAt === undefined
    ? undefined
    : createdAt + SETTLED_MS;
}

/**
 * Pods are missing or not ready, nothing is being rolled out, and no pod can be looked at for the reason or the time:
 * the workload's own status is all there is.
 */
export function judgeUnseen(
  view: WorkloadView,
  options: { rollingOut: boolean },
): Judgement | undefined {
  const { ready, desired, steady, now } = view;
  const dueAt = settledAt(view);
  if (options.rollingOut || dueAt === undefined || now < dueAt) {
    return undefined;
  }
  return verdict(steady === 0 ? 'critical' : 'degraded', 'NotAvailable', {
    message: `${readyText(view)} The pods themselves are not seen.`,
    params: { ready, desired },
  });
}
