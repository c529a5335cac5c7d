import { UntrustedObject } from '@day2ops/backstage-plugin-day2-node';

/** An object as a handler read it, and what the reflector needs to know of it. */
export interface ReadObject<K> {
  uid: string;
  namespace: string | undefined;
  name: string;
  /** Its resource version, when that is a number. */
  version: number | undefined;
  kept: K;
  /** Set when the content could not be read: the object is set aside, and known to exist. */
  failure: string | undefined;
}

/**
 * Keeps the objects of one kind of one cluster for a reflector. The contract, on both sides:
 *
 * - The reflector calls from one loop, never twice at once. Calls are synchronous; a handler does no I/O and no waiting.
 * - `read` is called for every object that arrives, at once, so that no whole object is kept while a list is read. It
 *   may throw for an object that has no identity; such an object is counted and left out. For any other trouble it
 *   returns a `failure`. It must not keep `object` or parts of it that it does not need.
 * - `apply` is called with what `read` returned, in the order in which the API server reports changes of one object.
 *   Nothing is said of the order between objects. An object whose version went back never comes to `apply`.
 * - `apply` is also called for an object that did not change: a list repeats everything. A handler compares.
 * - Several changes of one object may come as one, the last. A deleted and re-created object has another UID; the old
 *   one is removed first, by the reflector when it saw the deletion, else by the handler, which sees that the name is
 *   taken.
 * - `remove` may come for a UID that was never applied.
 * - `late` says that the change was found by comparing (a list after a gap, or the first one), so when it happened is not
 *   known.
 * - After a list, everything that the list has is applied before what it lacks is removed. In between other work runs.
 * - Failure to read is not emptiness: nothing is removed because a list failed, came back shorter by more than half
 *   without confirmation, or was refused.
 */
export interface ReflectorHandler<K> {
  readonly size: number;
  uids(): Iterable<string>;
  get(uid: string):
    | {
        readonly version: number | undefined;
        readonly head: { namespace: string | undefined; name: string };
      }
    | undefined;
  read(object: UntrustedObject): ReadObject<K>;
  apply(object: ReadObject<K>, options: { late: boolean }): void;
  remove(uid: string, options: { late: boolean }): void;
}
