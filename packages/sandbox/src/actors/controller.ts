import { StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import type { CacheChange } from './cache';
import type { Actor, ActorContext } from './types';

/** How long a change waits before it is acted on, so that a burst of them is one piece of work. */
const SETTLE_MS = 40;
/** After a refusal of the API server. */
const RETRY_MS = 5_000;

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
    previous: KubernetesObject | undefined,
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

class ReconcileLoop implements Controller {
  private readonly waiting = new Map<
    string,
    { due: number; cancel: () => void }
  >();
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly context: ActorContext,
    private readonly options: ControllerOptions,
  ) {}

  enqueue(object: KubernetesObject) {
    this.add(keyOf(object), SETTLE_MS);
  }

  start() {
    if (this.unsubscribe) return;
    const { cache } = this.context;
    this.unsubscribe = cache.subscribe(change => this.observe(change));
    for (const object of cache.list(this.options.kind)) this.enqueue(object);
  }

  stop() {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    for (const { cancel } of this.waiting.values()) cancel();
    this.waiting.clear();
  }

  private observe({ kind, current, previous }: CacheChange) {
    const object = current ?? previous;
    if (!object) return;
    if (kind === this.options.kind) {
      const { isWork } = this.options;
      if (current && isWork?.(current, previous) === false) return;
      this.enqueue(object);
      return;
    }
    const keys = this.options.related?.(object, kind, previous) ?? [];
    for (const key of keys) {
      if (key) this.add(key, SETTLE_MS);
    }
  }

  private add(key: Key, delayMs: number) {
    const { clock } = this.context;
    const text = textOf(key);
    const due = clock.now() + delayMs;
    const known = this.waiting.get(text);
    if (known && known.due <= due) return;
    known?.cancel();
    const cancel = clock.after(delayMs, () => {
      this.waiting.delete(text);
      this.work(key);
    });
    this.waiting.set(text, { due, cancel });
  }

  private work(key: Key) {
    const { cache } = this.context;
    const object = cache.get(this.options.kind, key.namespace, key.name);
    if (!object) {
      this.options.forget?.(key);
      return;
    }
    try {
      const again = this.options.reconcile(object);
      if (again !== undefined) this.add(key, Math.max(SETTLE_MS, again));
    } catch (error) {
      this.report(object, error);
      this.add(key, RETRY_MS);
    }
  }

  private report(object: KubernetesObject, error: unknown) {
    const { name } = this.options;
    if (!(error instanceof StatusError)) {
      this.context.onError(name, error);
      return;
    }
    this.context.events.record({
      object,
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${error.message}`,
      source: name,
    });
  }
}

/** Work is queued per object: one entry at a time, the earliest due time wins, and nothing runs inside a store change. */
export function createController(
  context: ActorContext,
  options: ControllerOptions,
): Controller {
  return new ReconcileLoop(context, options);
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
