/**
 * A cluster as the kubernetes plugin lists it, without credentials.
 *
 * @public
 */
export interface ListedCluster {
  name: string;
  title: string | undefined;
  /** Known with the direct transport only. */
  url: string | undefined;
  /** Set when the cluster needs a token that only a browser has, for example `oidc`. */
  clientAuth: string | undefined;
}

/** @public */
export interface ClusterRequest {
  cluster: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute path of the Kubernetes API, for example `/api/v1/pods`. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  signal: AbortSignal;
  /** Until the whole answer is there. Default 30 s. */
  timeoutMs?: number;
  /** Largest inflated body. Default 64 MiB. */
  maxBytes?: number;
}

/**
 * An answer of the API server, of any status. `body` is text.
 *
 * @public
 */
export interface ClusterResponse {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** @public */
export interface ClusterStream {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  /**
   * Lines as they come, without the line feed; each at most 8 MiB, longer ones throw. Ends when the server ends the
   * stream; throws a `ClusterUnreachableError` when the connection breaks.
   */
  lines: AsyncIterable<string>;
}

/**
 * The only way to clusters. Both transports hold the same contract: any HTTP status resolves; what prevents an answer
 * (DNS, TLS, reset, time-out, redirect) rejects with a `ClusterUnreachableError` that says which; an abort rejects with
 * an `AbortError` and reaches the server.
 *
 * @public
 */
export interface ClusterGateway {
  readonly transport: 'direct' | 'proxy';
  /** @throws NotFoundError when kubernetes is not configured */
  listClusters(signal: AbortSignal): Promise<ListedCluster[]>;
  request(request: ClusterRequest): Promise<ClusterResponse>;
  stream(
    request: Omit<ClusterRequest, 'body' | 'maxBytes'>,
  ): Promise<ClusterStream>;
  /** Ends every connection. */
  close(): Promise<void>;
}
