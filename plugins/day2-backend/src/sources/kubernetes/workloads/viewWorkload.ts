import {
  JudgeContext,
  ObjectRecord,
} from '@day2ops/backstage-plugin-day2-node';
import { PodFields } from '../Pod/types';
import { judgePod } from '../pods/judgePod';
import { PodFinding } from '../pods/PodFinding';
import { WorkloadFields } from './types';

/** A workload with its pods, as its rule looks at it. */
export interface WorkloadView<F extends WorkloadFields = WorkloadFields> {
  record: ObjectRecord<F>;
  fields: F;
  now: number;
  /** Its pods, leaving and failed ones included; empty when they cannot be read. */
  findings: readonly PodFinding[];
  /** Those that count. */
  live: readonly PodFinding[];
  desired: number;
  /** Ready pods, as status and pods agree on: a watch may see one before the other. */
  ready: number;
  /** Ready pods that have not crashed again and again just before. */
  steady: number;
  /** Hash of the newest template, when known. */
  newest: string | undefined;
}

export function viewWorkload<F extends WorkloadFields>(
  record: ObjectRecord<F>,
  pods: Iterable<ObjectRecord<PodFields>>,
  options: { context: JudgeContext; newest?: string },
): WorkloadView<F> {
  const { now } = options.context;
  const { fields } = record;
  const findings = [...pods].map(pod => judgePod(pod, now));
  const live = findings.filter(finding => finding.live);
  const readyPods = live.filter(pod => pod.record.fields.ready).length;
  const looping = live.filter(pod => pod.looping).length;
  // Pods that are expected and not there cannot be read, or are not in the file.
  const visible = live.length > 0 || fields.current === 0;
  const ready = visible ? Math.min(fields.ready, readyPods) : fields.ready;
  return {
    record,
    fields,
    now,
    findings,
    live,
    desired: fields.desired,
    ready,
    steady: Math.max(0, ready - looping),
    newest: options.newest,
  };
}

/** `1 of 3 pods is ready.` */
export function readyText({ desired, ready, steady }: WorkloadView): string {
  const stays = steady < ready;
  if (desired === 1 && steady === 0) {
    return stays
      ? 'Its only pod does not stay ready.'
      : 'Its only pod is not ready.';
  }
  if (steady === 0) {
    return `None of ${desired} pods ${stays ? 'stays' : 'is'} ready.`;
  }
  const one = steady === 1;
  const [singular, plural] = stays ? ['stays', 'stay'] : ['is', 'are'];
  return `${steady} of ${desired} ${desired === 1 ? 'pod' : 'pods'} ${
    one ? singular : plural
  } ready.`;
}
