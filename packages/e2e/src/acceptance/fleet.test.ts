import { Sandbox } from 'sandbox';
import {
  check,
  checkDefinition,
  checkKey,
  checkKind,
  checkRule,
} from './support/checks';
import { extraRequests } from './support/clusterRequests';
import { createCompanyFor } from './support/createCompanyFor';
import {
  createReader,
  itemsOf,
  pathOf,
  people,
  Reader,
  waitUntilJudged,
} from './support/createReader';
import { createOpenApiCheck } from './support/createOpenApiCheck';
import {
  companyServices,
  SandboxPortal,
  startSandboxPortal,
} from './support/startSandboxPortal';
import { waitFor } from './support/waitFor';

jest.setTimeout(240_000);

describe('a fleet in the sandbox', () => {
  const company = createCompanyFor({ more: [checkRule] });
  let portal: SandboxPortal;
  let sandbox: Sandbox;
  let mara: Reader;

  beforeAll(async () => {
    portal = await startSandboxPortal({
      sandbox: company.options,
      day2: { kinds: [checkKind] },
      prepare: ({ clusters: { production } }) => {
        production.store.create(checkDefinition());
        production.store.create(check('smoke', { phase: 'Passed' }));
      },
    });
    sandbox = portal.sandbox;
    mara = await createReader({ url: portal.backend.url, person: people.mara });
    await waitUntilJudged(mara, { services: companyServices, seconds: 90 });
  });

  afterAll(async () => {
    await portal?.close();
    company.close();
  });

  it('is judged as it is, each with its reason', async () => {
    const { items, totalItems, counts } = await mara.services();
    const found = Object.fromEntries(
      items.map(({ entityRef, health, reason, environment }) => [
        entityRef.replace(/^.*\//, ''),
        `${health} ${reason} ${environment}`,
      ]),
    );
    expect(found).toMatchObject({
      'service-discovery-controller': 'critical CrashLoopBackOff production',
      'skillforge-postgres': 'critical Unschedulable production',
      'skillforge-media-transcoder-for-mobile-clients':
        'degraded ImagePullBackOff production',
      'gsv-api': expect.stringMatching(
        /^(degraded|critical) OOMKilled production$/,
      ),
      'skillforge-web': 'degraded ReadinessFailing staging',
      'agent-registry': 'degraded JobFailed staging',
      'platform-go-worker': 'warning MissedRuns production',
      'gsv-worker': 'warning AtMaximum production',
      keycloak: 'warning BlocksDrains production',
      'workspace-store': 'healthy Available production',
    });
    expect(totalItems).toBe(items.length);
    const sum = Object.values(counts).reduce((all, count) => all + count, 0);
    expect(sum).toBe(totalItems);
    const claims = items.filter(({ health }) => health === 'unknown');
    expect(claims).toEqual([]);
  });

  const deploymentOf = async (service: string, environment: string) => {
    const report = await mara.report(`component:default/${service}`);
    const [deployment] = itemsOf(report).filter(
      item => item.environment === environment && item.kind === 'Deployment',
    );
    return deployment;
  };

  it.each([
    ['crashLoop', 'gsv-prod', 'gsv-portal', 'CrashLoopBackOff'],
    ['imagePull', 'platform-go', 'platform-go-api', 'ImagePullBackOff'],
    ['unready', 'skillforge', 'skillforge-web', 'ReadinessFailing'],
  ] as const)('sees %s in %s', async (trouble, namespace, name, reason) => {
    const before = await deploymentOf(name, 'staging');
    expect(await deploymentOf(name, 'production')).toMatchObject({
      health: 'healthy',
    });
    sandbox.break('production', { namespace, name }, trouble);
    const broken = await waitFor(
      async () =>
        expect(await deploymentOf(name, 'production')).toMatchObject({
          health: expect.stringMatching('degraded|critical'),
          reason,
          proof: 'object',
          cluster: 'production',
        }),
      { seconds: 60 },
    );
    print(`${trouble}, ms until it shows`, [broken.ms]);
    expect(await deploymentOf(name, 'staging')).toMatchObject({
      health: before.health,
      since: before.since,
    });

    sandbox.mend('production', { namespace, name });
    // What crashed again and again is trusted once it has run for ten minutes; the others at once.
    const mended =
      trouble === 'crashLoop'
        ? { evidence: { pods: { ready: 2 } } }
        : { health: 'healthy' };
    const { ms } = await waitFor(
      async () =>
        expect(await deploymentOf(name, 'production')).toMatchObject(mended),
      { seconds: 60 },
    );
    print(`${trouble}, ms until it is gone`, [ms]);
  });

  it('opens pages without asking a cluster anything', async () => {
    const clusters = Object.values(sandbox.clusters);
    const afterProbes = (count: number) =>
      waitFor(
        () => {
          for (const { requests } of clusters) {
            expect(
              requests.total({ target: '/readyz' }),
            ).toBeGreaterThanOrEqual(count);
          }
        },
        { seconds: 60 },
      );
    for (const { requests } of clusters) requests.reset();
    await afterProbes(1);
    expect(extraRequests(clusters)).toEqual([]);
    const watches = clusters.map(({ requests }) =>
      requests.total({ verb: 'watch' }),
    );

    const { items } = await mara.services();
    for (let round = 0; round < 3; round += 1) {
      const paths = [
        '/v1/services',
        '/v1/services?sort=since&health=critical,degraded&environment=production',
        '/v1/items?area=workloads&limit=200',
        '/v1/items?unowned=true',
        '/v1/clusters',
        '/v1/openapi.json',
        '/metrics',
        ...items.flatMap(({ entityRef }) => [
          pathOf(entityRef),
          `${pathOf(entityRef)}/timeline`,
        ]),
      ];
      for (const path of paths) {
        expect(await mara.get(path)).toMatchObject({ status: 200 });
      }
    }
    await afterProbes(2);
    expect(extraRequests(clusters)).toEqual([]);
    expect(
      clusters.map(({ requests }) => requests.total({ verb: 'watch' })),
    ).toEqual(watches);
  });

  it('answers as its OpenAPI document says, on every route', async () => {
    const validate = createOpenApiCheck(await mara.json('/v1/openapi.json'));
    const { items } = await mara.services('limit=5');
    const gsv = await mara.report('component:default/gsv-api');
    const [item] = itemsOf(gsv).filter(({ kind }) => kind === 'Deployment');
    const pod = item.evidence.pods?.worst[0]?.name;
    const base = pathOf(gsv.entityRef);
    const paths = [
      '/v1/services',
      '/v1/services?limit=2&sort=since',
      '/v1/services?limit=0',
      '/v1/services?nothing=1',
      '/v1/services?cursor=made-up',
      ...items.map(({ entityRef }) => pathOf(entityRef)),
      '/v1/services/component/default/not-there',
      `${base}/timeline`,
      `${base}/timeline?environment=production`,
      `${base}/timeline?from=yesterday`,
      `${base}/items/${item.id}/events`,
      `${base}/items/${item.id}/logs?pod=${pod}&tail=5`,
      `${base}/items/${item.id}/logs`,
      `${base}/items/not-there/events`,
      '/v1/items?limit=200',
      '/v1/items?unowned=true',
      '/v1/clusters',
    ];
    const statuses: number[] = [];
    for (const path of paths) {
      const answer = await mara.get(path);
      expect({ path, problems: validate(path, answer) }).toEqual({
        path,
        problems: [],
      });
      statuses.push(answer.status);
    }
    expect(new Set(statuses)).toEqual(new Set([200, 400, 404]));
    expect(validate.unseen()).toEqual([]);
  });

  async function msUntilCheckSays(message: string) {
    const { ms } = await waitFor(
      async () => {
        const { items } = await mara.items('kind=Check');
        expect(items[0].message).toContain(`${message}.`);
      },
      { seconds: 30, pauseMs: 20 },
    );
    return ms;
  }

  it('measures how soon a change shows, and what the backend keeps', async () => {
    const times: number[] = [];
    for (let round = 0; round < 50; round += 1) {
      const message = `Round ${round}`;
      sandbox.clusters.production.store.modify(checkKey('smoke'), object => {
        object.status = { phase: round % 2 ? 'Passed' : 'Failed', message };
      });
      times.push(await msUntilCheckSays(message));
    }
    print('from a change in the cluster to the API, p50 and p99', times);
    const { text } = await mara.get('/metrics');
    const megabytes = (metric: string) =>
      Number(new RegExp(`^${metric} (\\S+)`, 'm').exec(text)?.[1]) / 2 ** 20;
    const heap = megabytes('nodejs_heap_size_used_bytes');
    expect(heap).toBeGreaterThan(10);
    print('heap used by the backend in MiB', [heap]);
    print('its resident memory in MiB', [
      megabytes('process_resident_memory_bytes'),
    ]);
  });
});

/** Figures are printed, not asserted: machines differ. */
function print(what: string, figures: number[]) {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.ceil(share * sorted.length) - 1]);
  const values = figures.length > 1 ? `${at(0.5)} ${at(0.99)}` : `${at(1)}`;
  process.stderr.write(`  ${what}: ${values}\n`);
}
