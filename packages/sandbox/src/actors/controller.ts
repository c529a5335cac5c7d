import { StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import type { CacheListener } from './cache';
import type { Actor, ActorContext } from './types';

/** How long a change waits before it is acted on, so that a burst of them is one piece of work. */
const SETTLE_MS = 40;

/** Namespace and name, as controllers key their work. */
export interface Key {
  namespace: string | undefined;
  name: string;
}

/** A reconcile loop for one kind. */
export interface ControllerOptions {
  name: string;
  /** The kind that is reconciled; its own changes are always work. */
  kind: string;
  /** Which changes of an object of `kind` are work; all of them by default. */
  isWork?: (current: KubernetesObject, previous?: KubernetesObject) => boolean;
  /** Which objects of `kind` a change of another kind concerns. */
  related?: (
    object: KubernetesObject,
    kind: string,
  ) => Iterable<Key | undefined>;
  /** Brings one object closer to its spec; a number asks to be called again after so many milliseconds. */
  reconcile(object: KubernetesObject): number | undefined;
  /** The object is gone. */
  forget?(key: Key): void;
}

const textOf = (key: Key) => `${key.namespace ?? ''}/${key.name}`;

/** `enqueue` asks for work on an object that did not change itself. */
export interface Controller extends Actor {
  enqueue(object: KubernetesObject): void;
}

/** Work is queued per object: one entry at a time, the earliest due time wins, and nothing runs inside a store change. */
export function createController(
  context: ActorContext,
  options: ControllerOptions,
): Controller {
  const waiting = new Map<string, { due: number; cancel: () => void }>();
  let unsubscribe: (() => void) | undefined;

  const enqueue = (key: Key, delayMs: number) => {
    const text = textOf(key);
    const due = context.clock.now() + delayMs;
    const known = waiting.get(text);
    if (known && known.due <= due) return;
    known?.cancel();
    const cancel = context.clock.after(delayMs, () => {
      waiting.delete(text);
      work(key);
    });
    waiting.set(text, { due, cancel });
  };

  const work = (key: Key) => {
    const object = context.cache.get(options.kind, key.namespace, key.name);
    if (!object) {
      options.forget?.(key);
      return;
    }
    try {
      const again = options.reconcile(object);
      if (again !== undefined) enqueue(key, Math.max(SETTLE_MS, again));
    } catch (error) {
      if (error instanceof StatusError) {
        context.events.record({
          object,
          type: 'Warning',
          reason: 'FailedCreate',
          message: `Error creating: ${error.message}`,
          source: options.name,
        });
      } else {
        context.onError(options.name, error);
      }
      enqueue(key, 5_000);
    }
  };

  const listener: CacheListener = ({ kind, current, previous }) => {
    const object = current ?? previous;
    if (!object) return;
    if (kind === options.kind) {
      if (current && options.isWork?.(current, previous) === false) return;
      enqueue(keyOf(object), SETTLE_MS);
      return;
    }
    for (const key of options.related?.(object, kind) ?? []) {
      if (key) enqueue(key, SETTLE_MS);
    }
  };

  return {
    enqueue: object => enqueue(keyOf(object), SETTLE_MS),
    start() {
      if (unsubscribe) return;
      unsubscribe = context.cache.subscribe(listener);
      for (const object of context.cache.list(options.kind)) {
        enqueue(keyOf(object), SETTLE_MS);
      }
    },
    stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

export function keyOf(object: KubernetesObject): Key {
  return {
    namespace: object.metadata.namespace,
    name: object.metadata.name,
  };
}

/** The controlling owner of an object, when it is of `kind`. */
export function ownerKey(
  object: KubernetesObject,
  kind: string,
): Key | undefined {
  const owner = object.metadata.ownerReferences?.find(
    candidate => candidate.controller && candidate.kind === kind,
  );
  return owner && { namespace: object.metadata.namespace, name: owner.name };
}
