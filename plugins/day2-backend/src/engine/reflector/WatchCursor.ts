import { CustomErrorBase } from '@backstage/errors';
import { statusErrorOf } from './ApiStatusError';
import { ReflectorHandler } from './ReflectorHandler';
import { isOlder, versionOf } from './resourceVersion';
import { parseWatchEvent, resourceVersionOf } from './watchEvent';

const maxTombstones = 1000;
/** So many lists from etcd in a row that go back are believed: the cluster was restored from a backup. */
const believedAfter = 3;

/** A list older than what was seen already: one of several API servers lags. */
export class WentBackError extends CustomErrorBase {
  name = 'WentBackError' as const;
}

/** Where a watch stands, and how its events reach the handler: never back in time, never twice. */
export class WatchCursor<K> {
  readonly #handler: ReflectorHandler<K>;
  /** UIDs that are gone for good; an event that comes late must not bring them back. */
  #tombstones = new Set<string>();
  #resourceVersion = '';
  #expired = false;
  needsList = true;

  constructor(handler: ReflectorHandler<K>) {
    this.#handler = handler;
  }

  get resourceVersion(): string {
    return this.#resourceVersion;
  }

  /** What the next list must not be older than: the last version, once; if that is refused too, whatever etcd has. */
  get atLeast(): string | 'latest' | undefined {
    if (this.#expired) {
      return 'latest';
    }
    return this.#resourceVersion || undefined;
  }

  startAt(resourceVersion: string): void {
    this.#resourceVersion = resourceVersion;
    this.#expired = false;
    this.needsList = false;
  }

  /** The server does not keep this version any more. */
  expire(): void {
    this.#expired = this.needsList;
    this.needsList = true;
  }

  /** @throws WentBackError unless it happened `believedAfter` times in a row */
  assertForward(resourceVersion: string, timesBefore: number): void {
    const back = isOlder(
      versionOf(resourceVersion),
      versionOf(this.#resourceVersion),
    );
    if (back && timesBefore < believedAfter) {
      this.#expired = true;
      throw new WentBackError(
        `the list is older (${resourceVersion}) than what was seen (${
          this.#resourceVersion
        })`,
      );
    }
  }

  /**
   * Takes one line of a watch; returns the type of its event, `OTHER` for those that we do not know.
   *
   * @throws ApiStatusError for an ERROR event, MalformedEventError for what is none
   */
  take(line: string, now: number): string {
    const { type, object } = parseWatchEvent(line);
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
      case 'DELETED':
        this.#change(type, object);
        break;
      case 'BOOKMARK':
        break;
      case 'ERROR':
        throw statusErrorOf({
          status: 500,
          body: object,
          retryAfter: undefined,
          now,
          cameInStream: true,
        });
      default:
        return 'OTHER';
    }
    this.#advance(resourceVersionOf(object));
    return type;
  }

  #change(type: string, object: Record<string, unknown>): void {
    const handler = this.#handler;
    const read = this.#tryRead(object);
    if (!read || this.#tombstones.has(read.uid)) {
      return;
    }
    const known = handler.get(read.uid);
    if (isOlder(read.version, known?.version)) {
      return;
    }
    if (type === 'DELETED') {
      this.#bury(read.uid);
      handler.remove(read.uid, { late: false });
    } else if (
      !known ||
      read.version === undefined ||
      read.version !== known.version
    ) {
      handler.apply(read, { late: false });
    }
  }

  #tryRead(object: Record<string, unknown>) {
    try {
      return this.#handler.read(object);
    } catch {
      // Without identity it can be neither kept nor shown; the next list counts it.
      return undefined;
    }
  }

  #bury(uid: string): void {
    this.#tombstones.add(uid);
    if (this.#tombstones.size > maxTombstones) {
      const [oldest] = this.#tombstones;
      this.#tombstones.delete(oldest);
    }
  }

  #advance(next: string | undefined): void {
    if (
      next !== undefined &&
      !isOlder(versionOf(next), versionOf(this.#resourceVersion))
    ) {
      this.#resourceVersion = next;
    }
  }
}
