import { gzipSync } from 'node:zlib';
import { mockServices } from '@backstage/backend-test-utils';
import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import { clusterOf, directGateway } from '../__testUtils__/directGateway';
import { ManualClock } from '../__testUtils__/ManualClock';
import { portalHop } from '../__testUtils__/portalHop';
import { TestServer, until } from '../__testUtils__/TestServer';
import { createProxyGateway } from './proxy/createProxyGateway';

/** What both transports promise, against a server that can be made to misbehave. */
describe.each(['direct', 'proxy'] as const)('%s gateway', transport => {
  let server: TestServer;
  let hop: TestServer;
  let clock: ManualClock;
  let gateway: ClusterGateway;
  let never: AbortSignal;

  beforeEach(async () => {
    server = await new TestServer().start();
    hop = await new TestServer().start();
    hop.handler = portalHop(() => server.url);
    clock = new ManualClock();
    never = new AbortController().signal;
    gateway =
      transport === 'direct'
        ? directGateway({
            clusters: () => [
              clusterOf(server.url, { title: 'One' }),
              clusterOf('http://localhost:1', {
                name: 'c2',
                authMetadata: { 'kubernetes.io/auth-provider': 'oidc' },
              }),
            ],
            clock,
          })
        : createProxyGateway({
            discovery: mockServices.discovery.mock({
              getBaseUrl: async () => `${hop.url}/api/kubernetes`,
            }),
            auth: mockServices.auth(),
            logger: mockServices.logger.mock(),
            clock,
            random: () => 0.5,
          });
  });

  afterEach(async () => {
    await gateway.close();
    await hop.close();
    await server.close();
    if (clock.pending > 0) {
      throw new Error(`${clock.pending} timers are left`);
    }
  });

  const get = (path: string, extra: object = {}) =>
    gateway.request({ cluster: 'c1', path, signal: never, ...extra });

  it('lists clusters, and says which need a browser', async () => {
    expect(await gateway.listClusters(never)).toEqual([
      {
        name: 'c1',
        title: 'One',
        url: transport === 'direct' ? server.url : undefined,
        clientAuth: undefined,
      },
      expect.objectContaining({ name: 'c2', clientAuth: 'oidc' }),
    ]);
  });

  it('resolves with any status, headers and body of the server', async () => {
    for (const status of [200, 304, 404, 410, 500]) {
      server.handler = (_, res) => {
        res.writeHead(status, { 'retry-after': '3' });
        res.end(status === 304 ? undefined : '{"kind":"Status"}');
      };
      const response = await get('/api/v1/pods');
      expect(response.status).toBe(status);
      expect(response.headers['retry-after']).toBe('3');
      expect(response.body).toBe(status === 304 ? '' : '{"kind":"Status"}');
    }
  });

  it('sends path, query, method and body as they are', async () => {
    let body = '';
    server.handler = (req, res) => {
      req.on('data', chunk => {
        body += chunk;
      });
      req.on('end', () => res.end('{}'));
    };
    await get('/apis/apps/v1/namespaces/a%20b/deployments', {
      method: 'PATCH',
      query: { dryRun: 'All', force: true, limit: 5, left: undefined },
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: 1 },
    });
    expect(server.requests[0]).toMatchObject({
      method: 'PATCH',
      url: '/apis/apps/v1/namespaces/a%20b/deployments?dryRun=All&force=true&limit=5',
      headers: expect.objectContaining({
        'content-type': 'application/merge-patch+json',
      }),
    });
    expect(body).toBe('{"spec":1}');
  });

  it('refuses paths that would not arrive as they are written', async () => {
    for (const path of ['/api/../metrics', '/api/%2e%2e/x', 'api', '/a?b=c']) {
      await expect(get(path)).rejects.toThrow('Not a path');
    }
    expect(server.requests).toHaveLength(0);
  });

  it('inflates gzip, up to a limit', async () => {
    server.handler = (req, res) => {
      expect(req.headers['accept-encoding']).toContain('gzip');
      res.setHeader('content-encoding', 'gzip');
      res.end(gzipSync('x'.repeat(100_000)));
    };
    expect((await get('/api')).body).toHaveLength(100_000);
    await expect(get('/api', { maxBytes: 99_999 })).rejects.toMatchObject({
      name: 'ClusterUnreachableError',
      reason: 'TooLarge',
    });
  });

  it.each(['before', 'within'])(
    'gives up after the deadline, %s the body',
    async when => {
      server.handler = (_, res) => {
        if (when === 'within') {
          res.write('{');
        }
      };
      const outcome = get('/api', { timeoutMs: 5000 });
      outcome.catch(() => {});
      await until(() => server.requests.length > 0);
      await clock.advance(5000);
      await expect(outcome).rejects.toMatchObject({
        name: 'ClusterUnreachableError',
        reason: 'Timeout',
      });
    },
  );

  it('rejects with an AbortError when the caller aborts', async () => {
    server.handler = () => {};
    const controller = new AbortController();
    const outcome = get('/api', { signal: controller.signal });
    outcome.catch(() => {});
    await until(() => server.requests.length > 0);
    controller.abort();
    await expect(outcome).rejects.toMatchObject({ name: 'AbortError' });
    await expect(get('/api', { signal: controller.signal })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    if (transport === 'direct') {
      await until(() => server.open.size === 0);
    }
  });

  it('does not follow redirects', async () => {
    server.handler = (_, res) => {
      res.writeHead(302, { location: `${server.url}/elsewhere` });
      res.end();
    };
    await expect(get('/api')).rejects.toMatchObject({ reason: 'Redirect' });
    expect(server.requests).toHaveLength(1);
  });

  it('says that nobody listens', async () => {
    await server.close();
    const reason = transport === 'direct' ? 'Refused' : 'Portal';
    await expect(get('/api')).rejects.toMatchObject({
      name: 'ClusterUnreachableError',
      reason,
    });
    server = await new TestServer().start();
  });

  it('streams lines as they come, whole characters each', async () => {
    const text = Buffer.from('{"a":"größe"}\n{"b":1}\n{"c":2}');
    server.handler = (req, res) => {
      expect(req.headers['accept-encoding']).toBe('identity');
      res.flushHeaders();
      const send = (index: number) => {
        if (index < text.length) {
          res.write(text.subarray(index, index + 1), () => send(index + 1));
        } else {
          res.end();
        }
      };
      send(0);
    };
    const stream = await gateway.stream({
      cluster: 'c1',
      path: '/api/v1/pods',
      query: { watch: true },
      signal: never,
    });
    const lines: string[] = [];
    for await (const line of stream.lines) {
      lines.push(line);
    }
    expect(lines).toEqual(['{"a":"größe"}', '{"b":1}', '{"c":2}']);
    await until(() => server.open.size === 0);
  });

  it('hands over the answer of a server that refuses to stream', async () => {
    server.handler = (_, res) => {
      res.writeHead(410);
      res.end('{"kind":"Status","code":410}\n');
    };
    const stream = await gateway.stream({
      cluster: 'c1',
      path: '/api/v1/pods',
      signal: never,
    });
    const { value } = await stream.lines[Symbol.asyncIterator]().next();
    expect([stream.status, value]).toEqual([
      410,
      '{"kind":"Status","code":410}',
    ]);
    await gateway.close();
  });

  it('throws on a line without end', async () => {
    server.handler = (_, res) => {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      const send = () => {
        if (!res.destroyed) {
          res.write(chunk, () => setImmediate(send));
        }
      };
      send();
    };
    const stream = await gateway.stream({
      cluster: 'c1',
      path: '/api/v1/pods',
      signal: never,
    });
    await expect(
      stream.lines[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({ reason: 'TooLarge' });
    await gateway.close();
  });

  it('does not let a stream wait for its beginning for ever', async () => {
    server.handler = () => {};
    const outcome = gateway.stream({
      cluster: 'c1',
      path: '/api/v1/pods',
      signal: never,
    });
    outcome.catch(() => {});
    await until(() => server.requests.length > 0);
    await clock.advance(30_000);
    await expect(outcome).rejects.toMatchObject({ reason: 'Timeout' });
  });

  it('ends every stream when it closes', async () => {
    server.handler = (_, res) => {
      res.write('{"type":"ADDED"}\n');
    };
    const stream = await gateway.stream({
      cluster: 'c1',
      path: '/api/v1/pods',
      signal: never,
    });
    const lines = stream.lines[Symbol.asyncIterator]();
    await lines.next();
    const next = lines.next();
    next.catch(() => {});
    await gateway.close();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
    await until(() =>
      transport === 'direct' ? server.sockets === 0 : hop.sockets === 0,
    );
  });
});
