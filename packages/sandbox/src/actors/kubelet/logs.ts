import type { KubernetesObject } from '../../cluster/types';
import { workloadOf } from '../behaviours';
import type { Behaviour } from '../behaviours';
import type { Fields } from '../fields';
import { millis } from '../time';
import type { ActorContext } from '../types';

/** Lines that a container at work writes, one each so many milliseconds. */
const PACE_MS = 7_000;
const MAX_LINES = 200;

interface Run {
  from: number;
  to: number;
  exitCode?: number;
  reason?: string;
}

function runOf(
  status: Fields | undefined,
  previous: boolean,
  now: number,
): Run | undefined {
  const ended = previous
    ? status?.lastState?.terminated
    : status?.state?.terminated ??
      // A container that waits for its restart still has the log of its last run.
      (status?.state?.waiting ? status?.lastState?.terminated : undefined);
  if (ended) {
    const { exitCode, reason } = ended;
    const from = millis(ended.startedAt);
    return { from, to: millis(ended.finishedAt), exitCode, reason };
  }
  const started = previous ? undefined : status?.state?.running?.startedAt;
  return started ? { from: millis(started), to: now } : undefined;
}

const ROUTES = [
  '/api/v1/tenants',
  '/api/v1/catalogs',
  '/healthz',
  '/api/v1/jobs?state=open',
  '/ready',
];

function workLine(seed: number): string {
  const route = ROUTES[seed % ROUTES.length];
  const took = 3 + (seed % 47);
  return `level=info msg="request" method=GET path="${route}" status=200 duration_ms=${took}`;
}

function lastWords(run: Run, behaviour: Behaviour): readonly string[] {
  if ('log' in behaviour && behaviour.log) return behaviour.log;
  if (run.exitCode === undefined) {
    return behaviour.as === 'unready' || behaviour.as === 'hang'
      ? ['level=warn msg="not ready" check=upstream error="connection refused"']
      : [];
  }
  if (run.exitCode === 0) return ['level=info msg="done"'];
  // A process that is killed for memory has no last words.
  if (run.exitCode === 137) return [];
  return [
    `level=error msg="cannot continue" error="dependency unavailable"`,
    `level=fatal msg="exit" code=${run.exitCode}`,
  ];
}

function linesOf(options: {
  run: Run;
  behaviour: Behaviour;
  image: string;
}): string[] {
  const { run, behaviour, image } = options;
  const at = (ms: number) =>
    `${new Date(ms).toISOString().slice(0, 23)}000000Z`;
  const lines = [`${at(run.from)} level=info msg="starting" image="${image}"`];
  const first = Math.max(run.from + PACE_MS, run.to - MAX_LINES * PACE_MS);
  const begin = Math.ceil(first / PACE_MS) * PACE_MS;
  for (let time = begin; time < run.to - 1_000; time += PACE_MS) {
    lines.push(`${at(time)} ${workLine(Math.floor(time / PACE_MS))}`);
  }
  const words = lastWords(run, behaviour);
  for (const [index, line] of words.entries()) {
    const time = Math.max(run.from, run.to - (words.length - index) * 100);
    lines.push(`${at(time)} ${line}`);
  }
  return lines;
}

/** What a container of a pod wrote in its present or its last run; undefined when there was none. */
export function readLogs(
  context: ActorContext,
  pod: KubernetesObject,
  options: { container: string; previous: boolean },
): string[] | undefined {
  const statuses: Fields[] = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ];
  const status = statuses.find(({ name }) => name === options.container);
  const run = runOf(status, options.previous, context.clock.now());
  if (!run) return undefined;
  const { namespace } = pod.metadata;
  const workload = workloadOf(pod, (kind, name) =>
    context.cache.get(kind, namespace, name),
  );
  const isFirst = pod.spec?.containers?.[0]?.name === options.container;
  return linesOf({
    run,
    behaviour: isFirst ? context.behaviours.of(workload) : { as: 'healthy' },
    image: status?.image ?? '',
  });
}
