import { Params } from '@day2ops/backstage-plugin-day2-common';
import {
  closeSentence,
  formatMoment,
  shorten,
} from '@day2ops/backstage-plugin-day2-node';
import { containerStartedAt } from '../Pod/podTimes';
import { ContainerFields, ExitFields, PodFields } from '../Pod/types';
import { imageLabel } from '../workloads/pruneTemplate';
import { ContainerFinding } from './PodFinding';

const MINUTE = 60_000;
/** A container that ran this long has left its crash loop: the kubelet resets its back-off after the same time. */
const STEADY_MS = 10 * MINUTE;
/** Volumes, network and a large image may take this long. */
const CREATING_MS = 5 * MINUTE;

const imageReasons =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|RegistryUnavailable|ImageInspectError|SignatureValidationFailed)$/;
const creationReasons = /(Error|Err\w*|CannotRun|BackOff)$/;

const exitMeanings: Readonly<Record<number, string>> = {
  126: 'command cannot be run',
  127: 'command not found',
  134: 'aborted',
  137: 'killed',
  139: 'segmentation fault',
  143: 'terminated',
};

/** What a container's verdict depends on besides itself. */
interface ContainerContext {
  pod: PodFields;
  /** When the kubelet took the pod. */
  startedAt: number | undefined;
  now: number;
}

/** Judges one container of a pod; `undefined` when nothing is wrong with it. */
export function judgeContainer(
  container: ContainerFields,
  context: ContainerContext,
): ContainerFinding | undefined {
  if (container.state === 'waiting') {
    return judgeWaiting(container, context);
  }
  if (container.state === 'terminated') {
    return judgeEnded(container, context);
  }
  return judgeRunning(container, context);
}

function judgeWaiting(
  container: ContainerFields,
  { startedAt, now }: ContainerContext,
): ContainerFinding | undefined {
  const { name, reason = '', last } = container;
  if (reason === 'CrashLoopBackOff') {
    return crash(container, last ?? {});
  }
  if (imageReasons.test(reason)) {
    return imageFinding(container);
  }
  if (creationReasons.test(reason)) {
    return {
      container,
      health: 'degraded',
      reason: 'CreateContainerError',
      message: `${title(container)} cannot be created${detail(container)}`,
      params: { container: name, cause: reason },
    };
  }
  if (last && isCrash(last)) {
    return crash(container, last);
  }
  if (reason === 'PodInitializing') {
    return undefined;
  }
  const dueAt = startedAt === undefined ? undefined : startedAt + CREATING_MS;
  return dueAt !== undefined && now >= dueAt
    ? {
        container,
        health: 'degraded',
        reason: 'ContainerCreating',
        message: `${title(
          container,
        )} is still not created after 5 min: volumes, network or image are missing.`,
        params: { container: name },
      }
    : {
        container,
        health: 'progressing',
        reason: 'Starting',
        message: `${title(container)} is being created.`,
        params: { container: name },
        dueAt,
      };
}

function judgeEnded(
  container: ContainerFields,
  { pod }: ContainerContext,
): ContainerFinding | undefined {
  const exit = container.exit ?? {};
  const restarts = pod.restartPolicy === 'Always' && container.role !== 'init';
  if (!isCrash(exit) && !(restarts && pod.phase === 'Running')) {
    return undefined;
  }
  return crash(container, exit);
}

function judgeRunning(
  container: ContainerFields,
  { pod, now }: ContainerContext,
): ContainerFinding | undefined {
  const { last, restarts, name } = container;
  const startedAt = containerStartedAt(pod, container);
  if (!last || startedAt === undefined) {
    return undefined;
  }
  const loops = restarts >= 2 && ranFor(last) < STEADY_MS;
  // What is meant to run for ever and ends well again and again does not run either.
  const endless = pod.restartPolicy === 'Always' && container.role !== 'init';
  if (!isCrash(last) && !(loops && endless)) {
    return undefined;
  }
  const dueAt = startedAt + (loops ? outliving(last) : STEADY_MS);
  if (now >= dueAt) {
    return undefined;
  }
  if (loops) {
    return { ...crash(container, last), looping: true, dueAt };
  }
  const at = last.finishedAt ?? startedAt;
  return {
    container,
    health: 'warning',
    reason: 'Restarted',
    message: `${title(container)} was started again after ${exitText(
      last,
    )} at ${formatMoment(at)}.`,
    params: { container: name, restarts, ...exitParams(last) },
    dueAt,
  };
}

