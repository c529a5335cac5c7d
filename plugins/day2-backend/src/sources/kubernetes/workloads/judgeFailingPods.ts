import { Judgement, verdict } from '@day2ops/backstage-plugin-day2-node';
import { PodFinding } from '../pods/PodFinding';
import { readyText, WorkloadView } from './viewWorkload';

/**
 * What the pods say: critical when none serves, degraded when some do or when only the new version fails. `undefined`
 * when no pod is bad.
 */
export function judgeFailingPods(view: WorkloadView): Judgement | undefined {
  const failing = view.live.filter(finding => finding.health === 'degraded');
  const worst = mostCommon(failing);
  if (!worst) {
    return undefined;
  }
  const { newest, steady, desired, ready } = view;
  const onlyNew =
    newest !== undefined &&
    steady >= desired &&
    failing.every(({ record }) => record.fields.revision === newest);
  const serving = onlyNew
    ? `The old version still serves: ${lowerFirst(readyText(view))}`
    : readyText(view);
  return verdict(steady === 0 ? 'critical' : 'degraded', worst.reason, {
    message: `${worst.message} ${serving}`,
    params: {
      ...worst.params,
      pods: failing.length,
      ready: steady < ready ? steady : ready,
      desired,
    },
    since: earliest(failing),
  });
}

/** Serves in full, and something about it may not last. */
export function judgeShakyPods(view: WorkloadView): Judgement | undefined {
  const shaky = view.findings.filter(finding => finding.health === 'warning');
  const worst = mostCommon(shaky);
  if (!worst) {
    return undefined;
  }
  const { name } = worst.record.head;
  const stuck = worst.reason === 'StuckTerminating';
  return verdict('warning', worst.reason, {
    message: stuck
      ? `A pod does not go away. ${worst.message} ${readyText(view)}`
      : `${worst.message} ${readyText(view)}`,
    params: {
      ...worst.params,
      pod: name,
      pods: shaky.length,
      ready: view.ready,
      desired: view.desired,
    },
    since: earliest(shaky),
  });
}

function mostCommon(findings: readonly PodFinding[]): PodFinding | undefined {
  const groups = new Map<string, PodFinding[]>();
  for (const finding of findings) {
    groups.set(finding.reason, [
      ...(groups.get(finding.reason) ?? []),
      finding,
    ]);
  }
  const [largest] = [...groups.values()].sort((a, b) => b.length - a.length);
  // The one with the most restarts stands for all.
  return largest?.sort(
    (a, b) => Number(b.params.restarts ?? 0) - Number(a.params.restarts ?? 0),
  )[0];
}

function earliest(findings: readonly PodFinding[]): number | undefined {
  const times = findings
    .map(finding => finding.since)
    .filter(since => since !== undefined);
  return times.length > 0 ? Math.min(...times) : undefined;
}

function lowerFirst(text: string): string {
  return `${text[0].toLowerCase()}${text.slice(1)}`;
}
