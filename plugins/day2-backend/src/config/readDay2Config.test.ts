import { mockServices } from '@backstage/backend-test-utils';
import { readDay2Config } from './readDay2Config';

const read = (day2?: object) =>
  readDay2Config(
    mockServices.rootConfig({ data: day2 ? { day2 } : {} }) as any,
  );

const problem = (day2: object): string => {
  try {
    read(day2);
  } catch (error: any) {
    expect(error.name).toBe('InputError');
    return error.message;
  }
  throw new Error('was accepted');
};

describe('readDay2Config', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      role: 'all',
      clusters: [],
      environments: [],
      services: {
        filter: [
          { kind: 'component', types: ['service', 'website', 'worker'] },
          { kind: 'resource', types: ['database'] },
        ],
      },
      correlation: { claims: 'show', namespaces: [] },
      catalog: { refreshMs: 60_000 },
      history: { retentionMs: 90 * 24 * 3600_000, holdMs: 60_000 },
      transport: 'auto',
      sources: {},
      kinds: [],
      logs: { requestsPerMinute: 30 },
      metrics: { process: false },
    });
  });

  it('reads durations in every form, refs, flags from variables, and settings of sources', () => {
    const config = read({
      catalog: { refresh: { minutes: 2 } },
      history: { retention: 'P30D', hold: '0s' },
      correlation: {
        claims: 'bounded',
        namespaces: [
          { owner: 'Payments', namespaces: ['pay-*'] },
          { entity: 'resource:db', cluster: 'eu', namespaces: ['db'] },
        ],
      },
      services: { filter: [{ kind: 'Component', types: ['Service'] }] },
      sources: { velero: { enabled: 'false' }, kubernetes: { labels: ['a'] } },
      logs: { requestsPerMinute: '5' },
      metrics: { process: 'true' },
      clusters: [
        { name: 'eu', environment: 'production' },
        { name: 'us', aliases: { servers: ['https://us:6443'] } },
      ],
    });
    expect(config).toMatchObject({
      catalog: { refreshMs: 120_000 },
      history: { retentionMs: 30 * 24 * 3600_000, holdMs: 0 },
      correlation: {
        claims: 'bounded',
        namespaces: [
          { owner: 'group:default/payments', namespaces: ['pay-*'] },
          { entity: 'resource:default/db', cluster: 'eu' },
        ],
      },
      services: { filter: [{ kind: 'component', types: ['service'] }] },
      sources: {
        velero: { enabled: false, settings: {} },
        kubernetes: { enabled: true, settings: { labels: ['a'] } },
      },
      logs: { requestsPerMinute: 5 },
      metrics: { process: true },
      clusters: [
        {
          name: 'eu',
          environment: 'production',
          aliases: { servers: [], argoNames: [] },
        },
        {
          name: 'us',
          environment: undefined,
          aliases: { servers: ['https://us:6443'], argoNames: [] },
        },
      ],
    });
  });

  it('reads kinds that configuration alone judges', () => {
    const kind = {
      group: 'agents.platform',
      kind: 'TaskRun',
      plural: 'taskruns',
      versions: ['v1'],
      phase: 'status.phase',
      phases: { healthy: ['Succeeded'], critical: ['Failed'] },
      message: 'status.message',
    };
    expect(read({ kinds: [kind] }).kinds).toEqual([
      { ...kind, namespaced: true, area: 'workloads', conditions: [] },
    ]);
  });

  it.each([
    [
      { clusters: [{ name: 'a' }, { name: 'b', environment: 'Prod!' }] },
      'day2.clusters[1].environment must be a name of at most 63 lower-case letters, digits and dashes, such as production',
    ],
    [
      { clusters: [{ name: 'a' }, { name: 'a' }] },
      'day2.clusters[1].name names a again: write one element per cluster (the first is day2.clusters[0])',
    ],
    [
      { clusters: [{ environment: 'production' }] },
      'day2.clusters[0].name is missing: must be a text',
    ],
    [
      { correlation: { claim: 'show' } },
      'day2.correlation has the unknown key claim: did you mean claims?',
    ],
    [
      { zebra: 1 },
      'day2 has the unknown key zebra: known keys are role, clusters, environments, services, correlation, catalog, history, transport, sources, kinds, logs, metrics',
    ],
    [{ role: 'worker' }, 'day2.role must be one of all, api, collector'],
    [
      { catalog: { refresh: 'often' } },
      'day2.catalog.refresh must be a duration such as { minutes: 5 }, 5m or PT5M',
    ],
    [
      { catalog: { refresh: '1s' } },
      'day2.catalog.refresh must be between 5000 and 86400000 milliseconds, and is 1000',
    ],
    [
      { correlation: { namespaces: [{ namespaces: ['a'] }] } },
      'day2.correlation.namespaces[0] needs either owner or entity: who may claim these namespaces',
    ],
    [
      { correlation: { namespaces: [{ owner: 'a:b:c', namespaces: ['a'] }] } },
      'day2.correlation.namespaces[0].owner must be an entity ref such as group:default/name',
    ],
    [
      {
        kinds: [
          {
            kind: 'X',
            plural: 'xs',
            versions: ['v1'],
            phases: { fine: ['a'] },
          },
        ],
      },
      'day2.kinds[0].phases has the unknown key fine: known keys are healthy, suspended',
    ],
    [
      { kinds: [{ kind: 'X', plural: 'xs', versions: ['v1'] }] },
      'day2.kinds[0] needs conditions, or phase and phases: what tells its health',
    ],
    [{ sources: { velero: true } }, 'day2.sources.velero must be an object'],
    [{ clusters: { name: 'a' } }, 'day2.clusters must be a list'],
    [{ services: ['a'] }, 'day2.services must be an object'],
  ])('refuses %j', (day2, message) => {
    expect(problem(day2)).toContain(message);
  });

  it('says all problems at once', () => {
    expect(problem({ role: 'x', transport: 'y' }).split('\n')).toEqual([
      'day2.role must be one of all, api, collector',
      'day2.transport must be one of auto, direct, proxy',
    ]);
  });
});
