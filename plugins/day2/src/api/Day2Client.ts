import { parseEntityRef } from '@backstage/catalog-model';
import { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  clusterListSchema,
  itemEventsSchema,
  itemListSchema,
  itemLogsSchema,
  serviceListSchema,
  serviceReportSchema,
  serviceTimelineSchema,
} from '@day2ops/backstage-plugin-day2-common';
import { Day2RequestError } from './Day2RequestError';
import { Day2Api, LogsRequest, Query } from './types';

interface Schema<T> {
  parse(value: unknown): T;
}

interface CachedAnswer {
  etag: string;
  value: unknown;
}

const cachedAnswers = 50;

/**
 * Asks over `fetchApi`, keeps the last answers by their ETag, and checks every answer against the wire types. An
 * answer that did not change (304) is the very object of before, so nothing is drawn again.
 */
export class Day2Client implements Day2Api {
  private readonly discoveryApi: DiscoveryApi;
  private readonly fetchApi: FetchApi;
  private readonly answers = new Map<string, CachedAnswer>();

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi;
  }

  listServices(query: Query) {
    return this.get(withQuery('/services', query), serviceListSchema);
  }

  getService(entityRef: string) {
    return this.get(servicePath(entityRef), serviceReportSchema);
  }

  getTimeline(entityRef: string, query: Query) {
    const path = `${servicePath(entityRef)}/timeline`;
    return this.get(withQuery(path, query), serviceTimelineSchema);
  }

  listItems(query: Query) {
    return this.get(withQuery('/items', query), itemListSchema);
  }

  listClusters() {
    return this.get('/clusters', clusterListSchema);
  }

  getEvents(entityRef: string, itemId: string) {
    const path = `${itemPath(entityRef, itemId)}/events`;
    return this.get(path, itemEventsSchema);
  }

  getLogs({ entityRef, itemId, ...query }: LogsRequest) {
    const path = `${itemPath(entityRef, itemId)}/logs`;
    return this.get(withQuery(path, query), itemLogsSchema);
  }

  private async get<T>(path: string, schema: Schema<T>): Promise<T> {
    const cached = this.answers.get(path);
    const response = await this.fetch(path, cached?.etag);
    if (response.status === 304 && cached) {
      this.remember(path, cached);
      // Only `get` with the same path, and so the same schema, wrote it.
      return cached.value as T;
    }
    if (!response.ok) {
      throw await toRequestError(response);
    }
    const value = await parse(response, schema);
    const etag = response.headers.get('etag');
    if (etag) {
      this.remember(path, { etag, value });
    }
    return value;
  }

  private async fetch(path: string, etag?: string): Promise<Response> {
    try {
      const baseUrl = await this.discoveryApi.getBaseUrl('day2');
      return await this.fetchApi.fetch(`${baseUrl}/v1${path}`, {
        headers: etag ? { 'If-None-Match': etag } : {},
      });
    } catch (error) {
      throw new Day2RequestError('The portal did not answer', {
        kind: 'unreachable',
        at: Date.now(),
        cause: error,
      });
    }
  }

  /** Last used last; the oldest leaves. */
  private remember(path: string, answer: CachedAnswer) {
    this.answers.delete(path);
    this.answers.set(path, answer);
    const [oldest] = this.answers.keys();
    if (this.answers.size > cachedAnswers) {
      this.answers.delete(oldest);
    }
  }
}

async function parse<T>(response: Response, schema: Schema<T>): Promise<T> {
  try {
    return schema.parse(await response.json());
  } catch (error) {
    throw new Day2RequestError('The answer could not be understood', {
      kind: 'unreadable',
      at: Date.now(),
      status: response.status,
      requestId: requestIdOf(response),
      cause: error,
    });
  }
}

async function toRequestError(response: Response) {
  const error = await ResponseError.fromResponse(response);
  return new Day2RequestError(error.body.error.message, {
    kind: kindOf(response.status),
    at: Date.now(),
    status: response.status,
    statusText: response.statusText,
    requestId: requestIdOf(response),
    cause: error,
  });
}

function kindOf(status: number) {
  if (status === 401 || status === 403) {
    return 'refused';
  }
  return status === 404 ? 'missing' : 'failed';
}

function requestIdOf(response: Response): string | undefined {
  return response.headers.get('x-request-id') ?? undefined;
}

function servicePath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [kind, namespace, name].map(encodeURIComponent);
  return `/services/${parts.join('/')}`.toLocaleLowerCase('en-US');
}

function itemPath(entityRef: string, itemId: string): string {
  return `${servicePath(entityRef)}/items/${encodeURIComponent(itemId)}`;
}

function withQuery(path: string, query: Query | Omit<LogsRequest, 'itemId'>) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined && text !== '') {
      search.set(name, String(text));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
