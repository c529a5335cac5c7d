import {
  ClusterGateway,
  ClusterResponse,
} from '@day2ops/backstage-plugin-day2-node';
import { CustomErrorBase } from '@backstage/errors';
import { z } from 'zod';
import { Clock } from '../../model/time';
import { ApiStatusError, statusErrorOf } from '../reflector/ApiStatusError';
import {
  Aggregated,
  aggregatedSchema,
  coreVersionsSchema,
  groupListSchema,
  resourceListSchema,
} from './schemas';
import { ServedKind, ServedKinds } from './types';

const plain = 'application/json';
const accept = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  plain,
].join(',');

/** An answer with status 200 that is no discovery document. */
export class MalformedDiscoveryError extends CustomErrorBase {
  name = 'MalformedDiscoveryError' as const;
}

interface Cached {
  etag: string | undefined;
  served: Map<string, ServedKind[]>;
}

/** Asks a cluster what it serves; one conditional request a root while nothing changes. */
export class Discovery {
  readonly #gateway: ClusterGateway;
  readonly #cluster: string;
  readonly #clock: Clock;
  readonly #groups: ReadonlySet<string>;
  readonly #cache = new Map<string, Cached>();

  constructor(options: {
    gateway: ClusterGateway;
    cluster: string;
    clock: Clock;
    /** Groups that matter: older servers are asked for each. */
    groups: Iterable<string>;
  }) {
    this.#gateway = options.gateway;
    this.#cluster = options.cluster;
    this.#clock = options.clock;
    this.#groups = new Set(options.groups);
  }

  /** @throws what prevented a complete answer: half of one would make kinds vanish */
  async read(signal: AbortSignal): Promise<ServedKinds> {
    const roots = await Promise.all(
      ['/api', '/apis'].map(path => this.#readRoot(path, signal)),
    );
    return new Map(roots.flatMap(served => [...served]));
  }

  async #readRoot(
    path: string,
    signal: AbortSignal,
  ): Promise<Map<string, ServedKind[]>> {
    const cached = this.#cache.get(path);
    const response = await this.#get(path, signal, {
      accept,
      ...(cached?.etag ? { 'if-none-match': cached.etag } : {}),
    });
    if (response.status === 304 && cached) {
      return cached.served;
    }
    this.#assertOk(response);
    const body = parseJson(response.body);
    const aggregated = aggregatedSchema.safeParse(body);
    if (aggregated.success) {
      const served = ofAggregated(aggregated.data);
      const { etag } = response.headers;
      this.#cache.set(path, { etag, served });
      return served;
    }
    return await this.#readGroups(body, signal);
  }

  /** Discovery as servers before 1.27 have it: one document a version. */
  async #readGroups(
    body: unknown,
    signal: AbortSignal,
  ): Promise<Map<string, ServedKind[]>> {
    const core = coreVersionsSchema.safeParse(body);
    const groups = core.success
      ? [{ name: '', versions: core.data.versions }]
      : parse(groupListSchema, body).groups.map(({ name, versions }) => ({
          name,
          versions: versions.map(({ version }) => version),
        }));
    const served = new Map<string, ServedKind[]>();
    for (const { name, versions } of groups) {
      if (name !== '' && !this.#groups.has(name)) {
        continue;
      }
      for (const version of versions) {
        await this.#readVersion({ group: name, version, served, signal });
      }
    }
    return served;
  }

  async #readVersion(options: {
    group: string;
    version: string;
    served: Map<string, ServedKind[]>;
    signal: AbortSignal;
  }): Promise<void> {
    const { group, version, served, signal } = options;
    const path = group ? `/apis/${group}/${version}` : `/api/${version}`;
    const response = await this.#get(path, signal, { accept: plain });
    this.#assertOk(response);
    const { resources } = parse(resourceListSchema, parseJson(response.body));
    for (const { name, kind, namespaced, verbs } of resources) {
      if (!name.includes('/')) {
        add(served, `${group}/${kind}`, {
          version,
          plural: name,
          namespaced,
          watchable: isWatchable(verbs),
          stale: false,
        });
      }
    }
  }

  async #get(
    path: string,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
  ): Promise<ClusterResponse> {
    const cluster = this.#cluster;
    return await this.#gateway.request({ cluster, path, headers, signal });
  }

  /** @throws ApiStatusError */
  #assertOk(response: ClusterResponse): void {
    if (response.status !== 200) {
      const error: ApiStatusError = statusErrorOf({
        status: response.status,
        body: response.body,
        retryAfter: response.headers['retry-after'],
        now: this.#clock.now(),
      });
      throw error;
    }
  }
}

function ofAggregated({ items }: Aggregated): Map<string, ServedKind[]> {
  const served = new Map<string, ServedKind[]>();
  for (const { metadata, versions } of items) {
    for (const { version, freshness, resources } of versions) {
      for (const { resource, responseKind, scope, verbs } of resources) {
        if (responseKind?.kind) {
          add(served, `${metadata.name}/${responseKind.kind}`, {
            version,
            plural: resource,
            namespaced: scope === 'Namespaced',
            watchable: isWatchable(verbs),
            stale: freshness === 'Stale',
          });
        }
      }
    }
  }
  return served;
}

function add(
  served: Map<string, ServedKind[]>,
  key: string,
  kind: ServedKind,
): void {
  const all = served.get(key) ?? [];
  all.push(kind);
  served.set(key, all);
}

function isWatchable(verbs: readonly string[]): boolean {
  return verbs.includes('list') && verbs.includes('watch');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new MalformedDiscoveryError('the discovery document is not JSON');
  }
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new MalformedDiscoveryError('not a discovery document of Kubernetes');
  }
  return parsed.data;
}
