import { isRecord } from '../cluster/json';
import { formatTime, keyOf } from '../cluster/keys';
import { badRequest } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import type { Answer, ResourceContext } from './context';
import { existingObject } from './objects';
import { isTrue } from './requestInfo';

interface LogOptions {
  container: string;
  previous: boolean;
  timestamps: boolean;
  follow: boolean;
  tailLines?: number;
  limitBytes?: number;
  /** Milliseconds since the epoch. */
  since?: number;
}

const FOLLOW_MS = 1_000;
const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) /;

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function containersOf(pod: KubernetesObject): string[] {
  const { spec = {} } = pod;
  return [
    ...records(spec.containers),
    ...records(spec.initContainers),
    ...records(spec.ephemeralContainers),
  ].map(({ name }) => String(name));
}

function pickContainer(pod: KubernetesObject, wanted: string | null): string {
  const names = containersOf(pod);
  const { name } = pod.metadata;
  if (wanted) {
    if (names.includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  }
  const main = records(pod.spec?.containers).map(entry => String(entry.name));
  if (main.length === 1 && names.length === 1) return main[0];
  const marked =
    pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (marked && names.includes(marked)) return marked;
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${names.join(
      ' ',
    )}]`,
  );
}

function readNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
}

function readOptions(
  context: ResourceContext,
  pod: KubernetesObject,
): LogOptions {
  const { query, cluster } = context;
  const seconds = readNumber(query, 'sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const since =
    seconds === undefined
      ? Date.parse(sinceTime ?? '') || undefined
      : cluster.clock.now() - seconds * 1000;
  return {
    container: pickContainer(pod, query.get('container')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    follow: isTrue(query.get('follow')),
    tailLines: readNumber(query, 'tailLines'),
    limitBytes: readNumber(query, 'limitBytes'),
    since,
  };
}

function checkStarted(pod: KubernetesObject, options: LogOptions): void {
  const { container, previous } = options;
  const { name } = pod.metadata;
  const status = [
    ...records(pod.status?.containerStatuses),
    ...records(pod.status?.initContainerStatuses),
  ].find(entry => entry.name === container);
  const last = isRecord(status?.lastState)
    ? status.lastState.terminated
    : undefined;
  if (previous) {
    if (last) return;
    throw badRequest(
      `previous terminated container "${container}" in pod "${name}" not found`,
    );
  }
  const waiting = isRecord(status?.state) ? status.state.waiting : undefined;
  if (!pod.spec?.nodeName) {
    throw badRequest(`pod ${name} does not have a host assigned`);
  }
  if (!isRecord(waiting) || last) return;
  const why =
    waiting.reason === 'ContainerCreating' ||
    waiting.reason === 'PodInitializing'
      ? `is waiting to start: ${waiting.reason}`
      : `is waiting to start: ${waiting.message ?? waiting.reason}`;
  throw badRequest(`container "${container}" in pod "${name}" ${why}`);
}

function render(
  lines: readonly string[],
  options: LogOptions,
  now: number,
): string {
  const shown: string[] = [];
  for (const line of lines) {
    const stamp = STAMPED.exec(line);
    const old =
      options.since !== undefined &&
      stamp !== null &&
      Date.parse(stamp[1]) < options.since;
    if (old) continue;
    if (options.timestamps) {
      shown.push(stamp ? line : `${formatTime(now)} ${line}`);
    } else {
      shown.push(stamp ? line.slice(stamp[0].length) : line);
    }
  }
  const tail =
    options.tailLines === undefined
      ? shown
      : shown.slice(Math.max(0, shown.length - options.tailLines));
  const text = tail.map(line => `${line}\n`).join('');
  return options.limitBytes === undefined
    ? text
    : Buffer.from(text).subarray(0, options.limitBytes).toString('utf8');
}

function follow(
  context: ResourceContext,
  pod: KubernetesObject,
  options: LogOptions,
): void {
  const { cluster, response } = context;
  const key = keyOf(pod);
  let seen = 0;
  let first = true;
  let cancel = () => {};
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.flushHeaders();
  const pass = () => {
    const current = cluster.store.peek(key);
    const lines = current ? cluster.logs(current, options) ?? [] : [];
    // A container that started anew starts its log anew.
    if (lines.length < seen) seen = 0;
    const fresh = lines.slice(seen);
    const tail = first ? options : { ...options, tailLines: undefined };
    const text = render(fresh, tail, cluster.clock.now());
    if (text) response.write(text);
    first = false;
    seen = lines.length;
    if (!current || current.metadata.uid !== pod.metadata.uid) {
      response.end();
      return;
    }
    cancel = cluster.clock.after(FOLLOW_MS, pass);
  };
  response.once('close', () => cancel());
  pass();
}

/** `pods/log`. Streams when it follows. */
export function logs(context: ResourceContext): Answer | undefined {
  const { cluster } = context;
  const pod = existingObject(context);
  const options = readOptions(context, pod);
  checkStarted(pod, options);
  if (options.follow && !options.previous) {
    follow(context, pod, options);
    return undefined;
  }
  const lines = cluster.logs(pod, options) ?? [];
  return {
    code: 200,
    contentType: 'text/plain',
    body: render(lines, options, cluster.clock.now()),
  };
}
