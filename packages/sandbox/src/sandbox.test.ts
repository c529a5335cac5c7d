import { request } from 'node:https';
import { createManualClock } from './cluster/manualClock';
import type { Sandbox } from './sandbox';
import { startSandbox } from './sandbox';

const ZERO = Date.parse('2026-11-21T03:07:00Z');

interface Answer {
  code: number;
  body: any;
}

function ask(
  sandbox: Sandbox,
  path: string,
  options: { token?: string; method?: string; cluster?: 'staging' } = {},
): Promise<Answer> {
  const { token = sandbox.tokens.reader, method, cluster } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      `${sandbox.urls[cluster ?? 'production']}${path}`,
      {
        method,
        ca: sandbox.caPem,
        headers: { Authorization: `Bearer ${token}` },
        agent: false,
      },
      answer => {
        const chunks: Buffer[] = [];
        answer.on('data', chunk => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = /json/.test(answer.headers['content-type'] ?? '');
          resolve({
            code: answer.statusCode ?? 0,
            body: isJson ? JSON.parse(text) : text,
          });
        });
      },
    );
    sent.once('error', reject);
    sent.end();
  });
}

describe('startSandbox', () => {
  const clock = createManualClock({ now: ZERO });
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ clock, ports: { admin: 0 } });
  }, 60_000);
  afterAll(() => sandbox.close());

  const DEPLOYMENT = '/apis/apps/v1/namespaces/gsv-prod/deployments/gsv-portal';
  const portal = { namespace: 'gsv-prod', name: 'gsv-portal' };

  it('shows what a hand does, over the API', async () => {
    expect((await ask(sandbox, DEPLOYMENT)).body.status.readyReplicas).toBe(2);
    sandbox.break('production', portal, 'unready');
    clock.advance(30_000);
    const { body } = await ask(sandbox, DEPLOYMENT);
    expect(body.status).toMatchObject({ unavailableReplicas: 2 });
    expect(body.status).not.toHaveProperty('readyReplicas');
    sandbox.mend('production', portal);
    clock.advance(30_000);
    expect((await ask(sandbox, DEPLOYMENT)).body.status.readyReplicas).toBe(2);
  });

  it('lets the reader read what Day 2 needs, and nothing more', async () => {
    const paths = [
      '/api/v1/pods',
      '/api/v1/nodes',
      '/api/v1/events',
      '/apis/batch/v1/cronjobs',
      '/apis/orchestrator.io/v1/taskruns',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    ];
    for (const path of paths) {
      const { code, body } = await ask(sandbox, path);
      expect({ path, code, some: body.items.length > 0 }).toEqual({
        path,
        code: 200,
        some: true,
      });
    }
    expect((await ask(sandbox, '/api/v1/secrets')).code).toBe(403);
    expect((await ask(sandbox, DEPLOYMENT, { method: 'DELETE' })).code).toBe(
      403,
    );
    expect(
      (await ask(sandbox, '/api/v1/pods', { token: 'another' })).code,
    ).toBe(401);
    const { admin } = sandbox.tokens;
    expect((await ask(sandbox, '/api/v1/secrets', { token: admin })).code).toBe(
      200,
    );
  });

  it('has a log of the last run of a container that crashed', async () => {
    const pods = await ask(
      sandbox,
      '/api/v1/namespaces/gitops-system/pods?labelSelector=app%3Dservice-discovery-controller',
    );
    const [{ metadata }] = pods.body.items;
    const { code, body } = await ask(
      sandbox,
      `/api/v1/namespaces/gitops-system/pods/${metadata.name}/log?previous=true&tailLines=1`,
    );
    expect(code).toBe(200);
    expect(body).toBe('level=fatal msg="giving up after 3 attempts"\n');
  });

  it('cuts off one cluster and leaves the other', async () => {
    sandbox.cut('staging');
    await expect(
      ask(sandbox, '/readyz', { cluster: 'staging' }),
    ).rejects.toThrow();
    expect((await ask(sandbox, '/readyz')).body).toBe('ok');
    sandbox.join('staging');
    expect((await ask(sandbox, '/readyz', { cluster: 'staging' })).body).toBe(
      'ok',
    );
  });

  it('names what exists when a hand misses', async () => {
    const act = async (action: string, input: unknown, token: string) => {
      const answer = await fetch(`${sandbox.adminUrl}/actions/${action}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      });
      return { code: answer.status, body: await answer.json() };
    };
    const { adminApi, reader } = sandbox.tokens;
    const input = {
      cluster: 'prod',
      namespace: 'cmp',
      workload: 'x',
      as: 'oom',
    };
    expect(await act('break', input, adminApi)).toEqual({
      code: 400,
      body: { error: 'There is no cluster prod, but production and staging' },
    });
    expect(
      await act(
        'break',
        { ...input, cluster: 'production', as: 'fire' },
        adminApi,
      ),
    ).toMatchObject({
      body: { error: expect.stringMatching(/^Cannot break/) },
    });
    expect((await act('list', {}, reader)).code).toBe(401);
    const list = await act('list', { cluster: 'staging' }, adminApi);
    expect(list.body.result).toContainEqual({
      cluster: 'staging',
      kind: 'Deployment',
      namespace: 'skillforge-staging',
      name: 'skillforge-web',
      ready: 2,
      wanted: 2,
      behaviour: 'hang',
    });
  });

  it('leaves no timer behind', async () => {
    const own = createManualClock({ now: ZERO });
    const other = await startSandbox({ clock: own });
    expect(own.pending()).toBeGreaterThan(0);
    await other.close();
    expect(own.pending()).toBe(0);
  }, 60_000);
});
