import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Agent } from 'node:https';
import https from 'node:https';
import { createInterface } from 'node:readline';
import type { Certificates } from '../../certificates';
import { createCertificates } from '../../certificates';
import { allowEverything } from '../../cluster/access';
import type { ManualClock } from '../../cluster/manualClock';
import { createManualClock } from '../../cluster/manualClock';
import type { SandboxCluster } from '../../cluster/sandboxCluster';
import { createSandboxCluster } from '../../cluster/sandboxCluster';
import type { KubernetesObject } from '../../cluster/types';
import type { SandboxServer } from '../../server';
import { startSandboxServer } from '../../server';

export const NOW = Date.parse('2026-11-21T08:00:00Z');

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: any;
}

export interface RequestOptions {
  method?: string;
  token?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: unknown;
}

export interface WatchReader {
  status: number;
  /** The next line, parsed; undefined once the stream has ended in order. */
  next(): Promise<any>;
  /** How the connection ended: `end`, or `aborted` when it broke. */
  ended: Promise<'end' | 'aborted'>;
  close(): void;
}

export interface TestServer {
  cluster: SandboxCluster;
  clock: ManualClock;
  server: SandboxServer;
  certificates: Certificates;
  url: string;
  request(path: string, options?: RequestOptions): Promise<Reply>;
  watch(path: string, token?: string): Promise<WatchReader>;
  /** Resolves when `condition` holds; checked whenever the event loop comes round. */
  until(condition: () => boolean): Promise<void>;
  /** Rejects when a timer outlives the server. */
  close(): Promise<void>;
}

const certificates = createCertificates();

function contentTypeOf(method: string): string {
  return method === 'PATCH'
    ? 'application/merge-patch+json'
    : 'application/json';
}

async function readAll(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function open(options: {
  url: string;
  agent: Agent;
  request: RequestOptions;
}): Promise<IncomingMessage> {
  const { url, agent, request } = options;
  const { method = 'GET', token = 'admin-token', headers, body } = request;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = https.request(
      url,
      {
        method,
        agent,
        ca: certificates.caPem,
        headers: {
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(text
            ? {
                'Content-Type': contentTypeOf(method),
                // Node leaves it out of a DELETE.
                'Content-Length': Buffer.byteLength(text),
              }
            : {}),
          ...headers,
        },
      },
      resolve,
    );
    sent.once('error', reject);
    sent.end(text);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readWatch(message: IncomingMessage): WatchReader {
  const lines = createInterface({ input: message })[Symbol.asyncIterator]();
  const ended = new Promise<'end' | 'aborted'>(resolve => {
    message.once('end', () => resolve('end'));
    message.once('error', () => resolve('aborted'));
  });
  return {
    status: message.statusCode ?? 0,
    ended,
    async next() {
      const { value, done } = await lines.next();
      return done ? undefined : JSON.parse(value);
    },
    close: () => message.destroy(),
  };
}

/** One cluster behind HTTPS, with a manual clock, an administrator and somebody who may read pods. */
export async function startTestServer(
  options: { history?: number } = {},
): Promise<TestServer> {
  const clock = createManualClock({ now: NOW });
  const cluster = createSandboxCluster({
    name: 'production',
    clock,
    seed: 'test',
    systemNamespaces: true,
    history: options.history,
    users: [
      { name: 'admin', token: 'admin-token', rules: allowEverything },
      {
        name: 'reader',
        token: 'reader-token',
        rules: [
          {
            apiGroups: [''],
            resources: ['pods', 'pods/log'],
            verbs: ['get', 'list', 'watch'],
          },
        ],
      },
    ],
  });
  const server = await startSandboxServer({
    clusters: [cluster],
    tls: { key: certificates.keyPem, cert: certificates.certPem },
    admin: { port: 0, token: 'switches' },
  });
  const agent = new https.Agent({ keepAlive: true });
  const url = server.url('production');
  return {
    cluster,
    clock,
    server,
    certificates,
    url,
    async request(path, request = {}) {
      const message = await open({ url: `${url}${path}`, agent, request });
      const text = await readAll(message);
      return {
        status: message.statusCode ?? 0,
        headers: message.headers,
        text,
        json: parseJson(text),
      };
    },
    async watch(path, token) {
      const request = { token };
      return readWatch(await open({ url: `${url}${path}`, agent, request }));
    },
    async until(condition) {
      while (!condition()) {
        await new Promise(resolve => setImmediate(resolve));
      }
    },
    async close() {
      agent.destroy();
      await server.close();
      cluster.close();
      const left = clock.pending();
      if (left) throw new Error(`${left} timers are left`);
    },
  };
}

export function pod(
  name: string,
  labels: Record<string, string> = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: 'main', image: 'app:1' }],
    },
    status: { phase: 'Running' },
  };
}

export function deployment(name: string): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            { name: 'main', image: 'app:1', ports: [{ containerPort: 80 }] },
            { name: 'side', image: 'side:1' },
          ],
        },
      },
    },
  };
}

export function definition(): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', shortNames: ['wd'] },
      versions: [
        { name: 'v1alpha1', served: true, storage: false },
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
          ],
        },
      ],
    },
  };
}
