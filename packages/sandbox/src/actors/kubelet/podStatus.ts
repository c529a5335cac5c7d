import type { KubernetesObject } from '../../cluster/types';
import type { Condition, ConditionState } from '../conditions';
import { withCondition } from '../conditions';
import type { Fields } from '../fields';
import { quantity } from '../quantities';
import { timestamp } from '../time';
import type { ContainerRunner } from './containerRunner';

/** Where a pod stands on its node. */
export interface PodFacts {
  pod: KubernetesObject;
  now: number;
  startedAt: number;
  /** Sandbox made, volumes mounted. */
  prepared: boolean;
  initialized: boolean;
  addresses: { host: string; pod: string } | undefined;
  init: readonly ContainerRunner[];
  main: readonly ContainerRunner[];
  sidecars: ReadonlySet<string>;
}

/** `qosClass` as the API server derives it from requests and limits. */
export function qosClass(spec: Fields): string {
  const containers = [
    ...(spec.containers ?? []),
    ...(spec.initContainers ?? []),
  ];
  const fields = ['cpu', 'memory'];
  let some = false;
  let guaranteed = true;
  for (const { resources } of containers) {
    for (const field of fields) {
      const request = quantity(resources?.requests?.[field]);
      const limit = quantity(resources?.limits?.[field]);
      if (request || limit) some = true;
      if (!limit || (request && request !== limit)) guaranteed = false;
    }
  }
  if (!some) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

export function phaseOf(facts: PodFacts): string {
  const { main, init, sidecars, initialized } = facts;
  const failedInit = init.some(
    runner => !sidecars.has(runner.name) && (runner.finished() ?? 0) !== 0,
  );
  if (failedInit) return 'Failed';
  const ended = main.map(runner => runner.finished());
  if (initialized && ended.every(code => code !== undefined)) {
    return ended.every(code => code === 0) ? 'Succeeded' : 'Failed';
  }
  const began = main.some(
    runner =>
      runner.isRunning() ||
      runner.finished() !== undefined ||
      Number(runner.status().restartCount) > 0 ||
      Object.keys(runner.status().lastState ?? {}).length > 0,
  );
  return initialized && began ? 'Running' : 'Pending';
}

function readiness(facts: PodFacts, phase: string): ConditionState {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const needed = [
    ...facts.init.filter(runner => facts.sidecars.has(runner.name)),
    ...facts.main,
  ];
  const unready = needed.filter(runner => !runner.isReady());
  if (!unready.length) return { status: 'True' };
  const names = unready.map(runner => runner.name).join(' ');
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names}]`,
  };
}

function initialization(facts: PodFacts): ConditionState {
  if (facts.initialized || !facts.init.length) return { status: 'True' };
  const names = facts.init
    .filter(runner =>
      facts.sidecars.has(runner.name)
        ? !runner.isRunning()
        : runner.finished() !== 0,
    )
    .map(runner => runner.name)
    .join(' ');
  return {
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${names}]`,
  };
}

function withWaiting(status: Fields, initialized: boolean) {
  if (initialized || status.state.waiting?.reason !== 'ContainerCreating') {
    return status;
  }
  return { ...status, state: { waiting: { reason: 'PodInitializing' } } };
}

/** `PodStatus` of core/v1. */
export function podStatus(facts: PodFacts): Record<string, unknown> {
  const { pod, now, prepared, addresses } = facts;
  const phase = phaseOf(facts);
  const ready = readiness(facts, phase);
  let conditions: Condition[] = pod.status?.conditions ?? [];
  const set = (type: string, state: ConditionState) => {
    conditions = withCondition(conditions, { type, ...state }, now);
  };
  const over = phase === 'Succeeded' || phase === 'Failed';
  set('PodReadyToStartContainers', {
    status: prepared && !over ? 'True' : 'False',
  });
  set('Initialized', initialization(facts));
  set('Ready', ready);
  set('ContainersReady', ready);
  const running = prepared && addresses;
  return {
    phase,
    conditions,
    ...(addresses
      ? { hostIP: addresses.host, hostIPs: [{ ip: addresses.host }] }
      : {}),
    ...(running
      ? { podIP: addresses.pod, podIPs: [{ ip: addresses.pod }] }
      : {}),
    startTime: timestamp(facts.startedAt),
    qosClass: qosClass(pod.spec ?? {}),
    ...(facts.init.length
      ? { initContainerStatuses: facts.init.map(runner => runner.status()) }
      : {}),
    containerStatuses: facts.main.map(runner =>
      withWaiting(runner.status(), facts.initialized || !facts.init.length),
    ),
  };
}
