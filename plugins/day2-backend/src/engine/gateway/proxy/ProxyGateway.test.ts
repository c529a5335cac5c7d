import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock, settle } from '../../__testUtils__/ManualClock';
import { portalHop } from '../../__testUtils__/portalHop';
import { TestServer, until } from '../../__testUtils__/TestServer';
import { createProxyGateway } from './createProxyGateway';

async function setUp() {
  const server = await new TestServer().start();
  const hop = await new TestServer().start();
  hop.handler = portalHop(() => server.url);
  const clock = new ManualClock();
  const logger = mockServices.logger.mock();
  const gateway = createProxyGateway({
    discovery: mockServices.discovery.mock({
      getBaseUrl: async () => `${hop.url}/api/kubernetes`,
    }),
    auth: mockServices.auth(),
    logger,
    clock,
    random: () => 0.5,
  });
  const watch = (signal: AbortSignal) =>
    gateway.stream({
      cluster: 'c1',
      path: '/api/v1/pods',
      query: { watch: true, timeoutSeconds: 450 },
      signal,
    });
  return {
    server,
    hop,
    clock,
    logger,
    gateway,
    watch,
    async close() {
      await gateway.close();
      await hop.close();
      await server.close();
      expect(clock.pending).toBe(0);
    },
  };
}

describe('ProxyGateway', () => {
  const { signal } = new AbortController();

  it('names the cluster, sends its own token and asks for short watches', async () => {
    const rig = await setUp();
    await rig.watch(signal);
    const [{ url, headers }] = rig.hop.requests;
    expect(url).toBe(
      '/api/kubernetes/proxy/api/v1/pods?watch=true&timeoutSeconds=75',
    );
    expect(headers['backstage-kubernetes-cluster']).toBe('c1');
    expect(headers.authorization).toMatch(/^Bearer ./);
    await rig.close();
  });

  it('lets a watch that nobody reads any more run out', async () => {
    const rig = await setUp();
    rig.server.handler = (_, res) => {
      res.write('{"a":1}\n');
    };
    const controller = new AbortController();
    const { lines } = await rig.watch(controller.signal);
    const iterator = lines[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
    await settle();
    expect(rig.server.open.size).toBe(1);
    expect(rig.hop.open.size).toBe(1);
    for (const res of rig.server.open) {
      res.end('{"b":1}\n');
    }
    await until(() => rig.server.open.size === 0 && rig.clock.pending === 0);
    await rig.close();
  });

  it('takes a watch for dead 10 s after its time', async () => {
    const rig = await setUp();
    rig.server.handler = (_, res) => {
      res.write('{"a":1}\n');
    };
    const { lines } = await rig.watch(signal);
    const iterator = lines[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    next.catch(() => {});
    await rig.clock.advance(84_000);
    expect(rig.hop.open.size).toBe(1);
    await rig.clock.advance(1_000);
    await expect(next).rejects.toMatchObject({ reason: 'Timeout' });
    await rig.close();
  });

  it('opens at most 40 watches and says once what to install', async () => {
    const rig = await setUp();
    rig.server.handler = (_, res) => {
      res.write('{"a":1}\n');
    };
    for (let index = 0; index < 40; index += 1) {
      await rig.watch(signal);
    }
    for (let index = 0; index < 2; index += 1) {
      await expect(rig.watch(signal)).rejects.toMatchObject({
        reason: 'TooManyWatches',
      });
    }
    expect(rig.logger.warn).toHaveBeenCalledTimes(1);
    expect(rig.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('kubernetes-backend-module-day2'),
    );
    await rig.close();
  });

  it("tells the portal's limit from the cluster's", async () => {
    const rig = await setUp();
    const request = { cluster: 'c1', path: '/api', signal };
    rig.server.handler = (_, res) => {
      res.writeHead(429, { 'retry-after': '2' });
      res.end('{"kind":"Status","code":429}');
    };
    expect((await rig.gateway.request(request)).status).toBe(429);
    rig.hop.handler = (_, res) => {
      res.writeHead(429, { 'retry-after': '2' });
      res.end('{"error":{"name":"Error","message":"Too many requests"}}');
    };
    const limited = { reason: 'PortalRateLimited', retryAfterMs: 2000 };
    await expect(rig.gateway.request(request)).rejects.toMatchObject(limited);
    await expect(rig.watch(signal)).rejects.toMatchObject(limited);
    await rig.close();
  });

  it('knows that the kubernetes plugin is not configured', async () => {
    const rig = await setUp();
    rig.hop.handler = (_, res) => {
      res.statusCode = 404;
      res.end();
    };
    await expect(rig.gateway.listClusters(signal)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await rig.close();
  });
});