/**
 * How long a run must last to be believed after a loop: three times the run before, at least a minute. The kubelet
 * itself forgets its back-off after ten minutes.
 */
function outliving(last: ExitFields): number {
  return Math.min(STEADY_MS, Math.max(MINUTE, 3 * ranFor(last)));
}

/** How long the run before lasted; unknown counts as short. */
function ranFor({ startedAt, finishedAt }: ExitFields): number {
  return startedAt === undefined || finishedAt === undefined
    ? 0
    : finishedAt - startedAt;
}

function isCrash({ code, reason }: ExitFields): boolean {
  return (code !== undefined && code !== 0) || reason === 'OOMKilled';
}

function crash(container: ContainerFields, exit: ExitFields): ContainerFinding {
  const { name, restarts, memoryLimit } = container;
  const params: Params = { container: name, restarts, ...exitParams(exit) };
  const times = restartsText(restarts);
  if (exit.reason === 'OOMKilled') {
    const limit = memoryLimit
      ? `at its limit of ${memoryLimit}`
      : 'without a limit of its own';
    return {
      container,
      health: 'degraded',
      reason: 'OOMKilled',
      message: `${title(
        container,
      )} runs out of memory: OOM-killed ${limit}${times}.`,
      params: memoryLimit ? { ...params, limit: memoryLimit } : params,
    };
  }
  const again = restarts > 0;
  return {
    container,
    health: 'degraded',
    reason: again ? 'CrashLoopBackOff' : 'ContainerExited',
    message: again
      ? `${title(container)} ends again and again: ${exitText(exit)}${times}.`
      : `${title(container)} has ended: ${exitText(exit)}.`,
    params,
  };
}

/** `, 7 restarts`, or nothing. */
function restartsText(restarts: number): string {
  if (restarts === 0) {
    return '';
  }
  return restarts === 1 ? ', 1 restart' : `, ${restarts} restarts`;
}

function exitText({ code, reason }: ExitFields): string {
  if (reason === 'OOMKilled') {
    return 'an OOM kill';
  }
  if (code === undefined) {
    return 'an unknown exit';
  }
  const meaning = exitMeanings[code];
  return meaning ? `exit code ${code} (${meaning})` : `exit code ${code}`;
}

function exitParams({ code }: ExitFields): Params {
  return code === undefined ? {} : { exitCode: code };
}

function imageFinding(container: ContainerFields): ContainerFinding {
  const { name, message = '', reason = '' } = container;
  const image = container.image ?? '';
  const why = imageCause(message, reason);
  return {
    container,
    health: 'degraded',
    reason: 'ImagePullBackOff',
    message: `Image \`${shorten(imageLabel(image), 60)}\` of ${titleLower(
      container,
    )} cannot be pulled${why ? `: ${why}` : ''}.`,
    params: { container: name, image, cause: reason },
  };
}

function imageCause(message: string, reason: string): string | undefined {
  if (reason === 'InvalidImageName') {
    return 'its name is invalid';
  }
  if (/not found|manifest unknown|does not exist|no such/i.test(message)) {
    return 'the registry does not have it';
  }
  if (/unauthorized|denied|forbidden|authentication|401|403/i.test(message)) {
    return 'the registry refuses access';
  }
  return /timeout|no such host|connection refused|unreachable|429/i.test(
    message,
  )
    ? 'the registry does not answer'
    : undefined;
}

function detail({ message }: ContainerFields): string {
  return message ? `: ${closeSentence(message, 70)}` : '.';
}

function title(container: ContainerFields): string {
  const text = titleLower(container);
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}

function titleLower({ role, name }: ContainerFields): string {
  const what = {
    container: 'container',
    init: 'init container',
    sidecar: 'sidecar',
  };
  return `${what[role]} \`${name}\``;
}
