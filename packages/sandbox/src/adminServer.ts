import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { SandboxCluster } from './cluster/sandboxCluster';
import { isRecord } from './cluster/json';
import { isFaultKind } from './faults/faults';
import { parseFault } from './faults/parseFault';
import { closeServer, listenOn, trackConnections } from './http/connections';

/** Something a person may have the sandbox do. Throw an `Error` with a message for them when it cannot be done. */
export type AdminAction = (
  input: Record<string, unknown>,
) => unknown | Promise<unknown>;

export interface AdminOptions {
  /** 0 for any free one. */
  port: number;
  token: string;
  /** Answered at `POST /actions/{name}` with what they return. */
  actions?: Record<string, AdminAction>;
}

export interface AdminServer {
  port: number;
  close(): Promise<void>;
}

interface Reply {
  code: number;
  body: unknown;
}

const MAX_BYTES = 64 * 1024;

class BadInput extends Error {}

function holdsToken(request: IncomingMessage, token: string): boolean {
  const expected = Buffer.from(`Bearer ${token}`);
  const given = Buffer.from(request.headers.authorization ?? '');
  return expected.length === given.length && timingSafeEqual(expected, given);
}

async function readInput(
  request: IncomingMessage,
): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new BadInput('the request is too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new BadInput('the request must be a JSON object');
}

function clusterState(cluster: SandboxCluster) {
  return {
    name: cluster.name,
    faults: cluster.faults.active(),
    requests: cluster.requests.total(),
  };
}

async function handleFaults(
  request: IncomingMessage,
  cluster: SandboxCluster,
  kind: string | undefined,
): Promise<Reply> {
  const { faults } = cluster;
  if (request.method === 'POST' && kind === undefined) {
    try {
      faults.set(parseFault(await readInput(request)));
    } catch (error) {
      throw new BadInput(error instanceof Error ? error.message : 'bad fault');
    }
  } else if (request.method === 'DELETE') {
    if (kind !== undefined && !isFaultKind(kind)) {
      return { code: 404, body: { error: `there is no fault ${kind}` } };
    }
    faults.clear(kind);
  } else if (request.method !== 'GET') {
    return { code: 405, body: { error: 'GET, POST or DELETE' } };
  }
  return { code: 200, body: clusterState(cluster) };
}

async function route(
  request: IncomingMessage,
  clusters: readonly SandboxCluster[],
  actions: Record<string, AdminAction>,
): Promise<Reply> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [root, name, part, kind, ...more] = pathname.split('/').filter(Boolean);
  if (root === 'clusters' && name === undefined && request.method === 'GET') {
    return { code: 200, body: { clusters: clusters.map(clusterState) } };
  }
  if (root === 'clusters' && part === 'faults' && !more.length) {
    const cluster = clusters.find(candidate => candidate.name === name);
    if (cluster) return handleFaults(request, cluster, kind);
    const known = clusters.map(candidate => candidate.name).join(', ');
    const error = `there is no cluster ${name}, but ${known}`;
    return { code: 404, body: { error } };
  }
  const isAction = root === 'actions' && name && !part;
  if (isAction && request.method === 'POST' && Object.hasOwn(actions, name)) {
    const input = await readInput(request);
    try {
      return {
        code: 200,
        body: { result: (await actions[name](input)) ?? {} },
      };
    } catch (error) {
      throw new BadInput(
        error instanceof Error ? error.message : String(error),
      );
    }
  }
  return { code: 404, body: { error: 'not found' } };
}

function send(response: ServerResponse, { code, body }: Reply): void {
  response.writeHead(code, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

/**
 * The sandbox's own switches, over plain HTTP and with a token: `GET /clusters`, `GET|POST /clusters/{name}/faults`,
 * `DELETE /clusters/{name}/faults[/{kind}]`, `POST /actions/{name}`. What is refused comes as `{error}`.
 */
export async function startAdminServer(
  clusters: readonly SandboxCluster[],
  options: AdminOptions & { host: string },
): Promise<AdminServer> {
  const { token, host, port, actions = {} } = options;
  const server = createServer((request, response) => {
    if (!holdsToken(request, token)) {
      send(response, { code: 401, body: { error: 'the token is wrong' } });
      return;
    }
    route(request, clusters, actions).then(
      reply => send(response, reply),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        const code = error instanceof BadInput ? 400 : 500;
        send(response, { code, body: { error: message } });
      },
    );
  });
  const connections = trackConnections(server);
  return {
    port: await listenOn(server, { port, host }),
    close: () => closeServer(server, connections),
  };
}
