import {
  at,
  findCondition,
  formatQuantity,
  list,
  map,
  moment,
  parseQuantity,
  readConditions,
  redact,
  text,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { readClaims } from '../workloads/pruneTemplate';
import { pruneContainers } from './pruneContainers';
import { ContainerFields, PodFields, SchedulingFields } from './types';

const MAX_MESSAGE = 4_096;

const revisionLabels = ['pod-template-hash', 'controller-revision-hash'];

export function prunePod(pod: UntrustedObject): PodFields {
  const status = map(at(pod, 'status'));
  const conditions = readConditions(at(status, 'conditions'));
  const ready = findCondition(conditions, 'Ready');
  const scheduled = findCondition(conditions, 'PodScheduled');
  const node = text(at(pod, 'spec', 'nodeName'));
  const reason = text(at(status, 'reason'), 100);
  const message = text(at(status, 'message'), MAX_MESSAGE);
  const startedAt = moment(at(status, 'startTime'));
  const revision = revisionLabels
    .map(label => text(at(pod, 'metadata', 'labels', label)))
    .find(hash => hash !== undefined);
  const claims = readClaims(at(pod, 'spec', 'volumes'));
  const malformed = findMalformed(status);
  const { containers, runningSeconds } = pruneContainers(pod);
  return {
    phase: text(at(status, 'phase'), 40) ?? '',
    restartPolicy: text(at(pod, 'spec', 'restartPolicy'), 40) ?? 'Always',
    ready: ready ? ready.status === 'True' : allReady(containers),
    ...(ready?.since !== undefined && { readySeconds: ready.since / 1000 }),
    ...(startedAt !== undefined && { startedSeconds: startedAt / 1000 }),
    ...(runningSeconds !== undefined && { runningSeconds }),
    ...(node && { node }),
    ...(reason && { reason }),
    ...(message && { message: redact(message) }),
    ...(scheduled?.status === 'False' && {
      scheduling: {
        reason: scheduled.reason ?? 'Unschedulable',
        message: scheduled.message ?? '',
        ...(scheduled.since !== undefined && { since: scheduled.since }),
        requests: sumRequests(pod),
      } satisfies SchedulingFields,
    }),
    ...(list(at(pod, 'spec', 'readinessGates')).length > 0 && {
      gates: true as const,
    }),
    ...(revision && { revision }),
    ...(claims.length > 0 && { claims }),
    containers,
    ...(malformed.length > 0 && { malformed }),
  };
}

/** What the kubelet would say, for a pod whose conditions are not there. */
function allReady(containers: readonly ContainerFields[]): boolean {
  return containers.length > 0 && containers.every(({ ready }) => ready);
}

function sumRequests(pod: UntrustedObject): Record<string, string> {
  const requests: Record<string, string> = {};
  for (const resource of ['cpu', 'memory']) {
    let sum = 0;
    for (const container of list(at(pod, 'spec', 'containers'))) {
      sum +=
        parseQuantity(at(container, 'resources', 'requests', resource)) ?? 0;
    }
    if (sum > 0) {
      requests[resource] = formatQuantity(sum, resource);
    }
  }
  return requests;
}

function findMalformed(status: UntrustedObject): string[] {
  return ['conditions', 'containerStatuses', 'initContainerStatuses']
    .filter(field => {
      const value = at(status, field);
      return value !== undefined && !Array.isArray(value);
    })
    .map(field => `status.${field}`);
}
