import type { Column } from './cells';
import { AGE, list, NAME, since } from './cells';
import type { Opaque } from '../../cluster/types';

function waitingOrTerminated(state: Opaque): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  const { terminated } = state ?? {};
  if (!terminated) return undefined;
  if (terminated.reason) return terminated.reason;
  return terminated.signal
    ? `Signal:${terminated.signal}`
    : `ExitCode:${terminated.exitCode}`;
}

function initReason(pod: Opaque): string | undefined {
  const specs = list(pod.spec?.initContainers);
  const statuses = list(pod.status?.initContainerStatuses);
  for (const [index, status] of statuses.entries()) {
    const sidecar =
      specs.find(({ name }) => name === status.name)?.restartPolicy ===
      'Always';
    if (status.state?.terminated?.exitCode === 0) continue;
    if (sidecar && status.started) continue;
    const { terminated, waiting } = status.state ?? {};
    if (terminated) return `Init:${waitingOrTerminated(status.state)}`;
    if (waiting?.reason && waiting.reason !== 'PodInitializing') {
      return `Init:${waiting.reason}`;
    }
    return `Init:${index}/${specs.length}`;
  }
  return undefined;
}

function isReady(pod: Opaque): boolean {
  return list(pod.status?.conditions).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
}

/** What `kubectl get pods` has under STATUS (k8s.io/kubernetes/pkg/printers/internalversion). */
export function podStatus(pod: Opaque): string {
  let reason: string = pod.status?.reason || pod.status?.phase || '';
  const gated = list(pod.status?.conditions).some(
    condition =>
      condition.type === 'PodScheduled' &&
      condition.reason === 'SchedulingGated',
  );
  if (gated) reason = 'SchedulingGated';
  const init = initReason(pod);
  if (init) {
    reason = init;
  } else {
    let running = false;
    for (const status of list(pod.status?.containerStatuses).reverse()) {
      reason = waitingOrTerminated(status.state) ?? reason;
      if (status.ready && status.state?.running) running = true;
    }
    if (reason === 'Completed' && running) {
      reason = isReady(pod) ? 'Running' : 'NotReady';
    }
  }
  if (!pod.metadata.deletionTimestamp) return reason;
  return pod.status?.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
}

function isSidecar(pod: Opaque, name: string): boolean {
  return list(pod.spec?.initContainers).some(
    container =>
      container.name === name && container.restartPolicy === 'Always',
  );
}

function counted(pod: Opaque): Opaque[] {
  return [
    ...list(pod.status?.initContainerStatuses).filter(({ name }) =>
      isSidecar(pod, name),
    ),
    ...list(pod.status?.containerStatuses),
  ];
}

function ready(pod: Opaque): string {
  const sidecars = list(pod.spec?.initContainers).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const total = list(pod.spec?.containers).length + sidecars.length;
  const up = counted(pod).filter(status => status.ready).length;
  return `${up}/${total}`;
}

function restarts(pod: Opaque, now: number): string {
  const statuses = initReason(pod)
    ? list(pod.status?.initContainerStatuses)
    : counted(pod);
  let count = 0;
  let last = '';
  for (const status of statuses) {
    count += status.restartCount ?? 0;
    const finished = status.lastState?.terminated?.finishedAt ?? '';
    if (finished > last) last = finished;
  }
  return count && last ? `${count} (${since(last, now)} ago)` : String(count);
}

const wide = (name: string, value: (pod: Opaque) => unknown): Column => ({
  name,
  wide: true,
  cell: pod => value(pod) || '<none>',
});

export const podColumns: Column[] = [
  NAME,
  { name: 'Ready', cell: ready },
  { name: 'Status', cell: podStatus },
  { name: 'Restarts', cell: restarts },
  AGE,
  wide('IP', pod => pod.status?.podIP),
  wide('Node', pod => pod.spec?.nodeName),
  wide('Nominated Node', pod => pod.status?.nominatedNodeName),
  wide('Readiness Gates', pod => {
    const gates = list(pod.spec?.readinessGates);
    const passed = gates.filter(({ conditionType }) =>
      list(pod.status?.conditions).some(
        ({ type, status }) => type === conditionType && status === 'True',
      ),
    );
    return gates.length ? `${passed.length}/${gates.length}` : '';
  }),
];
