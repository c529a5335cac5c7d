import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { TestServer } from './__testUtils__/testServer';
import { deployment, pod, startTestServer } from './__testUtils__/testServer';

const run = promisify(execFile);
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const describeKubectl = hasKubectl ? describe : describe.skip;

// The client is a process of its own, and a slow one to start.
jest.setTimeout(120_000);

describeKubectl('the real kubectl', () => {
  let api: TestServer;
  let folder: string;

  beforeEach(async () => {
    api = await startTestServer();
    folder = await mkdtemp(path.join(os.tmpdir(), 'sandbox-kubectl-'));
    for (const user of ['admin', 'reader']) {
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [
          {
            name: 'sandbox',
            cluster: {
              server: api.url,
              'certificate-authority-data': Buffer.from(
                api.certificates.caPem,
              ).toString('base64'),
            },
          },
        ],
        users: [{ name: user, user: { token: `${user}-token` } }],
        contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user } }],
        'current-context': 'sandbox',
      };
      await writeFile(path.join(folder, user), JSON.stringify(config));
    }
  });

  afterEach(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  const environment = (user: string) => ({
    PATH: process.env.PATH,
    HOME: folder,
    KUBECONFIG: path.join(folder, user),
    KUBECACHEDIR: path.join(folder, 'cache'),
  });

  const kubectl = async (...args: string[]) =>
    (await run('kubectl', args, { env: environment('admin') })).stdout;

  const asReader = async (...args: string[]) => {
    try {
      const { stdout } = await run('kubectl', args, {
        env: environment('reader'),
      });
      return stdout.trim();
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return `${stdout}${stderr}`.trim();
    }
  };

  const manifest = async (object: unknown) => {
    const file = path.join(folder, 'manifest.json');
    await writeFile(file, JSON.stringify(object));
    return file;
  };

  const stored = () =>
    api.cluster.store.get({
      group: 'apps',
      kind: 'Deployment',
      namespace: 'default',
      name: 'api',
    });

  it('gets, describes and reads logs', async () => {
    api.cluster.useLogs(() => ['2026-11-21T08:00:00Z started', 'ready']);
    const { metadata } = api.cluster.store.create(pod('a', { app: 'x' }));
    api.cluster.store.create(pod('b', { app: 'y' }));
    api.cluster.store.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'a.1', namespace: 'default' },
      involvedObject: {
        kind: 'Pod',
        name: 'a',
        namespace: 'default',
        uid: metadata.uid,
      },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 4,
    });

    const table = await kubectl('get', 'po', '-l', 'app in (x)', '-o', 'wide');
    expect(table.split('\n')[0].split(/ {2,}/)).toEqual(
      expect.arrayContaining(['NAME', 'READY', 'STATUS', 'NODE']),
    );
    expect(table).toMatch(/^a +0\/1 +Running +0 +0s +<none> +node-1/m);
    expect(table).not.toMatch(/^b /m);
    expect(
      await kubectl(
        'get',
        'pods',
        '--field-selector',
        'metadata.name=b',
        '-o',
        'name',
      ),
    ).toBe('pod/b\n');
    const description = await kubectl('describe', 'pod', 'a');
    expect(description).toMatch(/Node: +node-1/);
    expect(description).toContain('Back-off restarting failed container');
    expect(await kubectl('logs', 'a')).toBe('started\nready\n');
    expect(await kubectl('logs', 'a', '--tail=1')).toBe('ready\n');
    const resources = await kubectl('api-resources', '-o', 'name');
    expect(resources.split('\n')).toContain('deployments.apps');
    expect(await kubectl('version', '-o', 'json')).toContain('v1.36.3');
  });

  it('watches', async () => {
    api.cluster.store.create(pod('a'));
    const child = spawn('kubectl', ['get', 'pods', '-w', '--no-headers'], {
      env: environment('admin'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise(resolve => child.once('exit', resolve));
    const lines = createInterface({ input: child.stdout })[
      Symbol.asyncIterator
    ]();
    try {
      expect((await lines.next()).value).toMatch(/^a +0\/1 +Running/);
      await api.until(
        () => api.cluster.requests.total({ verb: 'watch' }) === 1,
      );
      api.cluster.store.create(pod('b'));
      expect((await lines.next()).value).toMatch(/^b +0\/1 +Running/);
      api.cluster.store.delete({
        group: '',
        kind: 'Pod',
        namespace: 'default',
        name: 'a',
      });
      expect((await lines.next()).value).toMatch(/^a +0\/1 +Terminating/);
    } finally {
      child.kill();
      await exited;
    }
  });

  it('applies, tries, patches, scales and deletes', async () => {
    const file = await manifest(deployment('api'));
    expect(await kubectl('apply', '-f', file)).toBe(
      'deployment.apps/api created\n',
    );
    expect(await kubectl('apply', '-f', file)).toBe(
      'deployment.apps/api unchanged\n',
    );
    const changed = deployment('api');
    changed.spec!.replicas = 5;
    await manifest(changed);
    expect(await kubectl('apply', '--dry-run=server', '-f', file)).toBe(
      'deployment.apps/api configured (server dry run)\n',
    );
    expect(stored()?.spec?.replicas).toBe(2);
    await kubectl('apply', '--server-side', '--force-conflicts', '-f', file);
    expect(stored()?.spec?.replicas).toBe(5);
    await kubectl(
      'patch',
      'deployment',
      'api',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"side:9"}]}}}}',
    );
    expect(
      stored()?.spec?.template.spec.containers.map(({ image }: any) => image),
    ).toEqual(['app:1', 'side:9']);
    await kubectl('scale', 'deployment/api', '--replicas=1');
    await kubectl('set', 'image', 'deployment/api', 'main=app:2');
    await kubectl('label', 'deployment', 'api', 'team=shop');
    expect(stored()).toMatchObject({
      metadata: { labels: { team: 'shop' } },
      spec: { replicas: 1 },
    });
    expect(stored()?.spec?.template.spec.containers[0].image).toBe('app:2');
    expect(await kubectl('delete', 'deployment', 'api')).toContain('deleted');
    expect(stored()).toBeUndefined();
    await kubectl('create', 'namespace', 'fresh');
    await kubectl(
      'create',
      'configmap',
      'c',
      '--from-literal=a=b',
      '-n',
      'fresh',
    );
    expect(
      api.cluster.store.get({
        group: '',
        kind: 'ConfigMap',
        namespace: 'fresh',
        name: 'c',
      })?.data,
    ).toEqual({ a: 'b' });
  });

  it('asks what it may', async () => {
    expect(await asReader('auth', 'can-i', 'list', 'pods')).toBe('yes');
    expect(await asReader('auth', 'can-i', 'delete', 'pods')).toBe('no');
    expect(await asReader('auth', 'can-i', '--list')).toMatch(
      /^pods\/log +\[\] +\[\] +\[get list watch\]$/m,
    );
    expect(await asReader('get', 'secrets')).toBe(
      'Error from server (Forbidden): secrets is forbidden: User "reader" cannot list resource "secrets" in API group "" in the namespace "default"',
    );
  });
});
