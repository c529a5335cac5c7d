import http, { IncomingMessage } from 'node:http';
import https from 'node:https';
import { NotFoundError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterGateway,
  ClusterRequest,
  ClusterResponse,
  ClusterStream,
  ListedCluster,
} from '@day2ops/backstage-plugin-day2-node';
import { z } from 'zod';
import { Clock } from '../../../model/time';
import { readRetryAfter } from '../../reflector/ApiStatusError';
import { clientAuthOf } from '../clientAuth';
import { ClusterUnreachableError } from '../ClusterUnreachableError';
import { clusterUrl } from '../http/clusterUrl';
import { Exchange } from '../http/Exchange';
import { flatHeaders } from '../http/flatHeaders';
import { openResponse } from '../http/openResponse';
import { readBody } from '../http/readBody';
import { DetachedStream } from './DetachedStream';
import { portalAnswerOf } from './portalAnswerOf';

const defaultTimeoutMs = 30_000;
const defaultMaxBytes = 64 * 1024 * 1024;
const maxWatches = 40;
const watchSeconds = [60, 90] as const;
/** A stream that the server should have ended so long ago is dead. */
const graceMs = 10_000;
const clusterHeader = 'backstage-kubernetes-cluster';
const moduleName = '@day2ops/backstage-plugin-kubernetes-backend-module-day2';

const clustersSchema = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      title: z.string().optional(),
      authProvider: z.string().optional(),
    }),
  ),
});

export interface ProxyGatewayOptions {
  /** `http://…/api/kubernetes`. */
  baseUrl(): Promise<string>;
  /** A token of our own for the kubernetes plugin. */
  token(): Promise<string>;
  clock: Clock;
  /** 0 to 1. */
  random(): number;
  logger: LoggerService;
}

/**
 * Goes through the proxy of the kubernetes plugin, which may run in another process. That hop hides each end from the
 * other: an abort never reaches the API server, and the API server's death never reaches us. So a watch is short, counts
 * as dead soon after its time, and is left to end by itself when nobody listens any more.
 */
