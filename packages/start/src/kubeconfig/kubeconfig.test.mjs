import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createForwarder } from './createForwarder.mjs';
import { deriveEntities, toEntityName } from './deriveEntities.mjs';
import { listWorkloads } from './listWorkloads.mjs';
import { readContexts } from './readContexts.mjs';
import { refusal } from './refusal.mjs';

/** An API server that records what reaches it, behind a forwarder with a credential of its own. */
async function serve(t, { handle, allowWrites = false }) {
  const requests = [];
  const upstream = http.createServer((req, res) => {
    requests.push({ method: req.method, url: req.url, headers: req.headers });
    handle(req, res);
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const forwarder = await createForwarder({
    server: `http://127.0.0.1:${upstream.address().port}/k8s`,
    authenticate: async options => {
      options.headers.Authorization = 'Bearer of-the-kubeconfig';
    },
    allowWrites,
  });
  t.after(async () => {
    await forwarder.close();
    upstream.closeAllConnections();
    upstream.close();
  });
  const ask = (pathname, options = {}) =>
    fetch(`${forwarder.url}${pathname}`, {
      ...options,
      headers: {
        authorization: `Bearer ${forwarder.token}`,
        ...options.headers,
      },
    });
  return { upstream, requests, forwarder, ask };
}

test('the forwarder swaps the credential, keeps query and body, and drops impersonation', async t => {
  const { requests, forwarder, ask } = await serve(t, {
    handle: (req, res) => res.end(JSON.stringify({ kind: 'PodList' })),
  });
  const answer = await ask('/api/v1/pods?limit=5', {
    headers: { 'impersonate-user': 'admin', accept: 'application/json' },
  });
  assert.deepEqual(await answer.json(), { kind: 'PodList' });
  assert.equal(requests[0].url, '/k8s/api/v1/pods?limit=5');
  assert.equal(requests[0].headers.authorization, 'Bearer of-the-kubeconfig');
  assert.equal(requests[0].headers['impersonate-user'], undefined);

  const stranger = await fetch(`${forwarder.url}/api/v1/pods`);
  assert.equal(stranger.status, 401);
  assert.equal(requests.length, 1);
});

test('without --allow-writes nothing that changes something is forwarded', async t => {
  const handle = (req, res) => res.writeHead(201).end('{}');
  const readOnly = await serve(t, { handle });
  const refused = await readOnly.ask('/api/v1/namespaces/a/pods/b', {
    method: 'DELETE',
  });
  assert.equal(refused.status, 403);
  const status = await refused.json();
  assert.equal(status.kind, 'Status');
  assert.match(status.message, /DELETE changes things/);
  assert.equal(readOnly.requests.length, 0);

  const writing = await serve(t, { handle, allowWrites: true });
  const allowed = await writing.ask('/api/v1/namespaces/a/pods/b', {
    method: 'DELETE',
  });
  assert.equal(allowed.status, 201);
});

test('which requests are refused', () => {
  const ask = (method, pathname) =>
    refusal({ method, path: pathname, allowWrites: false });
  for (const [method, pathname] of [
    ['GET', '/api/v1/pods?watch=true'],
    ['HEAD', '/readyz'],
    ['GET', '/api/v1/namespaces/a/pods/b/log?tailLines=5'],
    ['POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
  ]) {
    assert.equal(ask(method, pathname), undefined, `${method} ${pathname}`);
  }
  for (const [method, pathname] of [
    ['POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews'],
    ['PATCH', '/apis/apps/v1/namespaces/a/deployments/b'],
    ['OPTIONS', '/api'],
    ['GET', '/api/v1/namespaces/a/services/b/proxy/admin'],
    ['GET', '/api/v1/nodes/a/pr%6fxy/run'],
    ['GET', '/api/v1/namespaces/a/pods/b/exec?command=sh'],
    ['POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/../../x'],
    ['GET', '/%'],
  ]) {
    assert.ok(ask(method, pathname), `${method} ${pathname}`);
  }
});

test('an abort on either side of a watch ends the other', async t => {
  const watching = {};
  const { upstream, ask } = await serve(t, {
    handle: (req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.write('{"type":"ADDED"}\n');
      watching.response = res;
    },
  });
  const abort = new AbortController();
  const first = await ask('/api/v1/pods?watch=true', { signal: abort.signal });
  const reader = first.body.getReader();
  const { value } = await reader.read();
  assert.match(new TextDecoder().decode(value), /ADDED/);
  const ended = once(watching.response, 'close');
  abort.abort();
  await ended;

  const second = await ask('/api/v1/pods?watch=true');
  const rest = second.text();
  upstream.closeAllConnections();
  await assert.rejects(rest);
});

test('a dead API server is a 502 with a Status', async t => {
  const { upstream, ask } = await serve(t, { handle: (req, res) => res.end() });
  upstream.close();
  upstream.closeAllConnections();
  const answer = await ask('/version');
  assert.equal(answer.status, 502);
  assert.match((await answer.json()).message, /ECONNREFUSED/);
});

test('workloads are listed in pages, and what cannot be listed is said', async t => {
  const { requests, forwarder } = await serve(t, {
    handle: (req, res) => {
      const url = new URL(req.url, 'http://x');
      if (url.pathname.endsWith('daemonsets')) {
        res.writeHead(403).end(JSON.stringify({ message: 'no' }));
        return;
      }
      const first = !url.searchParams.get('continue');
      const item = name => ({ metadata: { name, namespace: 'shop' } });
      res.end(
        JSON.stringify({
          metadata: first ? { continue: 'more' } : {},
          items: [item(first ? 'a' : 'b')],
        }),
      );
    },
  });
  const { workloads, problems } = await listWorkloads(forwarder);
  assert.deepEqual(
    workloads.map(({ kind, name }) => `${kind}/${name}`),
    ['Deployment/a', 'Deployment/b', 'StatefulSet/a', 'StatefulSet/b'],
  );
  assert.deepEqual(problems, ['daemonsets cannot be listed: no']);
  assert.match(requests[0].headers.accept, /PartialObjectMetadataList/);
});

test('entities are derived from ids, applications, workloads and namespaces', () => {
  const one = (namespace, name, labels = {}, kind = 'Deployment') => ({
    kind,
    namespace,
    name,
    labels,
  });
  const app = {
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/name': 'api',
  };
  const { entities, services } = deriveEntities([
    one('a', 'api-blue', { 'backstage.io/kubernetes-id': 'api', ...app }),
    one('b', 'api-green', { 'backstage.io/kubernetes-id': 'api' }),
    one('a', 'api', { ...app, 'app.kubernetes.io/version': '1' }),
    one('a', 'cron', { app: 'cron', 'helm.sh/chart': 'cron-1' }),
    one('c', 'cron', { app: 'cron' }),
    one('c', 'bare'),
    one('c', 'naked', {}, 'DaemonSet'),
  ]);
  const components = entities
    .filter(entity => entity.kind === 'Component')
    .map(({ metadata, spec }) => [
      metadata.name,
      spec.system,
      ...Object.values(metadata.annotations),
    ]);
  assert.equal(services, components.length);
  assert.deepEqual(components, [
    ['api', 'shop', 'api'],
    [
      'shop-api',
      'shop',
      'app.kubernetes.io/part-of=shop,app.kubernetes.io/name=api',
    ],
    ['cron', 'a', 'app=cron', 'a'],
    ['c-cron', 'c', 'app=cron', 'c'],
    [
      'c',
      'c',
      '!backstage.io/kubernetes-id,!app.kubernetes.io/part-of,!app.kubernetes.io/name,!app',
      'c',
    ],
  ]);
  const systems = entities.filter(entity => entity.kind === 'System');
  assert.deepEqual(
    systems.map(({ metadata }) => metadata.name),
    ['a', 'c', 'shop'],
  );
});

test('names that the catalog would refuse become others, each its own', () => {
  assert.equal(toEntityName('my.service_1'), 'my.service_1');
  const odd = ['-a', 'a b', 'x'.repeat(80), `${'x'.repeat(80)}y`, '###'];
  const names = odd.map(toEntityName);
  assert.equal(new Set(names).size, odd.length);
  for (const name of names) {
    assert.match(name, /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
  }
});

test('a kubeconfig that cannot be used is refused with what is wrong', async t => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'day2-kubeconfig-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'config');
  await assert.rejects(readContexts({ file }), /There is no file/);
  await writeFile(file, 'a: [');
  await assert.rejects(readContexts({ file }), /is not a kubeconfig/);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'one',
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [
      { name: 'one', context: { cluster: 'c', user: 'u' } },
      { name: 'two', context: { cluster: 'gone', user: 'u' } },
    ],
  };
  await writeFile(file, JSON.stringify(config));
  await assert.rejects(readContexts({ file, contexts: ['three'] }), error => {
    assert.match(error.message, /has no context three/);
    assert.match(error.remedy, /one, two/);
    return true;
  });
  await assert.rejects(
    readContexts({ file, contexts: ['two'] }),
    /names no cluster/,
  );
  const [context] = await readContexts({ file });
  const options = { headers: {} };
  await context.authenticate(options);
  assert.equal(context.server, 'https://127.0.0.1:1');
  assert.equal(options.headers.Authorization, 'Bearer t');
});
