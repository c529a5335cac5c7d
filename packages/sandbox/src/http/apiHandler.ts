import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from '../cluster/access';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import { StatusError } from '../cluster/statusError';
import { authorize, identify } from './authorization';
import type { Answer, RequestContext, ResourceContext } from './context';
import { discover } from './discovery';
import { evict } from './eviction';
import { passFaults } from './faultGate';
import { list } from './list';
import { logs } from './logs';
import { negotiate } from './negotiation';
import { openapi } from './openapi';
import type { Pager } from './pager';
import { createPager } from './pager';
import type { RequestInfo } from './requestInfo';
import { parseRequest } from './requestInfo';
import { failure, respond } from './respond';
import { isReview, review } from './reviews';
import { scale } from './scale';
import { watch } from './watch';
import {
  create,
  patch,
  read,
  remove,
  removeCollection,
  update,
} from './writes';

/** Handles every request to one cluster. */
export type ApiHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

const NOT_SERVED = () =>
  new StatusError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });

const NOT_ALLOWED = () =>
  new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });

function versionInfo(version: string): Record<string, string> {
  const [major, minor] = version.split('.');
  return {
    major,
    minor,
    gitVersion: `v${version}`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: 'go1.26.8',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

function visit(context: RequestContext): Answer {
  const { info, cluster } = context;
  if (info.verb !== 'get') throw NOT_ALLOWED();
  const health = /^\/(healthz|livez|readyz)(\/[-a-z]+)?$/.exec(info.path);
  if (health) {
    const verbose = context.query.get('verbose') !== null;
    const body = verbose ? `[+]ping ok\n${health[1]} check passed\n` : 'ok';
    return { code: 200, body, contentType: 'text/plain; charset=utf-8' };
  }
  if (info.path === '/version' || info.path === '/version/') {
    return { code: 200, body: versionInfo(cluster.version) };
  }
  return (
    discover(context) ??
    openapi(context) ?? {
      code: 404,
      body: '404 page not found\n',
      contentType: 'text/plain; charset=utf-8',
    }
  );
}

async function handleSubresource(
  context: ResourceContext,
  subresource: string,
): Promise<Answer | undefined> {
  const { info, type } = context;
  if (!type.subresources.includes(subresource)) throw NOT_SERVED();
  const { verb } = info;
  if (subresource === 'log' && verb === 'get') return logs(context);
  if (subresource === 'eviction' && verb === 'create') return evict(context);
  if (subresource === 'status') {
    if (verb === 'get') return read(context);
    if (verb === 'update') return update(context, { status: true });
    if (verb === 'patch') return patch(context, { status: true });
  }
  if (subresource === 'scale' && ['get', 'update', 'patch'].includes(verb)) {
    return scale(context, verb);
  }
  throw NOT_ALLOWED();
}

async function handleResource(
  context: ResourceContext,
): Promise<Answer | undefined> {
  const { info, path, type } = context;
  if (path.subresource) return handleSubresource(context, path.subresource);
  if (isReview(type.kind)) {
    if (info.verb !== 'create') throw NOT_ALLOWED();
    return review(context);
  }
  switch (info.verb) {
    case 'get':
      return read(context);
    case 'list':
      return list(context);
    case 'watch':
      watch(context);
      return undefined;
    case 'create':
      if (path.name) throw NOT_ALLOWED();
      return create(context);
    case 'update':
      if (!path.name) throw NOT_ALLOWED();
      return update(context);
    case 'patch':
      if (!path.name) throw NOT_ALLOWED();
      return patch(context);
    case 'delete':
      return remove(context);
    case 'deletecollection':
      return removeCollection(context);
    default:
      throw NOT_ALLOWED();
  }
}

async function answer(context: RequestContext): Promise<Answer | undefined> {
  const { info, cluster } = context;
  const path = info.resource;
  if (!path) return visit(context);
  const { group, version, plural, namespace } = path;
  const type = cluster.resources.byPlural(group, version, plural);
  if (!type) throw NOT_SERVED();
  // A path with a namespace names no cluster-scoped object; one without lists all namespaces and names no object.
  const ofNamespace = type.namespaced ? namespace !== undefined : !namespace;
  const collection = !path.name && ['list', 'watch'].includes(info.verb);
  if (!ofNamespace && !(type.namespaced && collection)) throw NOT_SERVED();
  return handleResource({ ...context, path, type });
}

function describe({ resource, path }: RequestInfo): string {
  if (!resource) return path;
  const { group, plural, subresource } = resource;
  const name = group ? `${plural}.${group}` : plural;
  return subresource ? `${name}/${subresource}` : name;
}

interface Incoming {
  cluster: SandboxCluster;
  pager: Pager;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  info: RequestInfo;
}

async function process(incoming: Incoming): Promise<Answer | undefined> {
  const { cluster, request, response, info } = incoming;
  let user: Identity | undefined;
  try {
    user = identify(cluster, request);
  } finally {
    cluster.requests.note({
      method: request.method ?? '',
      verb: info.verb,
      target: describe(info),
      user: user?.name ?? '',
    });
  }
  const { plural } = info.resource ?? {};
  if (!(await passFaults(cluster, plural, response))) return undefined;
  authorize(user, info);
  const accepted = negotiate(request.headers.accept);
  return answer({ ...incoming, user, accepted });
}

/** The Kubernetes API of one cluster. */
export function createApiHandler(cluster: SandboxCluster): ApiHandler {
  const pager = createPager(cluster.clock);
  return async (request, response) => {
    const { pathname, searchParams: query } = new URL(
      request.url ?? '/',
      'https://localhost',
    );
    const info = parseRequest(request.method ?? 'GET', pathname, query);
    let sent: Answer | undefined;
    try {
      const incoming = { cluster, pager, request, response, query, info };
      sent = await process(incoming);
    } catch (error) {
      sent = failure(error);
    }
    if (!sent || response.headersSent || response.destroyed) return;
    const fault = cluster.faults.take('reset', info.resource?.plural);
    const cutOff = fault !== undefined;
    await respond({ request, response, answer: sent, cutOff });
  };
}
