import http, { IncomingMessage } from 'node:http';
import https from 'node:https';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import {
  ClusterAccess,
  ClusterGateway,
  ClusterRequest,
  ClusterResponse,
  ClusterStream,
  ListedCluster,
} from '@day2ops/backstage-plugin-day2-node';
import { Clock } from '../../../model/time';
import { clientAuthOf } from '../clientAuth';
import { ClusterUnreachableError } from '../ClusterUnreachableError';
import { clusterUrl } from '../http/clusterUrl';
import { Exchange } from '../http/Exchange';
import { flatHeaders } from '../http/flatHeaders';
import { openResponse } from '../http/openResponse';
import { readBody } from '../http/readBody';
import { readLines } from '../http/readLines';
import { authProviderKey, connectionOf, PodEnvironment } from './connectionOf';

const defaultTimeoutMs = 30_000;
const defaultMaxBytes = 64 * 1024 * 1024;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface DirectGatewayOptions {
  access: ClusterAccess;
  /** Own credentials, with which clusters are listed. */
  credentials(): Promise<BackstageCredentials>;
  clock: Clock;
  pod: PodEnvironment;
  /** Where `HTTPS_PROXY` and `NO_PROXY` are read. */
  env: NodeJS.ProcessEnv;
}

/** Talks to API servers itself, over keep-alive connections of its own. */
export class DirectGateway implements ClusterGateway {
  readonly transport = 'direct' as const;
  readonly #options: DirectGatewayOptions;
  readonly #agents = new Map<string, http.Agent>();
  readonly #open = new Set<Exchange>();
  #clusters: readonly ClusterDetails[] = [];

  constructor(options: DirectGatewayOptions) {
    this.#options = options;
  }

  async listClusters(signal: AbortSignal): Promise<ListedCluster[]> {
    const clusters = await this.#readClusters();
    signal.throwIfAborted();
    return clusters.map(({ name, title, url, authMetadata }) => ({
      name,
      title,
      url,
      clientAuth: clientAuthOf(authMetadata[authProviderKey]),
    }));
  }

  async request(request: ClusterRequest): Promise<ClusterResponse> {
    const { cluster, maxBytes = defaultMaxBytes } = request;
    const exchange = this.#begin(request);
    try {
      const response = await this.#send({
        request,
        exchange,
        headers: { 'accept-encoding': 'gzip' },
      });
      return {
        status: response.statusCode ?? 0,
        headers: flatHeaders(response.headers),
        body: await readBody(response, { cluster, maxBytes }),
      };
    } catch (error) {
      throw exchange.explain(error);
    } finally {
      exchange.finish();
    }
  }

  async stream(
    request: Omit<ClusterRequest, 'body' | 'maxBytes'>,
  ): Promise<ClusterStream> {
    const exchange = this.#begin(request);
    try {
      const response = await this.#send({
        request,
        exchange,
        headers: { 'accept-encoding': 'identity' },
      });
      exchange.meetDeadline();
      return {
        status: response.statusCode ?? 0,
        headers: flatHeaders(response.headers),
        lines: linesOf({ response, exchange, cluster: request.cluster }),
      };
    } catch (error) {
      exchange.finish();
      throw exchange.explain(error);
    }
  }

  async close(): Promise<void> {
    for (const exchange of [...this.#open]) {
      exchange.abort();
    }
    for (const agent of this.#agents.values()) {
      agent.destroy();
    }
    this.#agents.clear();
  }

  #begin(request: ClusterRequest): Exchange {
    const { cluster, signal, timeoutMs = defaultTimeoutMs } = request;
    return new Exchange({
      cluster,
      signal,
      clock: this.#options.clock,
      deadlineMs: timeoutMs,
      open: this.#open,
    });
  }

  async #send(options: {
    request: ClusterRequest;
    exchange: Exchange;
    headers: Readonly<Record<string, string>>;
  }): Promise<IncomingMessage> {
    const first = await this.#sendOnce(options);
    if (first.statusCode !== 401) {
      return first;
    }
    // The token may have been replaced since the strategy handed it out.
    first.destroy();
    return await this.#sendOnce(options);
  }

  async #sendOnce(options: {
    request: ClusterRequest;
    exchange: Exchange;
    headers: Readonly<Record<string, string>>;
  }): Promise<IncomingMessage> {
    const { request, exchange } = options;
    const { authStrategyMap } = this.#options.access;
    const cluster = await this.#find(request.cluster);
    const connection = await connectionOf({
      cluster,
      authStrategyMap,
      pod: this.#options.pod,
    });
    const { method = 'GET', body } = request;
    const url = clusterUrl(connection.baseUrl, request);
    const response = await openResponse({
      url,
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'day2',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
        ...request.headers,
        ...connection.headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      agent: this.#agentOf(`${url.protocol}//${cluster.name}`),
      tls: connection.tls,
      signal: exchange.signal,
    });
    if (redirects.has(response.statusCode ?? 0)) {
      response.destroy();
      throw new ClusterUnreachableError({
        cluster: cluster.name,
        reason: 'Redirect',
        message:
          'its API server answers with a redirect, which is not followed',
      });
    }
    return response;
  }

  async #find(name: string): Promise<ClusterDetails> {
    const isIt = (cluster: ClusterDetails) => cluster.name === name;
    const cluster =
      this.#clusters.find(isIt) ?? (await this.#readClusters()).find(isIt);
    if (!cluster) {
      throw new NotFoundError(`The kubernetes plugin lists no cluster ${name}`);
    }
    return cluster;
  }

  async #readClusters(): Promise<readonly ClusterDetails[]> {
    const { access, credentials } = this.#options;
    this.#clusters = await access.clusterSupplier.getClusters({
      credentials: await credentials(),
    });
    return this.#clusters;
  }

  #agentOf(key: string): http.Agent {
    const known = this.#agents.get(key);
    if (known) {
      return known;
    }
    // `proxyEnv` came with Node 22.21 and is not in the types yet; older versions connect without a proxy.
    const settings: https.AgentOptions & { proxyEnv: NodeJS.ProcessEnv } = {
      keepAlive: true,
      keepAliveMsecs: 30_000,
      maxFreeSockets: 8,
      proxyEnv: this.#options.env,
    };
    const agent = key.startsWith('http:')
      ? new http.Agent(settings)
      : new https.Agent(settings);
    this.#agents.set(key, agent);
    return agent;
  }
}

async function* linesOf(options: {
  response: IncomingMessage;
  exchange: Exchange;
  cluster: string;
}): AsyncGenerator<string, void, undefined> {
  const { response, exchange, cluster } = options;
  try {
    yield* readLines(response, { cluster });
    // A response that was destroyed before anybody read it ends as if it were complete.
    exchange.signal.throwIfAborted();
  } catch (error) {
    throw exchange.explain(error);
  } finally {
    response.destroy();
    exchange.finish();
  }
}
