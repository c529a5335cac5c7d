import { apiVersionOf } from '../cluster/keys';
import type { KubernetesObject, ResourceType } from '../cluster/types';
import { toCoreEvent, toNewEvent } from './eventShape';

function isNewEvent(type: ResourceType): boolean {
  return type.group === 'events.k8s.io' && type.kind === 'Event';
}

/** Where the store keeps objects of a type: events of both groups are the same objects. */
export function storedKind(type: ResourceType): {
  group: string;
  kind: string;
} {
  return { group: isNewEvent(type) ? '' : type.group, kind: type.kind };
}

/** A stored object as one version of its API shows it. The input stays as it is; the result shares its members. */
export function toServed(
  object: KubernetesObject,
  type: ResourceType,
): KubernetesObject {
  if (isNewEvent(type)) return toNewEvent(object);
  const apiVersion = apiVersionOf(type);
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}

/** The reverse of `toServed`. */
export function toStored(
  object: KubernetesObject,
  type: ResourceType,
): KubernetesObject {
  return isNewEvent(type) ? toCoreEvent(object) : object;
}
