import {
  ClusterGateway,
  ClusterRequest,
  ClusterResponse,
  ClusterStream,
  ListedCluster,
} from '@day2ops/backstage-plugin-day2-node';
import { FakeStream, MemoryStream } from './MemoryStream';

interface FakeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

interface LoggedEvent {
  path: string;
  version: number;
  type: string;
  object: FakeObject;
}

/** Answers in place of the server; `undefined` lets the server answer. */
export type Fault = (
  request: ClusterRequest,
  kind: 'list' | 'watch' | 'get',
) => ClusterResponse | Error | undefined;

export function status(
  code: number,
  reason: string,
  message = reason,
  headers: Record<string, string> = {},
): ClusterResponse {
  const body = JSON.stringify({ kind: 'Status', code, reason, message });
  return { status: code, headers, body };
}

/** A small API server in memory, as a gateway sees it: resource versions, history, 410, paging, streams. */
export class FakeCluster implements ClusterGateway {
  readonly transport = 'direct' as const;
  readonly requests: { type: 'list' | 'watch' | 'get'; path: string }[] = [];
  readonly open = new Set<FakeStream>();
  /** Fixed answers by path: discovery, probes, reviews. */
  readonly answers = new Map<string, () => ClusterResponse>();
  fault: Fault = () => undefined;
  supportsInitialEvents = true;
  #version = 100;
  #oldest = 0;
  #log: LoggedEvent[] = [];
  readonly #objects = new Map<string, Map<string, FakeObject>>();

  async listClusters(): Promise<ListedCluster[]> {
    return [
      { name: 'c1', title: undefined, url: undefined, clientAuth: undefined },
    ];
  }

  count(type: 'list' | 'watch' | 'get'): number {
    return this.requests.filter(request => request.type === type).length;
  }

  serve(path: string): void {
    this.#objects.set(path, this.#objects.get(path) ?? new Map());
  }

  unserve(path: string): void {
    this.#objects.delete(path);
  }

