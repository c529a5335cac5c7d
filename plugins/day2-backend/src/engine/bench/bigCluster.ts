/*
 * A cluster of 10,000 Deployments with 50,000 pods, in a process of its own: it answers reads and changes nothing. Sends its
 * port to its parent.
 */
import { once } from 'node:events';
import http, { IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { deploymentText, perSet, podText, replicaSetText } from './objects';

const setCount = 10_000;
const version = '2000000';

interface Collection {
  group: string;
  kind: string;
  plural: string;
  size: number;
  text(index: number): string;
}

const collections: readonly Collection[] = [
  {
    group: '',
    kind: 'Pod',
    plural: 'pods',
    size: setCount * perSet,
    text: index => podText(index, index % 2 ? ['api', 'proxy'] : ['api']),
  },
  {
    group: 'apps',
    kind: 'Deployment',
    plural: 'deployments',
    size: setCount,
    text: deploymentText,
  },
  {
    group: 'apps',
    kind: 'ReplicaSet',
    plural: 'replicasets',
    size: setCount,
    text: replicaSetText,
  },
];

function discovery(core: boolean) {
  const all = collections.filter(({ group }) => (group === '') === core);
  return {
    kind: 'APIGroupDiscoveryList',
    items: [
      {
        metadata: core ? {} : { name: 'apps' },
        versions: [
          {
            version: 'v1',
            freshness: 'Current',
            resources: all.map(({ kind, plural, group }) => ({
              resource: plural,
              responseKind: { group, version: 'v1', kind },
              scope: 'Namespaced',
              verbs: ['get', 'list', 'watch'],
            })),
          },
        ],
      },
    ],
  };
}

const fixed: Readonly<Record<string, unknown>> = {
  '/readyz': 'ok',
  '/version': { gitVersion: 'v1.34.1' },
  '/api/v1/namespaces/kube-system': {
    kind: 'Namespace',
    metadata: { uid: 'a-big-cluster' },
  },
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': {
    status: { allowed: false },
  },
  '/api': discovery(true),
  '/apis': discovery(false),
};

/** Waits where the reader does. */
async function send(res: ServerResponse, text: string): Promise<void> {
  if (!res.write(text) && !res.destroyed) {
    await once(res, 'drain');
  }
}

/** Everything as the beginning of a watch, which then says nothing more. */
async function stream(collection: Collection, res: ServerResponse) {
  const line = (type: string, object: string) =>
    `{"type":"${type}","object":${object}}\n`;
  for (let index = 0; index < collection.size; index += 1) {
    await send(res, line('ADDED', collection.text(index)));
  }
  const end = {
    kind: collection.kind,
    metadata: {
      resourceVersion: version,
      annotations: { 'k8s.io/initial-events-end': 'true' },
    },
  };
  await send(res, line('BOOKMARK', JSON.stringify(end)));
}

async function list(
  { kind, size, text }: Collection,
  query: URLSearchParams,
  res: ServerResponse,
) {
  const start = Number(query.get('continue') ?? 0);
  const end = Math.min(size, start + Number(query.get('limit') ?? size));
  const items: string[] = [];
  for (let index = start; index < end; index += 1) {
    items.push(text(index));
  }
  const metadata = {
    resourceVersion: version,
    continue: end < size ? String(end) : undefined,
  };
  res.end(
    `{"kind":"${kind}List","apiVersion":"v1","metadata":${JSON.stringify(
      metadata,
    )},"items":[${items.join(',')}]}`,
  );
}

async function answer(req: IncomingMessage, res: ServerResponse) {
  const { pathname, searchParams } = new URL(req.url ?? '', 'http://localhost');
  req.resume();
  const body = fixed[pathname];
  const collection = collections.find(({ group, plural }) =>
    group
      ? pathname === `/apis/${group}/v1/${plural}`
      : pathname === `/api/v1/${plural}`,
  );
  if (body !== undefined) {
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  } else if (!collection) {
    res.statusCode = 404;
    res.end(JSON.stringify({ kind: 'Status', code: 404, reason: 'NotFound' }));
  } else if (searchParams.has('sendInitialEvents')) {
    if (process.argv.includes('--list-only')) {
      res.statusCode = 422;
      res.end(JSON.stringify({ kind: 'Status', code: 422, reason: 'Invalid' }));
    } else {
      await stream(collection, res);
    }
  } else if (searchParams.has('watch')) {
    res.flushHeaders();
  } else {
    await list(collection, searchParams, res);
  }
}

const server = http.createServer((req, res) => {
  answer(req, res).catch(error => res.destroy(error));
});
server.listen(0, 'localhost', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once('disconnect', () => process.exit());
