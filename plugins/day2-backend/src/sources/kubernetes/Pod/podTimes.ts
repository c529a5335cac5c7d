import { ContainerFields, PodFields } from './types';

/** When `Ready` last changed, in ms since the epoch. */
export function readySince(pod: PodFields): number | undefined {
  return toMoment(pod.readySeconds);
}

/** When the kubelet took the pod, in ms since the epoch. */
export function podStartedAt(pod: PodFields): number | undefined {
  return toMoment(pod.startedSeconds);
}

/** When a container started, in ms since the epoch. */
export function containerStartedAt(
  pod: PodFields,
  { startedAfter }: ContainerFields,
): number | undefined {
  const { runningSeconds } = pod;
  return runningSeconds === undefined || startedAfter === undefined
    ? undefined
    : toMoment(runningSeconds + startedAfter);
}

function toMoment(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