  objects(path: string): FakeObject[] {
    return [...(this.#objects.get(path)?.values() ?? [])];
  }

  /** Forgets history: older versions answer 410. */
  compact(): void {
    this.#oldest = this.#version;
  }

  put(path: string, object: Record<string, any>): FakeObject {
    this.serve(path);
    const key = `${object.metadata?.namespace ?? ''}/${object.metadata?.name}`;
    const table = this.#objects.get(path)!;
    const known = table.get(key);
    this.#version += 1;
    const stored = {
      ...object,
      metadata: {
        uid: known?.metadata.uid ?? `uid-${path}-${key}-${this.#version}`,
        ...object.metadata,
        resourceVersion: String(this.#version),
      },
    } as FakeObject;
    table.set(key, stored);
    this.#emit({ path, type: known ? 'MODIFIED' : 'ADDED', object: stored });
    return stored;
  }

  delete(path: string, name: string, namespace = ''): void {
    const table = this.#objects.get(path)!;
    const known = table.get(`${namespace}/${name}`)!;
    table.delete(`${namespace}/${name}`);
    this.#version += 1;
    const metadata = {
      ...known.metadata,
      resourceVersion: String(this.#version),
    };
    this.#emit({ path, type: 'DELETED', object: { ...known, metadata } });
  }

  bookmark(path: string): void {
    for (const stream of this.open) {
      if (stream.path === path) {
        stream.push(this.#bookmark());
      }
    }
  }

  async request(request: ClusterRequest): Promise<ClusterResponse> {
    request.signal.throwIfAborted();
    const fixed = this.answers.get(request.path);
    const isList = this.#objects.has(request.path);
    const type = isList ? 'list' : 'get';
    this.requests.push({ type, path: request.path });
    const fault = this.fault(request, type);
    if (fault instanceof Error) {
      throw fault;
    }
    if (fault) {
      return fault;
    }
    if (fixed) {
      return fixed();
    }
    return isList ? this.#list(request) : this.#get(request.path);
  }

  async stream(request: ClusterRequest): Promise<ClusterStream> {
    request.signal.throwIfAborted();
    const { path, query = {} } = request;
    this.requests.push({ type: 'watch', path });
    const fault = this.fault(request, 'watch');
    if (fault instanceof Error) {
      throw fault;
    }
    const refusal = fault ?? this.#refuse(path, query);
    if (refusal) {
      return {
        status: refusal.status,
        headers: refusal.headers,
        lines: (async function* lines() {
          yield refusal.body;
        })(),
      };
    }
    const { stream, lines } = this.#openStream(path, query, request.signal);
    this.#begin(stream);
    return { status: 200, headers: {}, lines };
  }

  async close() {
    for (const stream of [...this.open]) {
      stream.end();
    }
  }

  #refuse(
    path: string,
    query: NonNullable<ClusterRequest['query']>,
  ): ClusterResponse | undefined {
    if (!this.#objects.has(path)) {
      return status(404, 'NotFound', '404 page not found');
    }
    if (query.sendInitialEvents && !this.supportsInitialEvents) {
      return status(422, 'Invalid', 'sendInitialEvents is forbidden');
    }
    const from = Number(query.resourceVersion);
    return !query.sendInitialEvents && from > 0 && from < this.#oldest
      ? status(410, 'Expired', 'too old resource version')
      : undefined;
  }

  #begin(stream: FakeStream): void {
    const { path, query } = stream;
    if (query.sendInitialEvents) {
      for (const object of this.objects(path)) {
        stream.push(JSON.stringify({ type: 'ADDED', object }));
      }
      stream.push(this.#bookmark({ 'k8s.io/initial-events-end': 'true' }));
      return;
    }
    for (const event of this.#log) {
      if (
        event.path === path &&
        event.version > Number(query.resourceVersion)
      ) {
        stream.push(JSON.stringify({ type: event.type, object: event.object }));
      }
    }
  }

  #list({ path, query = {} }: ClusterRequest): ClusterResponse {
    const limit = Number(query.limit ?? 0);
    const start = Number(query.continue ?? 0);
    const all = this.objects(path);
    const items = limit ? all.slice(start, start + limit) : all;
    const more = limit > 0 && start + limit < all.length;
    return {
      status: 200,
      headers: {},
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        metadata: {
          resourceVersion: String(this.#version),
          ...(more ? { continue: String(start + limit) } : {}),
        },
        items,
      }),
    };
  }

  #get(path: string): ClusterResponse {
    for (const [kindPath, table] of this.#objects) {
      const plural = kindPath.slice(kindPath.lastIndexOf('/') + 1);
      for (const object of table.values()) {
        const { name, namespace } = object.metadata;
        const base = kindPath.slice(0, kindPath.lastIndexOf('/'));
        const own = namespace
          ? `${base}/namespaces/${namespace}/${plural}/${name}`
          : `${kindPath}/${name}`;
        if (own === path) {
          return { status: 200, headers: {}, body: JSON.stringify(object) };
        }
      }
    }
    return status(404, 'NotFound');
  }

  #emit(event: Omit<LoggedEvent, 'version'>): void {
    this.#log.push({ ...event, version: this.#version });
    const line = JSON.stringify({ type: event.type, object: event.object });
    for (const stream of this.open) {
      if (stream.path === event.path) {
        stream.push(line);
      }
    }
  }

  #bookmark(annotations?: Record<string, string>): string {
    const metadata = { resourceVersion: String(this.#version), annotations };
    return JSON.stringify({ type: 'BOOKMARK', object: { metadata } });
  }

  #openStream(
    path: string,
    query: NonNullable<ClusterRequest['query']>,
    signal: AbortSignal,
  ) {
    const stream = new MemoryStream({
      path,
      query,
      signal,
      onEnd: () => this.open.delete(stream),
    });
    this.open.add(stream);
    return { stream, lines: stream.lines() };
  }
}
