import {
  closeSentence,
  judgeDeletion,
  ObjectRecord,
} from '@day2ops/backstage-plugin-day2-node';
import { containerStartedAt, podStartedAt, readySince } from '../Pod/podTimes';
import { PodFields } from '../Pod/types';
import { describeScheduling } from './describeScheduling';
import { judgeContainer } from './judgeContainer';
import { ContainerFinding, PodFinding } from './PodFinding';

const MINUTE = 60_000;
/** From its start until a pod that never was ready has to be. */
const START_MS = 3 * MINUTE;
/** `Ready` changes this soon after the start only for a pod that never was ready. */
const FIRST_READY_MS = 5_000;

type Said = Pick<PodFinding, 'health' | 'reason' | 'message'> &
  Partial<PodFinding>;

const severity = { degraded: 2, warning: 1, progressing: 0 } as const;

/** Judges one pod as a part of its workload, whatever owns it. */
export function judgePod(
  record: ObjectRecord<PodFields>,
  now: number,
): PodFinding {
  const { head, fields } = record;
  const containers = findContainers(record, now);
  const worst = worstOf(containers);
  const said = judgeLeaving(record, now) ??
    judgeOver(fields, containers) ??
    judgeUnscheduled(fields) ??
    (worst?.health === 'degraded' ? fromContainer(worst) : undefined) ??
    judgeNotReady(record, { now, worst }) ??
    (worst ? fromContainer(worst) : undefined) ?? {
      health: 'healthy' as const,
      reason: 'Ready',
      message: 'Is ready.',
      steady: true,
    };
  return {
    record,
    params: {},
    steady: false,
    looping: false,
    live: true,
    since: readySince(fields) ?? podStartedAt(fields) ?? head.createdAt,
    containers,
    ...said,
  };
}

function findContainers(
  { head, fields }: ObjectRecord<PodFields>,
  now: number,
): ContainerFinding[] {
  const startedAt = podStartedAt(fields) ?? head.createdAt;
  const findings: ContainerFinding[] = [];
  for (const container of fields.containers) {
    const finding = judgeContainer(container, {
      pod: fields,
      startedAt,
      now,
    });
    if (finding) {
      findings.push(finding);
    }
  }
  return findings;
}

function worstOf(
  findings: readonly ContainerFinding[],
): ContainerFinding | undefined {
  return findings.reduce<ContainerFinding | undefined>(
    (worst, finding) =>
      !worst || severity[finding.health] > severity[worst.health]
        ? finding
        : worst,
    undefined,
  );
}

function judgeLeaving(
  { head }: ObjectRecord<PodFields>,
  now: number,
): Said | undefined {
  if (head.deletedAt === undefined) {
    return undefined;
  }
  const { health, reason, message, since, dueAt } = judgeDeletion(head, now);
  return { health, reason, message, since, dueAt, live: false };
}

function judgeOver(
  fields: PodFields,
  containers: readonly ContainerFinding[],
): Said | undefined {
  if (fields.phase === 'Succeeded') {
    return {
      health: 'healthy',
      reason: 'Completed',
      message: 'Has completed.',
      live: false,
    };
  }
  if (fields.phase !== 'Failed') {
    return undefined;
  }
  const worst = worstOf(containers);
  if (worst && !fields.reason) {
    return { ...fromContainer(worst), live: false };
  }
  const reason = fields.reason ?? 'Failed';
  const low = /low on resource: ([\w-]+)/.exec(fields.message ?? '')?.[1];
  const why = fields.message ? `: ${closeSentence(fields.message, 90)}` : '.';
  const evicted = low
    ? `Was evicted: its node had too little ${low}.`
    : `Was evicted${why}`;
  return {
    health: 'degraded',
    reason: /^[A-Z]\w{0,63}$/.test(reason) ? reason : 'Failed',
    message: reason === 'Evicted' ? evicted : `Has failed${why}`,
    live: false,
  };
}

function judgeUnscheduled(fields: PodFields): Said | undefined {
  const { scheduling } = fields;
  if (!scheduling || fields.node) {
    return undefined;
  }
  if (scheduling.reason === 'SchedulingGated') {
    return {
      health: 'progressing',
      reason: 'SchedulingGated',
      message: 'A pod waits until its scheduling gates are lifted.',
      since: scheduling.since,
    };
  }
  const { message, nodes, needs } = describeScheduling(scheduling);
  return {
    health: 'degraded',
    reason: 'Unschedulable',
    message,
    params: { ...(nodes !== undefined && { nodes }), ...(needs && { needs }) },
    since: scheduling.since,
  };
}

function fromContainer(finding: ContainerFinding): Said {
  const { health, reason, message, params, looping, dueAt } = finding;
  return {
    health,
    reason,
    message,
    params,
    dueAt,
    looping: looping ?? false,
    steady: health === 'warning',
  };
}

function judgeNotReady(
  { head, fields }: ObjectRecord<PodFields>,
  options: { now: number; worst: ContainerFinding | undefined },
): Said | undefined {
  const { now, worst } = options;
  if (fields.ready) {
    return undefined;
  }
  const unreported = fields.containers.length === 0;
  if (
    worst?.health === 'progressing' ||
    fields.phase !== 'Running' ||
    unreported
  ) {
    return worst
      ? fromContainer(worst)
      : {
          health: 'progressing',
          reason: 'Starting',
          message: 'Is being started.',
        };
  }
  const unready = fields.containers.find(
    container => container.role !== 'init' && !container.ready,
  );
  if (!unready) {
    return judgeLost(fields);
  }
  const startedAt =
    containerStartedAt(fields, unready) ??
    podStartedAt(fields) ??
    head.createdAt;
  const readyAt = readySince(fields);
  const params = { container: unready.name };
  const lostReady =
    startedAt !== undefined &&
    readyAt !== undefined &&
    readyAt > startedAt + FIRST_READY_MS;
  const dueAt = startedAt === undefined ? undefined : startedAt + START_MS;
  if (lostReady || dueAt === undefined || now >= dueAt) {
    return {
      health: 'degraded',
      reason: 'ReadinessFailing',
      message: `Container \`${unready.name}\` runs, but its readiness probe fails.`,
      params,
    };
  }
  return {
    health: 'progressing',
    reason: 'Starting',
    message: `Container \`${unready.name}\` runs and is not ready yet.`,
    params,
    dueAt,
  };
}

/** All containers were ready when last heard of, and the pod is not. */
function judgeLost(fields: PodFields): Said {
  if (fields.gates) {
    return {
      health: 'progressing',
      reason: 'ReadinessGate',
      message: 'A pod waits for a readiness gate outside its containers.',
    };
  }
  return {
    health: 'degraded',
    reason: 'NodeLost',
    message: `Node \`${
      fields.node ?? 'unknown'
    }\` has not reported on its pods.`,
    params: fields.node ? { node: fields.node } : {},
  };
}
