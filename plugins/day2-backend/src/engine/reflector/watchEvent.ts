import { CustomErrorBase } from '@backstage/errors';
import { UntrustedObject } from '@day2ops/backstage-plugin-day2-node';

/** A line of a watch that is no event: what it said is lost, so only a list can mend the picture. */
export class MalformedEventError extends CustomErrorBase {
  name = 'MalformedEventError' as const;
}

export interface WatchEvent {
  type: string;
  object: UntrustedObject;
}

/** @throws MalformedEventError */
export function parseWatchEvent(line: string): WatchEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    throw new MalformedEventError('a line of the watch is not JSON');
  }
  const { type, object } = isMap(event) ? event : {};
  if (typeof type !== 'string' || !isMap(object)) {
    throw new MalformedEventError('a line of the watch is not an event');
  }
  return { type, object };
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Resource version of an object or a list. */
export function resourceVersionOf(object: UntrustedObject): string | undefined {
  const { metadata } = object;
  const version = isMap(metadata) ? metadata.resourceVersion : undefined;
  return typeof version === 'string' && version !== '' ? version : undefined;
}

/** Whether a bookmark says that everything that existed has been sent. */
export function endsInitialEvents(object: UntrustedObject): boolean {
  const { metadata } = object;
  const annotations = isMap(metadata) ? metadata.annotations : undefined;
  return (
    isMap(annotations) && annotations['k8s.io/initial-events-end'] === 'true'
  );
}
