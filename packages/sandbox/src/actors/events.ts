import type { Clock, KubernetesObject, ObjectStore } from '../cluster/types';
import type { Random } from '../cluster/random';
import { timestamp } from './time';
import type { Every } from './types';

/** How long an API server keeps events (`--event-ttl`). */
const EVENT_TTL_MS = 3_600_000;

/** One thing that happened to an object, as `kubectl describe` lists it. */
export interface Happening {
  object: KubernetesObject;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** The component that speaks: `kubelet`, `default-scheduler`, `deployment-controller`. */
  source: string;
  host?: string;
  /** `spec.containers{api}` */
  fieldPath?: string;
}

/** Writes core/v1 Events; what repeats raises the count of the first. */
export interface EventRecorder {
  record(happening: Happening): void;
  start(): void;
  stop(): void;
}

interface Known {
  namespace: string;
  name: string;
  last: number;
}

function identity(happening: Happening): string {
  const { object, type, reason, message, source, fieldPath } = happening;
  return [
    object.metadata.uid,
    type,
    reason,
    message,
    source,
    fieldPath ?? '',
  ].join(' ');
}

function toEvent(happening: Happening, name: string, at: string) {
  const { object, type, reason, message, source, host, fieldPath } = happening;
  const namespace = object.metadata.namespace ?? 'default';
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      apiVersion: object.apiVersion,
      kind: object.kind,
      name: object.metadata.name,
      ...(object.metadata.namespace ? { namespace } : {}),
      uid: object.metadata.uid,
      ...(fieldPath ? { fieldPath } : {}),
    },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: at,
    lastTimestamp: at,
    eventTime: null,
    reportingComponent: source,
    reportingInstance: host ?? '',
    source: { component: source, ...(host ? { host } : {}) },
  } satisfies KubernetesObject;
}

/** `notBefore`: events older than this would have expired by the time anybody looks, and are not written. */
export function createEventRecorder(options: {
  store: ObjectStore;
  clock: Clock;
  every: Every;
  random: Random;
  notBefore?: number;
}): EventRecorder {
  const { store, clock, random } = options;
  const known = new Map<string, Known>();
  let stop: (() => void) | undefined;

  const expire = () => {
    const limit = clock.now() - EVENT_TTL_MS;
    for (const [id, { namespace, name, last }] of known) {
      if (last >= limit) continue;
      known.delete(id);
      store.delete(
        { group: '', kind: 'Event', namespace, name },
        { gracePeriodSeconds: 0 },
      );
    }
  };

  return {
    record(happening) {
      const now = clock.now();
      if (now < (options.notBefore ?? 0)) return;
      const id = identity(happening);
      const earlier = known.get(id);
      const at = timestamp(now);
      if (earlier) {
        earlier.last = now;
        const { namespace, name } = earlier;
        store.modify({ group: '', kind: 'Event', namespace, name }, event => {
          event.count += 1;
          event.lastTimestamp = at;
        });
        return;
      }
      const namespace = happening.object.metadata.namespace ?? 'default';
      const name = `${happening.object.metadata.name}.18${random
        .uuid()
        .replace(/-/g, '')
        .slice(0, 14)}`;
      known.set(id, { namespace, name, last: now });
      store.create(toEvent(happening, name, at));
    },
    start() {
      stop ??= options.every(60_000, expire);
    },
    stop() {
      stop?.();
      stop = undefined;
    },
  };
}