export class ProxyGateway implements ClusterGateway {
  readonly transport = 'proxy' as const;
  readonly #options: ProxyGatewayOptions;
  readonly #open = new Set<Exchange>();
  readonly #streams = new Set<DetachedStream>();
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };
  readonly #closing = new AbortController();
  #opening = 0;
  #hasWarned = false;

  constructor(options: ProxyGatewayOptions) {
    this.#options = options;
  }

  async listClusters(signal: AbortSignal): Promise<ListedCluster[]> {
    const { status, body } = await this.#whole({
      request: { cluster: '', path: '/clusters', signal },
      prefix: '',
    });
    if (status === 404) {
      throw new NotFoundError('The kubernetes plugin is not configured');
    }
    if (status !== 200) {
      throw new ClusterUnreachableError({
        cluster: 'list',
        reason: 'Portal',
        message: `the kubernetes plugin answered ${status}`,
      });
    }
    const { items } = clustersSchema.parse(JSON.parse(body));
    return items.map(({ name, title, authProvider }) => ({
      name,
      title,
      url: undefined,
      clientAuth: clientAuthOf(authProvider),
    }));
  }

  async request(request: ClusterRequest): Promise<ClusterResponse> {
    const response = await this.#whole({ request, prefix: '/proxy' });
    this.#assertCluster(request.cluster, response);
    return response;
  }

  async stream(
    request: Omit<ClusterRequest, 'body' | 'maxBytes'>,
  ): Promise<ClusterStream> {
    const { cluster, query, timeoutMs = defaultTimeoutMs } = request;
    request.signal.throwIfAborted();
    this.#assertRoom(cluster);
    const [from, to] = watchSeconds;
    const seconds = Math.round(from + this.#options.random() * (to - from));
    this.#opening += 1;
    // Not the caller's signal: aborting here would leave the watch open at the API server, out of our count.
    const exchange = this.#begin(
      { ...request, signal: this.#closing.signal },
      timeoutMs,
    );
    try {
      const response = await this.#send({
        request: { ...request, query: { ...query, timeoutSeconds: seconds } },
        prefix: '/proxy',
        exchange,
        encoding: 'identity',
      });
      exchange.meetDeadline();
      return await this.#streamOf({ request, response, exchange, seconds });
    } catch (error) {
      exchange.finish();
      throw exchange.explain(error);
    } finally {
      this.#opening -= 1;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const exchange of [...this.#open]) {
      exchange.abort();
    }
    for (const stream of [...this.#streams]) {
      stream.end();
    }
    for (const agent of Object.values(this.#agents)) {
      agent.destroy();
    }
  }

  async #streamOf(options: {
    request: Omit<ClusterRequest, 'body' | 'maxBytes'>;
    response: IncomingMessage;
    exchange: Exchange;
    seconds: number;
  }): Promise<ClusterStream> {
    const { request, response, exchange, seconds } = options;
    const { cluster, signal } = request;
    const status = response.statusCode ?? 0;
    const headers = flatHeaders(response.headers);
    if (status !== 200) {
      const body = await readBody(response, { cluster, maxBytes: 1024 * 1024 });
      exchange.finish();
      this.#assertCluster(cluster, { status, headers, body });
      return { status, headers, lines: linesOf(body) };
    }
    const stream = new DetachedStream({
      cluster,
      response,
      exchange,
      clock: this.#options.clock,
      diesAfterMs: seconds * 1000 + graceMs,
      onEnd: () => this.#streams.delete(stream),
    });
    this.#streams.add(stream);
    return { status, headers, lines: stream.lines(signal) };
  }

  async #whole(options: {
    request: ClusterRequest;
    prefix: string;
  }): Promise<ClusterResponse> {
    const { request, prefix } = options;
    const { cluster, timeoutMs, maxBytes = defaultMaxBytes } = request;
    const exchange = this.#begin(request, timeoutMs ?? defaultTimeoutMs);
    try {
      const response = await this.#send({
        request,
        prefix,
        exchange,
        encoding: 'gzip',
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

  #begin(
    request: Pick<ClusterRequest, 'cluster' | 'signal'>,
    deadlineMs: number,
  ): Exchange {
    const { cluster, signal } = request;
    const { clock } = this.#options;
    return new Exchange({
      cluster,
      signal,
      clock,
      deadlineMs,
      open: this.#open,
    });
  }

  async #send(options: {
    request: ClusterRequest;
    prefix: string;
    exchange: Exchange;
    encoding: 'identity' | 'gzip';
  }): Promise<IncomingMessage> {
    const { request, prefix, exchange, encoding } = options;
    const { cluster, method = 'GET', body } = request;
    const { baseUrl, token } = this.#options;
    const url = clusterUrl(`${await baseUrl()}${prefix}`, request);
    const response = await openResponse({
      url,
      method,
      headers: {
        accept: 'application/json',
        'accept-encoding': encoding,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
        ...(cluster ? { [clusterHeader]: cluster } : {}),
        authorization: `Bearer ${await token()}`,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      agent: this.#agents[url.protocol === 'http:' ? 'http:' : 'https:'],
      tls: {},
      signal: exchange.signal,
    });
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400 && status !== 304) {
      response.destroy();
      throw new ClusterUnreachableError({
        cluster,
        reason: 'Redirect',
        message:
          'its API server answers with a redirect, which is not followed',
      });
    }
    return response;
  }

  /** @throws ClusterUnreachableError when it is the portal that answered, not the cluster */
  #assertCluster(cluster: string, response: ClusterResponse): void {
    const answer = portalAnswerOf(response);
    if (answer) {
      const { clock } = this.#options;
      const retryAfter = response.headers['retry-after'];
      throw new ClusterUnreachableError({
        cluster,
        ...answer,
        retryAfterMs: readRetryAfter(retryAfter, clock.now()),
      });
    }
  }

  #assertRoom(cluster: string): void {
    if (this.#streams.size + this.#opening < maxWatches) {
      return;
    }
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      this.#options.logger.warn(
        `More than ${maxWatches} watches through the proxy of the kubernetes plugin: install ${moduleName} beside it`,
      );
    }
    throw new ClusterUnreachableError({
      cluster,
      reason: 'TooManyWatches',
      message: `more than ${maxWatches} watches through the proxy; install ${moduleName} in the backend that has the kubernetes plugin`,
    });
  }
}

async function* linesOf(body: string): AsyncGenerator<string, void, undefined> {
  yield* body.split('\n');
}
