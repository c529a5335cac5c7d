import { badRequest, invalid, StatusError } from '../cluster/statusError';
import { isTrue } from './requestInfo';

/** `ListOptions` of meta/v1, read and checked. */
export interface ListOptions {
  limit: number;
  continue?: string;
  /** Undefined when not given; `0` means any. */
  resourceVersion?: number;
  resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  timeoutSeconds?: number;
  allowWatchBookmarks: boolean;
  sendInitialEvents: boolean;
  watch: boolean;
}

function readInteger(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  }
  return Number(text);
}

function forbidden(field: string, why: string): StatusError {
  return invalid({
    group: 'meta.k8s.io',
    kind: 'ListOptions',
    name: '',
    causes: [
      {
        reason: 'FieldValueForbidden',
        message: `Forbidden: ${why}`,
        field,
      },
    ],
  });
}

function readVersion(
  query: URLSearchParams,
  watch: boolean,
): number | undefined {
  const text = query.get('resourceVersion');
  if (!text) return undefined;
  if (/^\d{1,16}$/.test(text)) return Number(text);
  const why = `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`;
  // Unlike a list, a watch has a 500 for it, without a reason.
  if (watch) throw new StatusError({ code: 500, reason: '', message: why });
  throw badRequest(`invalid resource version: ${why}`);
}

/** Throws the 400 and 422 of the API server. */
export function readListOptions(query: URLSearchParams): ListOptions {
  const watch = isTrue(query.get('watch'));
  const resourceVersion = readVersion(query, watch);
  const match = query.get('resourceVersionMatch') || undefined;
  const sendInitialEvents = isTrue(query.get('sendInitialEvents'));
  if (query.get('sendInitialEvents') !== null && !watch) {
    throw forbidden(
      'sendInitialEvents',
      'sendInitialEvents is forbidden for list',
    );
  }
  if (sendInitialEvents && match !== 'NotOlderThan') {
    throw forbidden(
      'resourceVersionMatch',
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  if (match !== undefined) {
    if (watch && !sendInitialEvents) {
      throw forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      );
    }
    if (resourceVersion === undefined && !watch) {
      throw forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      );
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      throw forbidden(
        'resourceVersionMatch',
        'supported values: "Exact", "NotOlderThan", ""',
      );
    }
  }
  return {
    limit: Math.max(0, readInteger(query, 'limit') ?? 0),
    continue: query.get('continue') || undefined,
    resourceVersion,
    resourceVersionMatch: match,
    timeoutSeconds: readInteger(query, 'timeoutSeconds'),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
    sendInitialEvents,
    watch,
  };
}
