import type { KubernetesObject } from '../cluster/types';

function drop(
  object: KubernetesObject,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => !names.includes(name)),
  );
}

function present(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  );
}

/** An event of the core group as `events.k8s.io/v1` shows it. */
export function toNewEvent(object: KubernetesObject): KubernetesObject {
  const rest = drop(object, [
    'involvedObject',
    'message',
    'source',
    'count',
    'firstTimestamp',
    'lastTimestamp',
    'reportingComponent',
  ]);
  return {
    ...rest,
    ...present({
      regarding: object.involvedObject,
      note: object.message,
      reportingController: object.reportingComponent,
      deprecatedSource: object.source,
      deprecatedCount: object.count,
      deprecatedFirstTimestamp: object.firstTimestamp,
      deprecatedLastTimestamp: object.lastTimestamp,
    }),
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: object.metadata,
  };
}

/** The reverse of `toNewEvent`. */
export function toCoreEvent(object: KubernetesObject): KubernetesObject {
  const rest = drop(object, [
    'regarding',
    'note',
    'reportingController',
    'deprecatedSource',
    'deprecatedCount',
    'deprecatedFirstTimestamp',
    'deprecatedLastTimestamp',
  ]);
  return {
    ...rest,
    ...present({
      involvedObject: object.regarding,
      message: object.note,
      reportingComponent: object.reportingController,
      source: object.deprecatedSource,
      count: object.deprecatedCount,
      firstTimestamp: object.deprecatedFirstTimestamp,
      lastTimestamp: object.deprecatedLastTimestamp,
    }),
    apiVersion: 'v1',
    kind: 'Event',
    metadata: object.metadata,
  };
}
