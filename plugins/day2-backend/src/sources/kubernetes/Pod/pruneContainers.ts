import {
  at,
  count,
  flag,
  list,
  map,
  moment,
  redact,
  text,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { ContainerFields, ExitFields } from './types';

const MAX_CONTAINERS = 50;
const MAX_MESSAGE = 4_096;

/**
 * The containers of a pod that say something (init containers that are done are left out), and when the first of them
 * started, in seconds since the epoch.
 */
export function pruneContainers(pod: UntrustedObject): {
  containers: ContainerFields[];
  runningSeconds: number | undefined;
} {
  const containers: ContainerFields[] = [];
  let runningAt: number | undefined;
  for (const field of ['initContainerStatuses', 'containerStatuses']) {
    const specs = list(
      at(
        pod,
        'spec',
        field.startsWith('init') ? 'initContainers' : 'containers',
      ),
      MAX_CONTAINERS,
    );
    for (const status of list(at(pod, 'status', field), MAX_CONTAINERS)) {
      const name = text(at(status, 'name'));
      if (name) {
        const spec = specs.find(entry => at(entry, 'name') === name);
        const role = roleOf(field, spec);
        const { container, startedAt } = pruneContainer({
          name,
          role,
          status,
          spec,
        });
        if (!(role === 'init' && container.exit?.code === 0)) {
          runningAt ??= startedAt;
          containers.push(startAfter(container, { startedAt, runningAt }));
        }
      }
    }
  }
  return {
    containers,
    runningSeconds: runningAt === undefined ? undefined : runningAt / 1000,
  };
}

function startAfter(
  container: ContainerFields,
  times: { startedAt: number | undefined; runningAt: number | undefined },
): ContainerFields {
  const { startedAt, runningAt } = times;
  return startedAt === undefined || runningAt === undefined
    ? container
    : { ...container, startedAfter: (startedAt - runningAt) / 1000 };
}

function roleOf(field: string, spec: unknown): ContainerFields['role'] {
  if (field === 'containerStatuses') {
    return 'container';
  }
  return at(spec, 'restartPolicy') === 'Always' ? 'sidecar' : 'init';
}

function pruneContainer(options: {
  name: string;
  role: ContainerFields['role'];
  status: unknown;
  spec: unknown;
}): { container: ContainerFields; startedAt: number | undefined } {
  const { name, role, status, spec } = options;
  const { state, detail } = readState(at(status, 'state'));
  const startedAt = moment(at(detail, 'startedAt'));
  const reason = text(at(detail, 'reason'), 100);
  const message = text(at(detail, 'message'), MAX_MESSAGE);
  const exit = state === 'terminated' ? readExit(detail) : undefined;
  const last = readExit(at(status, 'lastState', 'terminated'));
  const image = text(at(spec, 'image')) ?? text(at(status, 'image'));
  const memoryLimit = text(at(spec, 'resources', 'limits', 'memory'), 64);
  const outOfMemory =
    exit?.reason === 'OOMKilled' || last?.reason === 'OOMKilled';
  const container: ContainerFields = {
    name,
    role,
    state,
    ready: flag(at(status, 'ready')) ?? false,
    restarts: count(at(status, 'restartCount')) ?? 0,
    ...(reason && { reason }),
    ...(message && { message: redact(message) }),
    ...(exit && { exit }),
    ...(last && { last }),
    ...(image && state === 'waiting' && { image }),
    ...(memoryLimit && outOfMemory && { memoryLimit }),
  };
  return { container, startedAt };
}

function readState(value: unknown): {
  state: ContainerFields['state'];
  detail: unknown;
} {
  for (const state of ['running', 'terminated', 'waiting'] as const) {
    const detail = at(value, state);
    if (detail !== undefined) {
      return { state, detail };
    }
  }
  return { state: 'waiting', detail: undefined };
}

function readExit(value: unknown): ExitFields | undefined {
  if (Object.keys(map(value)).length === 0) {
    return undefined;
  }
  const reason = text(at(value, 'reason'), 100);
  const code = at(value, 'exitCode');
  const startedAt = moment(at(value, 'startedAt'));
  const finishedAt = moment(at(value, 'finishedAt'));
  return {
    ...(reason && { reason }),
    ...(Number.isSafeInteger(code) && { code: Number(code) }),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
  };
}
