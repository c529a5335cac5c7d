import {
  ContainerEvidence,
  Evidence,
  Health,
  healthRank,
  PodEvidence,
} from '@day2ops/backstage-plugin-day2-common';
import { isoMoment } from '@day2ops/backstage-plugin-day2-node';
import { containerStartedAt } from '../Pod/podTimes';
import { ContainerFields, ExitFields } from '../Pod/types';
import { PodFinding } from './PodFinding';

const MAX_PODS = 20;
/** A page needs the containers of the pods that it opens first. */
const MAX_CONTAINERS = 8;

/** The worst pods first, and how many there are of each health. */
export function podEvidence(
  findings: readonly PodFinding[],
  desired?: number,
): NonNullable<Evidence['pods']> {
  const counts: Partial<Record<Health, number>> = {};
  for (const { health } of findings) {
    counts[health] = (counts[health] ?? 0) + 1;
  }
  const worst = [...findings]
    .sort(
      (a, b) =>
        healthRank(b.health) - healthRank(a.health) ||
        (a.record.head.name < b.record.head.name ? -1 : 1),
    )
    .slice(0, MAX_PODS);
  return {
    total: findings.length,
    ready: findings.filter(({ record }) => record.fields.ready).length,
    ...(desired !== undefined && { desired }),
    counts,
    worst: worst.map(onePod),
  };
}

function onePod(finding: PodFinding): PodEvidence {
  const { record, health, reason, message } = finding;
  const { name } = record.head;
  const { node, containers } = record.fields;
  return {
    name,
    ...(node && { node }),
    health,
    reason,
    message,
    containers: containers
      .slice(0, MAX_CONTAINERS)
      .map(container => oneContainer(container, finding)),
  };
}

function oneContainer(
  container: ContainerFields,
  finding: PodFinding,
): ContainerEvidence {
  const { name, role, state, reason, message, ready, restarts } = container;
  const found = finding.containers.find(entry => entry.container === container);
  const fallback = state === 'running' && ready ? 'healthy' : 'progressing';
  const startedAt = isoMoment(
    containerStartedAt(finding.record.fields, container),
  );
  const lastExit = exitEvidence(container.exit ?? container.last);
  return {
    name,
    role,
    health: found?.health ?? (finding.live ? fallback : finding.health),
    state,
    ...(reason && { reason }),
    ...(message && { message }),
    ready,
    ...(startedAt && { startedAt }),
    restarts,
    ...(lastExit && { lastExit }),
  };
}

function exitEvidence(
  exit: ExitFields | undefined,
): ContainerEvidence['lastExit'] {
  if (!exit) {
    return undefined;
  }
  const startedAt = isoMoment(exit.startedAt);
  const finishedAt = isoMoment(exit.finishedAt);
  return {
    ...(exit.reason && { reason: exit.reason }),
    ...(exit.code !== undefined && { code: exit.code }),
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
  };
}
