import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { Certificates, createCertificates } from 'sandbox';
import { clusterOf, directGateway } from '../../__testUtils__/directGateway';
import { TestServer, until } from '../../__testUtils__/TestServer';

describe('DirectGateway', () => {
  const { signal } = new AbortController();
  let server: TestServer;
  let own: Certificates;
  let other: Certificates;
  const closing: (() => Promise<unknown>)[] = [];

  // Keys and signatures take seconds on a busy machine.
  beforeAll(() => {
    own = createCertificates();
    other = createCertificates({ hosts: ['day2-client'] });
  }, 60_000);

  beforeEach(async () => {
    server = await new TestServer().start();
  });

  afterEach(async () => {
    for (const close of closing.splice(0)) {
      await close();
    }
    await server.close();
  });

  function setUp(
    options: Partial<Parameters<typeof directGateway>[0]> = {},
  ): ReturnType<typeof directGateway> {
    const gateway = directGateway({
      clusters: () => [clusterOf(server.url)],
      ...options,
    });
    closing.push(() => gateway.close());
    return gateway;
  }

  it('asks for the credential anew for each request, and once more after a 401', async () => {
    let count = 0;
    const gateway = setUp({
      credential: () => {
        count += 1;
        return { type: 'bearer token', token: `t${count}` };
      },
    });
    server.handler = (req, res) => {
      res.statusCode = req.headers.authorization === 'Bearer t2' ? 200 : 401;
      res.end();
    };
    const request = { cluster: 'c1', path: '/api', signal };
    expect((await gateway.request(request)).status).toBe(200);
    expect((await gateway.request(request)).status).toBe(401);
    expect(count).toBe(4);
    expect((await gateway.stream(request)).status).toBe(401);
  });

  it('says when no credential is to be had', async () => {
    const gateway = setUp({
      credential: () => {
        throw new Error('role not assumed');
      },
    });
    await expect(
      gateway.request({ cluster: 'c1', path: '/api', signal }),
    ).rejects.toMatchObject({
      reason: 'Credential',
      message: expect.stringContaining('role not assumed'),
    });
    const unnamed = setUp({
      clusters: () => [
        clusterOf(server.url, {
          authMetadata: { 'kubernetes.io/auth-provider': 'mystery' },
        }),
      ],
    });
    await expect(
      unnamed.request({ cluster: 'c1', path: '/api', signal }),
    ).rejects.toThrow('no auth provider "mystery"');
  });

  it('names a cluster that nobody lists, and finds one that was added', async () => {
    let clusters = [clusterOf(server.url)];
    const gateway = setUp({ clusters: () => clusters });
    const request = { cluster: 'c9', path: '/api', signal };
    await expect(gateway.request(request)).rejects.toThrow('no cluster c9');
    clusters = [clusterOf(server.url, { name: 'c9' })];
    expect((await gateway.request(request)).status).toBe(200);
  });

  it('keeps the path of the cluster URL', async () => {
    const gateway = setUp({
      clusters: () => [clusterOf(`${server.url}/k8s/clusters/x/`)],
    });
    await gateway.request({ cluster: 'c1', path: '/api/v1', signal });
    expect(server.requests[0].url).toBe('/k8s/clusters/x/api/v1');
  });

  it('keeps connections, and tries again on a new one when the server dropped it', async () => {
    const gateway = setUp();
    server.handler = (_, res) => res.end('{}');
    const request = { cluster: 'c1', path: '/api', signal };
    await gateway.request(request);
    await gateway.request(request);
    expect(server.sockets).toBe(1);
    server.handler = (req, res) => {
      server.handler = (_, next) => next.end('{}');
      req.socket.resetAndDestroy();
      res.destroy();
    };
    expect((await gateway.request(request)).status).toBe(200);
  });

  it('sees the death of the server and drops half a line', async () => {
    const gateway = setUp();
    server.handler = (_, res) => {
      res.write('{"a":1}\n{"b":');
    };
    const stream = await gateway.stream({ cluster: 'c1', path: '/w', signal });
    const lines = stream.lines[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('{"a":1}');
    const next = lines.next();
    server.cut();
    await expect(next).rejects.toMatchObject({
      name: 'ClusterUnreachableError',
      reason: 'Reset',
    });
  });

  it.each([
    ['abort', ['{"a":1}', 'AbortError']],
    ['leave', ['{"a":1}']],
    ['abort before reading', ['AbortError']],
  ])(
    'tells the server when a watch is no longer wanted: %s',
    async (how, expected) => {
      const gateway = setUp();
      server.handler = (_, res) => {
        res.write('{"a":1}\n');
      };
      const controller = new AbortController();
      const stream = await gateway.stream({
        cluster: 'c1',
        path: '/w',
        signal: controller.signal,
      });
      expect(server.open.size).toBe(1);
      if (how === 'abort before reading') {
        controller.abort();
      }
      const seen: string[] = [];
      try {
        for await (const line of stream.lines) {
          seen.push(line);
          if (how === 'leave') {
            break;
          }
          controller.abort();
        }
      } catch (error) {
        seen.push((error as Error).name);
      }
      expect(seen).toEqual(expected);
      await until(() => server.open.size === 0);
    },
  );

  it('reaches its own cluster as a pod does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'day2-'));
    closing.push(() => rm(folder, { recursive: true }));
    const serviceAccountCaPath = join(folder, 'ca.crt');
    const gateway = setUp({
      clusters: () => [
        clusterOf('http://elsewhere.invalid', {
          authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
        }),
      ],
      pod: { serviceAccountCaPath, host: 'localhost', port: '1' },
    });
    const request = { cluster: 'c1', path: '/api', signal };
    await expect(gateway.request(request)).rejects.toMatchObject({
      reason: 'Dns',
    });
    await writeFile(serviceAccountCaPath, '');
    await expect(gateway.request(request)).rejects.toMatchObject({
      reason: 'Refused',
    });
  });

  it('trusts what the CA file says now, and nobody without', async () => {
    const { caPem, certPem, keyPem } = own;
    const secure = await new TestServer({ cert: certPem, key: keyPem }).start();
    const folder = await mkdtemp(join(tmpdir(), 'day2-'));
    closing.push(
      () => rm(folder, { recursive: true }),
      () => secure.close(),
    );
    const caFile = join(folder, 'ca.crt');
    await writeFile(caFile, other.caPem);
    const gateway = setUp({
      clusters: () => [
        clusterOf(secure.url, { caFile }),
        clusterOf(secure.url, { name: 'no-ca' }),
        clusterOf(secure.url, { name: 'unchecked', skipTLSVerify: true }),
      ],
    });
    const ask = (cluster: string) =>
      gateway.request({ cluster, path: '/api', signal });
    for (const cluster of ['c1', 'no-ca']) {
      await expect(ask(cluster)).rejects.toMatchObject({ reason: 'Tls' });
    }
    await writeFile(caFile, caPem);
    expect((await ask('c1')).status).toBe(200);
    expect((await ask('unchecked')).status).toBe(200);
    expect(secure.requests).toHaveLength(2);
  });

  it('shows a client certificate instead of a token', async () => {
    const { caPem, certPem, keyPem } = own;
    const secure = await new TestServer({
      cert: certPem,
      key: keyPem,
      requestCert: true,
      rejectUnauthorized: false,
    }).start();
    closing.push(() => secure.close());
    secure.handler = ({ socket, headers }, res) => {
      const { subject } = (socket as TLSSocket).getPeerCertificate();
      res.end(`${subject?.CN} ${headers.authorization}`);
    };
    const gateway = setUp({
      clusters: () => [
        clusterOf(secure.url, {
          caData: Buffer.from(caPem).toString('base64'),
        }),
      ],
      credential: () => ({
        type: 'x509 client certificate',
        cert: other.certPem,
        key: other.keyPem,
      }),
    });
    const { body } = await gateway.request({
      cluster: 'c1',
      path: '/api',
      signal,
    });
    expect(body).toBe('day2-client undefined');
  });

  it('says that a CA file is missing', async () => {
    const gateway = setUp({
      clusters: () => [
        clusterOf(server.url, { caFile: '/nowhere/to/be/found.crt' }),
      ],
    });
    await expect(
      gateway.request({ cluster: 'c1', path: '/api', signal }),
    ).rejects.toMatchObject({ reason: 'Tls' });
  });

  it('goes through the proxy of the environment, but not to hosts that are excepted', async () => {
    const request = { cluster: 'c1', path: '/api', signal };
    const dead = { HTTP_PROXY: 'http://localhost:1' };
    await expect(setUp({ env: dead }).request(request)).rejects.toMatchObject({
      reason: 'Refused',
    });
    const excepted = { ...dead, NO_PROXY: 'localhost' };
    expect((await setUp({ env: excepted }).request(request)).status).toBe(200);
  });
});
