import { equalJson } from '../cluster/json';
import type { KubernetesObject, ObjectKey } from '../cluster/types';
import type { Fields } from './fields';
import type { ActorContext } from './types';

/** Writes the status that `next` makes of the present object; one that says the same costs nothing. */
export function writeStatus(
  context: ActorContext,
  key: ObjectKey,
  next: (object: KubernetesObject) => Fields,
): void {
  const object = context.store.peek(key);
  if (!object) return;
  const status = next(object);
  if (equalJson(status, object.status)) return;
  context.store.update({ ...object, status }, { status: true });
}
