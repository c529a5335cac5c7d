import { nameKey } from '../cluster/keys';
import { badRequest, StatusError } from '../cluster/statusError';
import { isRecord } from '../cluster/json';
import type { Clock, KubernetesObject } from '../cluster/types';

/** A list at one moment; its objects never change. */
export interface Snapshot {
  resourceVersion: number;
  items: readonly KubernetesObject[];
}

export interface Page extends Snapshot {
  continue?: string;
  remaining?: number;
}

/** Cuts lists into pages that all show the same moment, for as long as the moment is remembered. */
export interface Pager {
  /** The first page. `key` says what is listed: a page token serves no other list. */
  first(key: string, snapshot: Snapshot, limit: number): Page;
  /**
   * A later page. `current` lists anew, for tokens that a client got with an expired one. Throws 400 for a token that is
   * none and 410, with a new token, for one whose moment is forgotten.
   */
  next(options: {
    key: string;
    token: string;
    limit: number;
    current: () => Snapshot;
  }): Page;
}

interface Remembered extends Snapshot {
  until: number;
}

interface Token {
  rv: number;
  start: string;
}

// etcd compacts after five minutes.
const REMEMBERED_MS = 5 * 60_000;
const MAX_SNAPSHOTS = 64;
// In place of a resource version: go on with what there is now.
const INCONSISTENT = -1;

const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

function encode(token: Token): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', ...token }),
  ).toString('base64url');
}

function decode(text: string): Token {
  const invalid = (why: string) =>
    badRequest(`invalid continue token: continue key is not valid: ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(value)) throw invalid('not an object');
  const { rv, start } = value;
  if (typeof rv !== 'number' || typeof start !== 'string') {
    throw invalid('incorrect encoded start resourceVersion');
  }
  return { rv, start };
}

/** Index of the first item behind a name; the items are sorted by name. */
function firstAfter(items: readonly KubernetesObject[], name: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (nameKey(items[middle].metadata) > name) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function pageOf(snapshot: Snapshot, from: string, limit: number): Page {
  const { items, resourceVersion } = snapshot;
  const rest = from ? items.slice(firstAfter(items, from)) : items;
  if (!limit || rest.length <= limit) return { resourceVersion, items: rest };
  const page = rest.slice(0, limit);
  return {
    resourceVersion,
    items: page,
    continue: encode({
      rv: resourceVersion,
      start: nameKey(page[page.length - 1].metadata),
    }),
    remaining: rest.length - page.length,
  };
}

export function createPager(clock: Clock): Pager {
  const snapshots = new Map<string, Remembered>();

  const remember = (key: string, snapshot: Snapshot) => {
    const now = clock.now();
    for (const [id, { until }] of snapshots) {
      if (until <= now || snapshots.size >= MAX_SNAPSHOTS) snapshots.delete(id);
    }
    snapshots.set(`${key}@${snapshot.resourceVersion}`, {
      ...snapshot,
      until: now + REMEMBERED_MS,
    });
  };

  return {
    first(key, snapshot, limit) {
      const page = pageOf(snapshot, '', limit);
      if (page.continue) remember(key, snapshot);
      return page;
    },
    next({ key, token, limit, current }) {
      const { rv, start } = decode(token);
      if (rv === INCONSISTENT) {
        const snapshot = current();
        const page = pageOf(snapshot, start, limit);
        if (page.continue) remember(key, snapshot);
        return page;
      }
      const known = snapshots.get(`${key}@${rv}`);
      if (!known || known.until <= clock.now()) {
        throw new StatusError({
          code: 410,
          reason: 'Expired',
          message: TOO_OLD,
          metadata: { continue: encode({ rv: INCONSISTENT, start }) },
        });
      }
      return pageOf(known, start, limit);
    },
  };
}
