import type { ServerResponse } from 'node:http';
import type { ChangeEvent } from '../cluster/history';
import { apiVersionOf, kindKey, keyOf } from '../cluster/keys';
import { expired, StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import type { ResourceContext } from './context';
import { CRD_KIND } from '../cluster/customResources';
import { selectionOf } from './list';
import type { ListOptions } from './listOptions';
import { readListOptions } from './listOptions';
import { representEvent } from './representations';
import { storedKind } from './shapes';

const BOOKMARK_MS = 60_000;
// The API server ends watches without a timeout after 30 to 60 minutes.
const DEFAULT_TIMEOUT_SECONDS = 45 * 60;
// A client that does not read is cut off before it fills our memory.
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

const MAX_HELD_LINES = 100_000;

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

/** What a change means to somebody who sees only what `selected` lets through; undefined when it is nothing. */
function translate(
  event: ChangeEvent,
  selected: (object: KubernetesObject) => boolean,
): { type: EventType; object: KubernetesObject } | undefined {
  const { object, previous } = event;
  const before = previous !== undefined && selected(previous);
  const now = event.type !== 'DELETED' && selected(object);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object };
  if (!before) return undefined;
  if (event.type === 'DELETED') return { type: 'DELETED', object };
  // It left the selection: shown as it was, at the version at which it left.
  const metadata = {
    ...previous.metadata,
    resourceVersion: String(event.resourceVersion),
  };
  return { type: 'DELETED', object: { ...previous, metadata } };
}

class WatchStream {
  private readonly held: string[] = [];
  private readonly cleanUps: (() => void)[] = [];
  private readonly response: ServerResponse;
  private readonly selected: (object: KubernetesObject) => boolean;
  private first = true;
  private ended = false;
  private after: number;

  constructor(
    private readonly context: ResourceContext,
    private readonly options: ListOptions,
  ) {
    this.response = context.response;
    this.selected = selectionOf(context);
    this.after = options.resourceVersion ?? 0;
  }

  start(): void {
    const { response } = this;
    response.once('close', () => this.finish());
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache, private',
    });
    response.flushHeaders();
    try {
      this.catchUp();
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      this.fail(error);
      return;
    }
    const { faults } = this.context.cluster;
    if (faults.take('reset', this.context.type.plural)) {
      this.reset();
      return;
    }
    this.follow();
  }

  private catchUp(): void {
    const { cluster, type, path } = this.context;
    const { sendInitialEvents, resourceVersion } = this.options;
    const kind = storedKind(type);
    if (resourceVersion && cluster.faults.take('gone', type.plural)) {
      throw expired(
        `too old resource version: ${resourceVersion} (${cluster.store.resourceVersion()})`,
      );
    }
    if (resourceVersion && !sendInitialEvents) {
      for (const event of cluster.store.changesAfter(kind, resourceVersion)) {
        this.change(event);
      }
      return;
    }
    const objects = cluster.store.peekAll(
      kind.group,
      kind.kind,
      path.namespace,
    );
    for (const object of objects) {
      if (this.selected(object)) this.send('ADDED', object);
    }
    this.after = cluster.store.resourceVersion();
    if (sendInitialEvents && this.options.allowWatchBookmarks) {
      this.bookmark({ 'k8s.io/initial-events-end': 'true' });
    }
  }

  private follow(): void {
    const { cluster, type } = this.context;
    const { group, kind } = storedKind(type);
    const timeout = this.options.timeoutSeconds || DEFAULT_TIMEOUT_SECONDS;
    this.cleanUps.push(
      cluster.store.onChange(event => {
        const key = keyOf(event.object);
        if (kindKey(key.group, key.kind) === kindKey(group, kind)) {
          this.change(event);
        } else if (key.kind === CRD_KIND) {
          this.endUnlessServed();
        }
      }),
      cluster.clock.after(timeout * 1000, () => this.end()),
      cluster.faults.onChange(() => this.suffer()),
    );
    if (this.options.allowWatchBookmarks) this.scheduleBookmark();
  }

  private scheduleBookmark(): void {
    let cancel = () => {};
    const schedule = () => {
      cancel = this.context.cluster.clock.after(BOOKMARK_MS, () => {
        this.bookmark();
        schedule();
      });
    };
    schedule();
    this.cleanUps.push(() => cancel());
  }

  private endUnlessServed(): void {
    const { cluster, type } = this.context;
    const { group, version, plural } = type;
    if (!cluster.resources.byPlural(group, version, plural)) this.end();
  }

  private suffer(): void {
    const { cluster, type } = this.context;
    const { faults } = cluster;
    if (this.ended) return;
    if (!faults.find('hang', type.plural)) this.write(this.held.splice(0));
    if (faults.take('reset', type.plural)) {
      this.reset();
    } else if (faults.take('gone', type.plural)) {
      const current = cluster.store.resourceVersion();
      this.fail(
        expired(`too old resource version: ${this.after} (${current})`),
      );
    }
  }

  private change(event: ChangeEvent): void {
    // A watch from a version that is not reached yet says nothing until it is passed.
    if (event.resourceVersion <= this.after) return;
    const seen = translate(event, this.selected);
    if (seen) this.send(seen.type, seen.object);
  }

  private send(type: EventType, object: KubernetesObject): void {
    const shown = representEvent(this.context, object, this.first);
    this.first = false;
    this.line({ type, object: shown });
  }

  private bookmark(annotations?: Record<string, string>): void {
    const { cluster, type, accepted } = this.context;
    const partial = accepted.representation === 'partial';
    this.line({
      type: 'BOOKMARK',
      object: {
        kind: partial ? 'PartialObjectMetadata' : type.kind,
        apiVersion: partial ? 'meta.k8s.io/v1' : apiVersionOf(type),
        metadata: {
          resourceVersion: String(
            Math.max(cluster.store.resourceVersion(), this.after),
          ),
          ...(annotations ? { annotations } : {}),
        },
      },
    });
  }

  private fail(error: StatusError): void {
    this.line({ type: 'ERROR', object: error.toStatus() });
    this.end();
  }

  private line(event: { type: EventType; object: unknown }): void {
    const { faults } = this.context.cluster;
    const text = `${JSON.stringify(event)}\n`;
    if (faults.find('hang', this.context.type.plural)) {
      this.held.push(text);
      if (this.held.length > MAX_HELD_LINES) this.reset();
    } else {
      this.write([text]);
    }
  }

  private write(lines: string[]): void {
    if (this.ended) return;
    for (const line of lines) this.response.write(line);
    if (this.response.writableLength > MAX_UNREAD_BYTES) this.reset();
  }

  private end(): void {
    this.finish();
    this.response.end();
  }

  private reset(): void {
    this.finish();
    this.response.destroy();
  }

  private finish(): void {
    this.ended = true;
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp();
  }
}

/** Answers with a stream of changes until the client goes, the time is up, or what is watched is no longer served. */
export function watch(context: ResourceContext): void {
  new WatchStream(context, readListOptions(context.query)).start();
}
